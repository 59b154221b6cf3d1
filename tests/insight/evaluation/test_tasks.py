"""A large cohort is frozen by a worker process, and its page says why where that did not come about."""

import pytest

from alongside.core.base.errors import Refused
from alongside.insight.evaluation import tasks
from alongside.insight.evaluation.models import Cohort, FrozenCohort
from tests.cast import Cast
from tests.insight.evaluation.cohorts import defined, evaluator, promised
from tests.insight.reports.families import family

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def _large_from_six_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", 5)


def test_a_small_one_is_frozen_at_once_and_a_large_one_later(
    cast: Cast, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    by = evaluator(cast)
    for number in range(5):
        family(cast, number, scores=(8, 5))
    assert tasks.freeze(cohort=promised(cast, defined(cast)), by=by) is not None
    for number in range(5, 12):
        family(cast, number, scores=(8, 5))
    large = promised(cast, defined(cast))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert tasks.freeze(cohort=large, by=by) is None
        assert large.freezing_since
        assert not FrozenCohort.objects.filter(cohort=large).exists()
    assert FrozenCohort.objects.filter(cohort=large).exists()
    tasks.freeze_later.call(str(large.pk), str(by.pk))
    assert Cohort.objects.get(pk=large.pk).frozen_at


def test_why_it_was_not_frozen_is_kept(cast: Cast) -> None:
    by = evaluator(cast)
    with pytest.raises(Refused, match="Fix the protocol first"):
        tasks.freeze(cohort=defined(cast), by=by)
    nobody = promised(cast, defined(cast))
    tasks.freeze_later.call(str(nobody.pk), str(by.pk))
    assert "nothing to freeze" in Cohort.objects.get(pk=nobody.pk).not_frozen
