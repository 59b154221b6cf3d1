"""Addresses of watching."""

from django.urls import path

from alongside.web.watching.between import between
from alongside.web.watching.time import time
from alongside.web.watching.whom import whom
from alongside.web.watching.yours import yours

app_name = "watching"
urlpatterns = [
    path("", time, name="time"),
    path("between/", between, name="between"),
    path("for-whom/", whom, name="whom"),
    path("yours/", yours, name="yours"),
]
