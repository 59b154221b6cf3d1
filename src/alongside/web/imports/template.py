"""The spreadsheet of families to fill in, as CSV and as an Excel workbook."""

from django.http import Http404, HttpRequest, HttpResponse

from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.stewardship.exchange.family_template import template_csv, template_xlsx

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": (template_csv, "text/csv; charset=utf-8"), "xlsx": (template_xlsx, WORKBOOK)}


@needs(Permission.REFERRAL_MAKE)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the template as a file."""
    if kind not in KINDS:
        raise Http404
    make, content_type = KINDS[kind]
    name = f'attachment; filename="families.{kind}"'
    return HttpResponse(make(), content_type=content_type, headers={"Content-Disposition": name})
