"""Addresses for machines, below /api/v1/."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path

from alongside.api import contracts, families, myself, referrals, reports  # noqa: F401  # they declare operations
from alongside.api.operations import addresses
from alongside.api.operations import openapi as description
from alongside.core.access import open_to_all


@open_to_all("it says what the door for machines can do, and nothing of anybody")
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description of every operation, for tools that read OpenAPI."""
    return JsonResponse(description())


@open_to_all("it says that there is nothing here, in JSON")
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer for every address that is none."""
    raise Http404


app_name = "api"
urlpatterns = [path("openapi.json", openapi, name="openapi"), *addresses(), re_path("", nothing, name="nothing")]
