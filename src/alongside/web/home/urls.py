"""Addresses of the front page."""

from django.urls import path

from alongside.web.home.home import home

app_name = "home"
urlpatterns = [path("", home, name="home")]
