"""Addresses of a family's picture and of what it is drawn from."""

from django.urls import path

from alongside.web.picture.couples import couple_change, couple_new, couple_remove
from alongside.web.picture.kin import kin_change, kin_new, kin_remove
from alongside.web.picture.picture import picture
from alongside.web.picture.supporters import supporter_change, supporter_new, supporter_remove
from alongside.web.picture.ties import tie_change, tie_new, tie_remove

app_name = "picture"
urlpatterns = [
    path("<uuid:pk>/picture/", picture, name="picture"),
    path("<uuid:pk>/picture/kin/", kin_new, name="kin_new"),
    path("<uuid:pk>/picture/ties/", tie_new, name="tie_new"),
    path("<uuid:pk>/picture/couples/", couple_new, name="couple_new"),
    path("<uuid:pk>/picture/supporters/", supporter_new, name="supporter_new"),
    path("<uuid:pk>/picture/kin/<uuid:row>/", kin_change, name="kin_change"),
    path("<uuid:pk>/picture/kin/<uuid:row>/remove/", kin_remove, name="kin_remove"),
    path("<uuid:pk>/picture/ties/<uuid:row>/", tie_change, name="tie_change"),
    path("<uuid:pk>/picture/ties/<uuid:row>/remove/", tie_remove, name="tie_remove"),
    path("<uuid:pk>/picture/couples/<uuid:row>/", couple_change, name="couple_change"),
    path("<uuid:pk>/picture/couples/<uuid:row>/remove/", couple_remove, name="couple_remove"),
    path("<uuid:pk>/picture/supporters/<uuid:row>/", supporter_change, name="supporter_change"),
    path("<uuid:pk>/picture/supporters/<uuid:row>/remove/", supporter_remove, name="supporter_remove"),
]
