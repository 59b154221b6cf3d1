"""Addresses of a manager's week."""

from django.urls import path

from alongside.web.team.absence import absence, last_day
from alongside.web.team.audits import audit, audit_new, audits, sample
from alongside.web.team.away import away
from alongside.web.team.late import late
from alongside.web.team.mine import mine
from alongside.web.team.supervision import action, supervise, supervision
from alongside.web.team.waiting import priority, waiting
from alongside.web.team.week import week
from alongside.web.team.worker import languages, worker

app_name = "team"
urlpatterns = [
    path("", week, name="week"),
    path("late/", late, name="late"),
    path("waiting/", waiting, name="waiting"),
    path("waiting/<uuid:pk>/", priority, name="priority"),
    path("workers/<uuid:pk>/", worker, name="worker"),
    path("workers/<uuid:pk>/languages/", languages, name="languages"),
    path("workers/<uuid:pk>/supervision/", supervise, name="supervise"),
    path("workers/<uuid:pk>/away/", away, name="away"),
    path("absences/<uuid:pk>/", absence, name="absence"),
    path("absences/<uuid:pk>/last-day/", last_day, name="last_day"),
    path("supervisions/<uuid:pk>/", supervision, name="supervision"),
    path("actions/<uuid:pk>/", action, name="action"),
    path("audits/", audits, name="audits"),
    path("audits/<uuid:pk>/", audit, name="audit"),
    path("samples/<uuid:pk>/", sample, name="sample"),
    path("families/<uuid:pk>/audit/", audit_new, name="audit_new"),
    path("mine/", mine, name="mine"),
]
