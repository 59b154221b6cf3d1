"""The anchors: a list of 25 families as a first Django tutorial would write it, and as bare SQL and text."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from alongside.records.cases.models import Case

ROWS = 25
LIST = """<!doctype html><html lang="en"><head><title>Families</title></head><body>
<p>{{ request.user.name }}</p>
<table><thead><tr><th>Family</th><th>Worker</th><th>Opened</th><th>Last contact</th></tr></thead><tbody>
{% for row in rows %}<tr><td><a href="{% url 'naive_case' row.pk %}">{{ row.household.name }}</a></td>
<td>{{ row.worker.name }}</td><td>{{ row.authority.name }}</td><td>{{ row.opened_on|date:"j F Y" }}</td>
<td>{% if row.last_contact_on %}{{ row.last_contact_on|date:"j F Y" }}{% else %}-{% endif %}</td></tr>
{% endfor %}</tbody></table></body></html>"""
BARE = """select c.id, h.name, w.name, a.name, c.opened_on, c.last_contact_on from cases_case c
join people_household h on h.id = c.household_id left join agencies_user w on w.id = c.worker_id
left join agencies_agency a on a.id = c.authority_id
where c.agency_id = %s and c.closed_on is null order by c.opened_on desc, c.id desc limit 25"""
agency: str = ""


def use_naive_urls(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: ask these addresses and not the program's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = "benchmarks.naive"
        return get_response(request)

    return middleware


@login_required
def families(request: HttpRequest) -> HttpResponse:
    """25 families through the ORM and a Django template, with two dates a row."""
    rows = Case.objects.filter(agency=request.user.agency_id, closed_on=None)
    rows = rows.select_related("household", "worker", "authority").order_by("-opened_on", "-id")[:ROWS]
    return HttpResponse(template().render({"rows": rows}, request))


def bare(request: HttpRequest) -> HttpResponse:
    """The same rows by raw SQL, joined into text."""
    with connection.cursor() as cursor:
        cursor.execute(BARE, [agency])
        rows = cursor.fetchall()
    lines = "".join(
        f'<tr><td><a href="/{pk}/">{name}</a></td><td>{worker}</td><td>{place}</td>'
        f"<td>{opened}</td><td>{last}</td></tr>"
        for pk, name, worker, place, opened, last in rows
    )
    return HttpResponse(f"<!doctype html><html lang='en'><title>Families</title><table>{lines}</table></html>")


def template() -> object:
    """The Django template, compiled once."""
    global _compiled
    if _compiled is None:
        _compiled = engines["django"].from_string(LIST)
    return _compiled


_compiled: object = None
urlpatterns = [
    path("families/", families),
    path("bare/", bare),
    path("families/<uuid:pk>/", families, name="naive_case"),
]
