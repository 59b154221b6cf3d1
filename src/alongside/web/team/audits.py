"""Reading families' records with other eyes: drawing them by chance, what was found, and looking again."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import Team
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import teams_of
from alongside.core.audit import ledger
from alongside.records.cases.models import Case
from alongside.records.oversight import queries
from alongside.records.oversight.models import CaseAudit, Sample
from alongside.records.oversight.questions import FOUND_WORDS, Found, questions
from alongside.records.oversight.services.auditing import MOST, draw_sample, follow_up, record_audit
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, NewForm, saved
from alongside.web.team.frame import team_page
from alongside.web.team.supervision import AgreeingForm


class DrawForm(NewForm):
    """From whom, and how many."""

    team = forms.ChoiceField(label="From which team?", required=False)
    size = forms.IntegerField(label="How many families?", min_value=1, max_value=MOST, initial=5)

    def __init__(self, data: Any = None, *, teams: list[Team], **options: Any) -> None:
        super().__init__(data, **options)
        self.teams = {str(team.pk): team for team in teams}
        choices = [*((key, team.name) for key, team in self.teams.items()), ("", "All teams")]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        return {**self.cleaned_data, "team": self.teams.get(self.cleaned_data["team"])}


class AuditForm(NewForm, AgreeingForm):
    """Each question of the data file, with room for words."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for question in questions().asked:
            self.fields[f"found_{question.key}"] = forms.ChoiceField(
                label=question.title,
                help_text=question.help,
                choices=[(found.value, words) for found, words in FOUND_WORDS.items()],
                widget=forms.RadioSelect,
                error_messages={"required": f"Answer “{question.title}”"},
            )
            self.fields[f"words_{question.key}"] = forms.CharField(
                label=f"{question.title} What did you see?", required=False, max_length=1000
            )
        self.fields["words"] = forms.CharField(
            label="What stands out, good and not so good?",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.add_actions()

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        said = self.cleaned_data
        answers = {
            question.key: {"found": said[f"found_{question.key}"], "words": said[f"words_{question.key}"]}
            for question in questions().asked
        }
        same = {name: said[name] for name in ("submission", "words")}
        return {**same, "answers": answers, "agreed": self.agreed()}


class FollowUpForm(EditForm):
    """What was seen when somebody looked again."""

    followed_up_on = DayField(label="When did you look again?", past_only=True)
    followed_up_words = forms.CharField(
        label="What did you see?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    @staticmethod
    def stored(row: CaseAudit) -> dict[str, Any]:
        """What is known now."""
        return {"followed_up_on": row.followed_up_on, "followed_up_words": row.followed_up_words}


@needs(Permission.TEAM_LEAD)
def audits(request: HttpRequest) -> HttpResponse:
    """List audits and samples, and draw one."""
    user = access.person(request)
    teams = list(teams_of(user.agency_id))
    form = DrawForm(request.POST or None, teams=teams, initial={"team": str(user.team_id or "")})
    if saved(request, form, partial(draw_sample, by=user), "The families are drawn."):
        return redirect("team:sample", form.cleaned_data["submission"])
    ledger.note(by=user, what="audits and samples opened")
    context = {"form": form, "samples": queries.samples(user), "audits": queries.audits(user)}
    return team_page(request, "team/audits.html", context)


@needs(Permission.TEAM_LEAD)
def sample(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the families of a sample, and what comes out when it is drawn again."""
    found = access.get(request, Sample, pk, related=("team", "by"))
    again = queries.draw_again(found) if "again" in request.GET else None
    families = queries.audits_of_sample(found, access.person(request))
    return team_page(request, "team/sample.html", {"sample": found, "families": families, "again": again})


@needs(Permission.TEAM_LEAD)
def audit_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read a family's record against the questions."""
    user = access.person(request)
    case = access.get(request, Case, pk, related=("household", "worker"))
    drawn = _sample_named(request, case)
    form = AuditForm(request.POST or None)
    if saved(request, form, partial(record_audit, case=case, sample=drawn, by=user), "What you found is saved."):
        return redirect("team:audit", form.cleaned_data["submission"])
    back_to = (url("team:sample", drawn.pk), "The sample") if drawn else (url("cases:case", case.pk), "The family")
    context = {"form": form, "caption": str(case), "back_to": back_to, "case": case}
    return page(request, "team/audit_new.html", context)


@needs(Permission.TEAM_LEAD)
def audit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was found, and say what was seen later."""
    found = access.get(request, CaseAudit, pk, related=("case__household", "by", "sample"))
    form = FollowUpForm.of(found, request.POST or None)
    if saved(request, form, partial(follow_up, audit=found, by=access.person(request))):
        return redirect("team:audit", found.pk)
    titles = {question.key: question.title for question in questions().asked}
    answers = [
        (titles.get(key, key), FOUND_WORDS[Found(one["found"])], one.get("words", ""))
        for key, one in found.answers.items()
    ]
    context = {"audit": found, "answers": answers, "form": form, "actions": queries.actions_of(audit=found)}
    return team_page(request, "team/audit.html", context)


def _sample_named(request: HttpRequest, case: Case) -> Sample | None:
    """Give the sample in the address, where this family was drawn in it."""
    named = request.GET.get("sample", "")
    drawn = (sample for sample, _ in queries.samples(access.person(request)))
    return next((one for one in drawn if str(one.pk) == named and str(case.pk) in one.picked), None)
