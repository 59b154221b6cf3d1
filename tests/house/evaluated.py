"""What Eve evaluated: a cohort that is still being defined, and a run on it as if it had been opened."""

from typing import Any

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.insight.evaluation.models import AnalysisRun, Cohort, Deviation, FrozenCohort, Release
from alongside.insight.evaluation.report.document import Document, rows_frozen
from alongside.insight.evaluation.results import Result
from alongside.insight.evaluation.services import define_cohort
from alongside.stewardship.exchange.models import Extract
from tests.cast import TODAY, Cast


def evaluation_rows(cast: Cast, eve: User) -> dict[str, Any]:
    """Write them."""
    cohort: Cohort = define_cohort(
        title="Summer", question="Are they less alone?", contracts=[str(cast.contract.pk)], comparison=[],
        starts_from=TODAY, starts_until=TODAY, before_days=42, after_from_weeks=8, after_until_weeks=78, by=eve,
    )  # fmt: skip
    ours: dict[str, Any] = {"agency": cast.provider, "cohort": cohort, "at": timezone.now(), "by": eve}
    FrozenCohort.objects.create(**ours, content=b"", fingerprint="0" * 64, shown={})
    Deviation.objects.create(**ours, words="Late", reason="Illness")
    run = AnalysisRun.objects.create(
        **ours, method="paired", outcomes=[], standing="exploratory", seed=1, program="0", fingerprint="0" * 64,
        result=Result("", 1, "").to_json(),
    )  # fmt: skip
    day = (TODAY.isoformat(), rows_frozen(TODAY))
    document = Document("Summer", "Are they less alone?", cast.provider.name, *day, 1, "", ())
    given = Release.objects.create(
        **ours, purchaser=cast.kirklees, title="Summer", question="Are they less alone?", content=document.to_json(),
        fingerprint="0" * 64,
    )  # fmt: skip
    extract = Extract.objects.create(
        agency=cast.provider, cohort=cohort, project="Thesis", purpose="To see what helps.", columns=["children"],
        asked_by=eve, asked_at=timezone.now(),
    )  # fmt: skip
    return {"cohort": cohort, "run": run, "release": given, "extract": extract}
