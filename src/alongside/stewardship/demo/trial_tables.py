"""The tables of pilot trials that are filled."""

from alongside.records.trials.models import Allocation, Assessment, Trial, TrialConsent
from alongside.stewardship.demo.columns import owned

TRIAL = owned(
    Trial,
    "name question programme design level method first_arm second_arm factors criteria instrument wanted waiting_weeks"
    " follow_up_weeks by opened_at closed_at closed_words sealed_seed seed_fingerprint",
)
ASSESSMENT = owned(Assessment, "trial case assessed_on answers eligible by")
ASKED = owned(TrialConsent, "trial case person answer how said_on by withdrawn_on withdrawn_words answers_may_stay")
ALLOCATION = owned(Allocation, "trial case cluster number arm levels allocated_on turn_on by")
