"""What an entry of the log is about, in words."""

from django.apps import apps

from alongside.core.audit.models import Entry


def about(entry: Entry) -> str:
    """Give the kind of row and the end of its id, which is enough to tell two apart; nothing where there is no row."""
    if not entry.model:
        return ""
    try:
        kind = str(apps.get_model(entry.model)._meta.verbose_name)
    except LookupError:  # a model that there is no more
        kind = entry.model
    return f"{kind} …{entry.row[-6:]}" if entry.row else kind
