"""Addresses of a family's letters."""

from django.urls import path

from alongside.web.letters.letter import enclosed, letter, pdf, put_away, send
from alongside.web.letters.letters import begin, letters

app_name = "letters"
urlpatterns = [
    path("<uuid:pk>/letters/", letters, name="letters"),
    path("<uuid:pk>/letters/new/", begin, name="begin"),
    path("letters/<uuid:pk>/", letter, name="letter"),
    path("letters/<uuid:pk>/send/", send, name="send"),
    path("letters/<uuid:pk>/away/", put_away, name="put_away"),
    path("letters/<uuid:pk>/letter.pdf", pdf, name="pdf"),
    path("letters/<uuid:pk>/enclosed.pdf", enclosed, name="enclosed"),
]
