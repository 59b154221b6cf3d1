"""The table of extracts that is filled."""

from alongside.stewardship.demo.columns import owned
from alongside.stewardship.exchange.models import Extract

EXTRACT = owned(
    Extract,
    "project purpose cohort columns asked_by asked_at answer answered_by answered_at reason expires_on sealed_key",
)
