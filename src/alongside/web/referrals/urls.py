"""Addresses of referrals: the referrer's, then those of who decides."""

from django.urls import path

from alongside.web.referrals.allocate import allocate
from alongside.web.referrals.correct import correct
from alongside.web.referrals.mine import mine
from alongside.web.referrals.new import new
from alongside.web.referrals.queue import queue
from alongside.web.referrals.referral import referral
from alongside.web.referrals.sent import sent
from alongside.web.referrals.triage import triage
from alongside.web.referrals.unallocated import unallocated

app_name = "referrals"
urlpatterns = [
    path("", mine, name="mine"),
    path("new/", new, name="new"),
    path("queue/", queue, name="queue"),
    path("queue/<uuid:pk>/", triage, name="triage"),
    path("queue/<uuid:pk>/correct/", correct, name="correct"),
    path("unallocated/", unallocated, name="unallocated"),
    path("unallocated/<uuid:pk>/", allocate, name="allocate"),
    path("<uuid:pk>/", referral, name="referral"),
    path("<uuid:pk>/sent/", sent, name="sent"),
]
