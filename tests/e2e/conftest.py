"""A real browser: Debian's Chromium, driven against the program as it is served."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect, sync_playwright

from alongside.core.agencies.models import User
from tests.cast import NOW, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# The shell of Chromium without its windows takes half the time.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
# Asked for faults alone, it takes a quarter of the time; nothing among these rules reads the stylesheets themselves.
LOOK = """axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
  preload: false,
}).then((found) => found.violations)"""
# A right answer is not waited for; the first page of a cold server on two busy cores takes ten seconds and more.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
WIDTHS: dict[str, ViewportSize] = {
    "phone": {"width": 320, "height": 720},
    "desktop": {"width": 1280, "height": 900},
}
# Playwright keeps an event loop in this thread; the database is still used from one thread at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e" in str(item.path):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium is installed (Debian: apt-get install chromium)"))


@pytest.fixture(autouse=True)
def _the_day_of_the_cast() -> Iterator[None]:
    """Set the clock to the cast's own morning, and let it run."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def _no_second_step(settings: Any) -> None:
    """Let staff in with a password alone; the tests of signing in turn the second step on."""
    settings.STAFF_NEED_SECOND_STEP = False


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser: goes to pages, and checks each one it sees."""

    def __init__(self, context: BrowserContext, home: str, name: str, scripts: bool, pictures: str) -> None:
        self.context, self.home, self.name, self.scripts, self.pictures = context, home, name, scripts, pictures
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.seen = 0
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def goes_to(self, address: str) -> Page:
        """Open an address of the program and check the page."""
        self.page.goto(self.home + address)
        self.looks()
        return self.page

    def looks(self) -> None:
        """Check the page that is open: accessible, no wider than the window, and photographed if asked."""
        page = self.page
        if self.scripts:
            page.evaluate(AXE.read_text())
            for violation in page.evaluate(LOOK):
                # GOV.UK Frontend marks a radio that reveals more with aria-expanded, on purpose.
                nodes = [node["html"] for node in violation["nodes"] if "govuk-radios__input" not in node["html"]]
                if nodes or violation["id"] != "aria-allowed-attr":
                    self.faults.append(f"{page.url}: {violation['id']}: {'; '.join(nodes)[:300]}")
            overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if overflow > 0:
                self.faults.append(f"{page.url}: {overflow} px wider than the window")
        if self.pictures:
            self._photographs()

    def _photographs(self) -> None:
        self.seen += 1
        stem = re.sub(r"[^a-z]+", "-", self.page.title().lower()).strip("-")[:60]
        own = self.page.viewport_size
        for width, size in WIDTHS.items():
            self.page.set_viewport_size(size)
            folder = Path(self.pictures) / width / ("scripts" if self.scripts else "no-scripts")
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{self.name}-{self.seen:02d}-{stem}.png", full_page=True)
        if own:
            self.page.set_viewport_size(own)

    def signs_in(self, user: User) -> "Visitor":
        """Sign in with address and password, as people do."""
        self.page.goto(self.home + "/account/login/")
        self.page.get_by_label("E-mail address").fill(user.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self._goes_on(self.page.get_by_role("button", name="Sign in"))
        return self

    def presses(self, name: str) -> Page:
        """Press a button by its words, wait for what comes, and check it."""
        return self.goes_by(self.page.get_by_role("button", name=name))

    def follows_button(self, name: str) -> Page:
        """Follow a link that looks like a button, wait for what comes, and check it."""
        return self.goes_by(self.page.locator(".govuk-button", has_text=name))

    def follows(self, name: str) -> Page:
        """Follow a link by its words, wait for what comes, and check it."""
        return self.goes_by(self.page.get_by_role("link", name=name))

    def goes_by(self, way: Locator) -> Page:
        """Take this way (the first of its kind) to another page, wait for it, and check it."""
        self._goes_on(way)
        self.looks()
        return self.page

    def _goes_on(self, way: Locator) -> None:
        """Click, and wait until the next page stands whole: on a busy machine a click returns long before."""
        with self.page.expect_navigation(wait_until="load"):
            way.first.click()


@pytest.fixture
def visitor(chromium: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Bring somebody to a browser: ``visitor("Grace", phone=True, scripts=False)``."""
    visitors: list[Visitor] = []
    pictures = request.config.getoption("--screenshots")

    def comes(name: str, *, phone: bool = False, scripts: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport=WIDTHS["phone" if phone else "desktop"],
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(PATIENCE)
        someone = Visitor(context, live_server.url, name.lower(), scripts, str(pictures or ""))
        visitors.append(someone)
        return someone

    yield comes
    faults = [fault for someone in visitors for fault in someone.faults]
    for someone in visitors:
        someone.context.close()
    assert not faults, "\n".join(faults)
