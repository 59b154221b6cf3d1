"""Addresses of the worker's day."""

from django.urls import path

from alongside.web.today.today import read, today

app_name = "today"
urlpatterns = [
    path("", today, name="today"),
    path("<uuid:pk>/read/", read, name="read"),
]
