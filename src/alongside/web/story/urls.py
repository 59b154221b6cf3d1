"""Addresses of a family's story."""

from django.urls import path

from alongside.web.story.files import pdf
from alongside.web.story.sending import send
from alongside.web.story.story import story

app_name = "story"
urlpatterns = [
    path("<uuid:pk>/story/", story, name="story"),
    path("<uuid:pk>/story/pdf/", pdf, name="pdf"),
    path("<uuid:pk>/story/send/", send, name="send"),
]
