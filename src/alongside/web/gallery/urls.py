"""Addresses of the gallery."""

from django.urls import path

from alongside.web.gallery.gallery import gallery

app_name = "gallery"
urlpatterns = [path("", gallery, name="gallery")]
