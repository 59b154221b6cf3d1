"""Addresses of a family's programmes."""

from django.urls import path

from alongside.web.programmes.clock import answer_more, ask_more, asked, go_on, pause
from alongside.web.programmes.family import family
from alongside.web.programmes.groups import group_join, group_leave
from alongside.web.programmes.moving import join, move
from alongside.web.programmes.sides import authority, authority_alone, authority_change, authority_new
from alongside.web.programmes.supports import count, support_change, support_new
from alongside.web.programmes.therapy import agreement_change, agreement_new, session_change, session_new, therapy

app_name = "programmes"
urlpatterns = [
    path("asked/", asked, name="asked"),
    path("asked/<uuid:pk>/", answer_more, name="answer"),
    path("<uuid:pk>/", family, name="family"),
    path("<uuid:pk>/join/", join, name="join"),
    path("<uuid:pk>/offers/new/", support_new, name="support_new"),
    path("offers/<uuid:pk>/", support_change, name="support"),
    path("<uuid:pk>/groups/join/", group_join, name="group_join"),
    path("groups/<uuid:pk>/", group_leave, name="group_leave"),
    path("sessions/<uuid:pk>/", count, name="count"),
    path("places/<uuid:pk>/pause/", pause, name="pause"),
    path("pauses/<uuid:pk>/", go_on, name="go_on"),
    path("places/<uuid:pk>/more/", ask_more, name="more"),
    path("places/<uuid:pk>/move/", move, name="move"),
    path("<uuid:pk>/therapy/", therapy, name="therapy"),
    path("<uuid:pk>/therapy/new/", agreement_new, name="agreement_new"),
    path("therapy/<uuid:pk>/", agreement_change, name="agreement"),
    path("therapy/<uuid:pk>/session/", session_new, name="session_new"),
    path("therapy/sessions/<uuid:pk>/", session_change, name="session"),
    path("<uuid:pk>/authority/", authority, name="authority"),
    path("<uuid:pk>/authority/alone/", authority_alone, name="authority_alone"),
    path("<uuid:pk>/authority/new/", authority_new, name="authority_new"),
    path("authority/<uuid:pk>/", authority_change, name="authority_note"),
]
