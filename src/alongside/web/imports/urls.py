"""Addresses of what a referrer hands in."""

from django.urls import path

from alongside.web.imports.children import children
from alongside.web.imports.complete import complete
from alongside.web.imports.families import families
from alongside.web.imports.picked import picked
from alongside.web.imports.problems import problems
from alongside.web.imports.returns import returns
from alongside.web.imports.template import template
from alongside.web.imports.upload import upload

app_name = "imports"
urlpatterns = [
    path("upload/", upload, name="upload"),
    path("upload/families.<str:kind>", template, name="template"),
    path("upload/<uuid:pk>/", families, name="families"),
    path("upload/<uuid:pk>/problems.csv", problems, name="problems"),
    path("ssda903/", returns, name="returns"),
    path("ssda903/picked/", picked, name="picked"),
    path("ssda903/complete/", complete, name="complete"),
    path("ssda903/<uuid:pk>/", children, name="children"),
]
