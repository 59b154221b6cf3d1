"""Which browser and machine a session was opened in, in words that its owner knows it by."""

BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android phone or tablet"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """Give such as “Firefox on Windows”."""
    browser = next((words for mark, words in BROWSERS if mark in user_agent), "A browser")
    machine = next((words for mark, words in MACHINES if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser
