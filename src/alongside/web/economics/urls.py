"""Addresses of the economic cases."""

from django.urls import path

from alongside.web.economics.economics import economics
from alongside.web.economics.published import published
from alongside.web.economics.unit_costs import unit_cost, unit_cost_new, unit_costs

app_name = "economics"
urlpatterns = [
    path("", economics, name="economics"),
    path("published/", published, name="published"),
    path("unit-costs/", unit_costs, name="unit-costs"),
    path("unit-costs/new/", unit_cost_new, name="unit-cost-new"),
    path("unit-costs/<uuid:pk>/", unit_cost, name="unit-cost"),
]
