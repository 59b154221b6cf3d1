"""Addresses of people and households."""

from django.urls import path

from alongside.web.people.arrangements import arrangement_change, arrangement_new
from alongside.web.people.household import household, household_change
from alongside.web.people.living import add, membership_change, relate
from alongside.web.people.person import person, person_change
from alongside.web.people.plans import plan_change, plan_new
from alongside.web.people.safety import safety, safety_change
from alongside.web.people.search import search

app_name = "people"
urlpatterns = [
    path("", search, name="search"),
    path("households/<uuid:pk>/", household, name="household"),
    path("households/<uuid:pk>/change/", household_change, name="household_change"),
    path("households/<uuid:pk>/add/", add, name="add"),
    path("households/<uuid:pk>/relate/", relate, name="relate"),
    path("households/<uuid:pk>/safety/", safety, name="safety"),
    path("safety/<uuid:pk>/", safety_change, name="safety_change"),
    path("memberships/<uuid:pk>/", membership_change, name="membership_change"),
    path("<uuid:pk>/", person, name="person"),
    path("<uuid:pk>/change/", person_change, name="person_change"),
    path("<uuid:pk>/arrangements/new/", arrangement_new, name="arrangement_new"),
    path("arrangements/<uuid:pk>/", arrangement_change, name="arrangement_change"),
    path("<uuid:pk>/plans/new/", plan_new, name="plan_new"),
    path("plans/<uuid:pk>/", plan_change, name="plan_change"),
]
