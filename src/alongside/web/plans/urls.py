"""Addresses of a family's plan, promises and money."""

from django.urls import path

from alongside.web.plans.agreeing import agree, agreed, agreed_pdf, send
from alongside.web.plans.allowances import allowance, allowance_new, entry, entry_new
from alongside.web.plans.origin import origin, origin_new
from alongside.web.plans.plan import plan
from alongside.web.plans.promises import promise, promise_change, promise_new, promises
from alongside.web.plans.steps import step_new
from alongside.web.plans.strengths import strength, strength_new
from alongside.web.plans.talking import need, need_new, talk

app_name = "plans"
urlpatterns = [
    path("<uuid:pk>/plan/", plan, name="plan"),
    path("<uuid:pk>/plan/agree/", agree, name="agree"),
    path("plans/<uuid:pk>/", agreed, name="agreed"),
    path("plans/<uuid:pk>/plan.pdf", agreed_pdf, name="agreed_pdf"),
    path("plans/<uuid:pk>/send/", send, name="send"),
    path("<uuid:pk>/plan/talk/", talk, name="talk"),
    path("<uuid:pk>/plan/talk/<slug:domain>/", need_new, name="need_new"),
    path("<uuid:pk>/plan/strengths/new/", strength_new, name="strength_new"),
    path("<uuid:pk>/plan/steps/new/", step_new, name="step_new"),
    path("<uuid:pk>/promises/", promises, name="promises"),
    path("<uuid:pk>/promises/new/", promise_new, name="promise_new"),
    path("<uuid:pk>/allowances/new/", allowance_new, name="allowance_new"),
    path("<uuid:pk>/origin/new/", origin_new, name="origin_new"),
    path("needs/<uuid:pk>/", need, name="need"),
    path("strengths/<uuid:pk>/", strength, name="strength"),
    path("promises/<uuid:pk>/", promise, name="promise"),
    path("promises/<uuid:pk>/change/", promise_change, name="promise_change"),
    path("allowances/<uuid:pk>/", allowance, name="allowance"),
    path("allowances/<uuid:pk>/history/new/", entry_new, name="entry_new"),
    path("allowances/history/<uuid:pk>/", entry, name="entry"),
    path("origin/<uuid:pk>/", origin, name="origin"),
]
