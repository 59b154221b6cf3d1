"""Addresses of families' cases."""

from django.urls import path

from alongside.web.cases.case import case
from alongside.web.cases.caseload import caseload
from alongside.web.cases.closing import close, reopen
from alongside.web.cases.contacts import change, log
from alongside.web.cases.drafts import draft, drop
from alongside.web.cases.goals import goal, goal_change, goal_finish, goal_new, reading_new
from alongside.web.cases.steps import step_change, step_new
from alongside.web.cases.tried import tried

app_name = "cases"
urlpatterns = [
    path("", caseload, name="caseload"),
    path("<uuid:pk>/", case, name="case"),
    path("<uuid:pk>/contacts/new/", log, name="log"),
    path("<uuid:pk>/draft/", draft, name="draft"),
    path("<uuid:pk>/draft/drop/", drop, name="drop"),
    path("<uuid:pk>/tried/", tried, name="tried"),
    path("contacts/<uuid:pk>/", change, name="contact"),
    path("<uuid:pk>/goals/new/", goal_new, name="goal_new"),
    path("goals/<uuid:pk>/", goal, name="goal"),
    path("goals/<uuid:pk>/change/", goal_change, name="goal_change"),
    path("goals/<uuid:pk>/reading/", reading_new, name="reading_new"),
    path("goals/<uuid:pk>/finish/", goal_finish, name="goal_finish"),
    path("goals/<uuid:pk>/step/", step_new, name="step_new"),
    path("steps/<uuid:pk>/", step_change, name="step_change"),
    path("<uuid:pk>/close/", close, name="close"),
    path("<uuid:pk>/reopen/", reopen, name="reopen"),
]
