"""Addresses of settings."""

from django.urls import path

from alongside.web.settings.about_me import about_me
from alongside.web.settings.keys import end, keys, new_key
from alongside.web.settings.log import log
from alongside.web.settings.my_sign_in import end_other_sessions, end_session, my_sign_in, remove_step
from alongside.web.settings.packs import end as end_pack
from alongside.web.settings.packs import example, load
from alongside.web.settings.people import invite_again, invite_person, people, withdraw_invitation
from alongside.web.settings.person import end_sign_in, open_sign_in, person, take_second_step
from alongside.web.settings.places import settings
from alongside.web.settings.questionnaires import end_licence, questionnaire, questionnaires
from alongside.web.settings.restricted import restricted
from alongside.web.settings.teams import new_team, team, teams

app_name = "settings"
urlpatterns = [
    path("", settings, name="settings"),
    path("sign-in/", my_sign_in, name="sign-in"),
    path("sign-in/sessions/others/", end_other_sessions, name="end-other-sessions"),
    path("sign-in/sessions/<int:pk>/", end_session, name="end-session"),
    path("sign-in/second-step/<int:pk>/", remove_step, name="remove-step"),
    path("people/", people, name="people"),
    path("people/invite/", invite_person, name="invite"),
    path("people/invitations/<uuid:pk>/again/", invite_again, name="invite-again"),
    path("people/invitations/<uuid:pk>/withdraw/", withdraw_invitation, name="withdraw"),
    path("people/<uuid:pk>/", person, name="person"),
    path("people/<uuid:pk>/end/", end_sign_in, name="end-sign-in"),
    path("people/<uuid:pk>/open/", open_sign_in, name="open-sign-in"),
    path("people/<uuid:pk>/second-step/", take_second_step, name="take-second-step"),
    path("restricted/", restricted, name="restricted"),
    path("teams/", teams, name="teams"),
    path("teams/new/", new_team, name="new-team"),
    path("teams/<uuid:pk>/", team, name="team"),
    path("about-me/", about_me, name="about-me"),
    path("keys/", keys, name="keys"),
    path("keys/new/", new_key, name="new-key"),
    path("keys/<uuid:pk>/end/", end, name="end-key"),
    path("log/", log, name="log"),
    path("questionnaires/", questionnaires, name="questionnaires"),
    path("questionnaires/packs/new/", load, name="load-pack"),
    path("questionnaires/packs/example/", example, name="example-pack"),
    path("questionnaires/packs/<uuid:pk>/end/", end_pack, name="end-pack"),
    path("questionnaires/licences/<uuid:pk>/end/", end_licence, name="end-licence"),
    path("questionnaires/<slug:key>/", questionnaire, name="questionnaire"),
]
