"""Every address, by area."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.web.home.urls")),
    path("ask/", include("alongside.web.ask.urls")),
    path("referrals/", include("alongside.web.imports.urls")),
    path("referrals/", include("alongside.web.referrals.urls")),
    path("contracts/", include("alongside.web.contracts.urls")),
    path("programmes/", include("alongside.web.programmes.urls")),
    path("gallery/", include("alongside.web.gallery.urls")),
    path("families/<uuid:case_id>/measures/", include("alongside.web.measures.urls")),
    path("families/due/", include("alongside.web.measures.due_urls")),
    path("check-in/", include("alongside.web.measures.check_in_urls")),
    path("survey/", include("alongside.web.surveys.answer_urls")),
    path("surveys/", include("alongside.web.surveys.urls")),
    path("", include("alongside.web.appointments.urls")),
    path("today/", include("alongside.web.today.urls")),
    path("families/", include("alongside.web.plans.urls")),
    path("families/", include("alongside.web.letters.urls")),
    path("families/", include("alongside.web.picture.urls")),
    path("families/", include("alongside.web.story.urls")),
    path("families/", include("alongside.web.cases.urls")),
    path("clocks/", include("alongside.web.clocks.urls")),
    path("team/", include("alongside.web.team.urls")),
    path("trials/", include("alongside.web.trials.urls")),
    path("people/", include("alongside.web.people.urls")),
    path("safety/", include("alongside.web.safety.urls")),
    path("account/", include("alongside.web.settings.account_urls")),
    path("settings/", include("alongside.web.settings.urls")),
    path("evaluation/", include("alongside.web.evaluation.urls")),
    path("economics/", include("alongside.web.economics.urls")),
    path("extracts/", include("alongside.web.extracts.urls")),
    path("reports/", include("alongside.web.reports.urls")),
    path("watching/", include("alongside.web.watching.urls")),
    path("api/v1/", include("alongside.api.urls")),
]

handler400 = "alongside.web.errors.bad_request"
handler403 = "alongside.web.errors.forbidden"
handler404 = "alongside.web.errors.not_found"
handler429 = "alongside.web.errors.too_many"  # called by the sign-in library
handler500 = "alongside.web.errors.broken"
