"""Who can sign in to a database of made-up families, told as a table."""

from django.conf import settings

from alongside.core.agencies.models import User
from alongside.stewardship.demo.agencies import NO_PASSWORD, PASSWORD


def sign_ins() -> str:
    """Tell the address, the password, and who is who."""
    people = User.objects.exclude(password=NO_PASSWORD).select_related("agency").order_by("agency__kind", "name")
    rows = [(user.email, user.get_role_display(), f"{user.name}, {user.agency.name}") for user in people]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"  {email:{widths[0]}}  {role:{widths[1]}}  {who}" for email, role, who in rows]
    step = (
        "Staff are asked to set up a second step when they sign in."
        if settings.STAFF_NEED_SECOND_STEP
        else "Nobody is asked for a second step here."
    )
    return "\n".join(
        [
            "",
            f"Sign in at {settings.BASE_URL}/account/login/ with one of these; the password of all of them is:",
            f"  {PASSWORD}",
            "",
            *lines,
            "",
            f"{step} Carers need no sign-in: {settings.BASE_URL}/ask/",
        ]
    )
