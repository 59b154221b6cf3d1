"""Addresses of the economic cases."""

from django.urls import path

from alongside.web.economics.economics import economics

app_name = "economics"
urlpatterns = [
    path("", economics, name="economics"),
]
