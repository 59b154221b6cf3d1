"""Addresses of contracts."""

from django.urls import path

from alongside.web.contracts.change import change, new
from alongside.web.contracts.contract import contract
from alongside.web.contracts.contracts import contracts
from alongside.web.contracts.practice import practice

app_name = "contracts"
urlpatterns = [
    path("", contracts, name="contracts"),
    path("new/", new, name="new"),
    path("<uuid:pk>/", contract, name="contract"),
    path("<uuid:pk>/practice/", practice, name="practice"),
    path("<uuid:pk>/change/", change, name="change"),
]
