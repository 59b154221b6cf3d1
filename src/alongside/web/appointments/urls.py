"""Addresses of appointments."""

from django.urls import path

from alongside.web.appointments.booking import book, change, family
from alongside.web.appointments.calendar import feed, mine
from alongside.web.appointments.settling import settle

app_name = "appointments"
urlpatterns = [
    path("families/<uuid:pk>/appointments/", family, name="family"),
    path("families/<uuid:pk>/appointments/new/", book, name="book"),
    path("appointments/<uuid:pk>/", change, name="change"),
    path("appointments/<uuid:pk>/settle/", settle, name="settle"),
    path("appointments/calendar/", mine, name="mine"),
    path("appointments/calendar/<str:token>.ics", feed, name="feed"),
]
