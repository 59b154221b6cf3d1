"""The report: what was found and no more, its limits by rule, in three shapes, and the same when made again."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction
from docx import Document as Word

from alongside.config.cli import main
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.models import AnalysisRun, Cohort, FrozenCohort, Release
from alongside.insight.evaluation.plots import Curve, Line, Point, curves, estimates, funnel
from alongside.insight.evaluation.report.document import Document, Section
from alongside.insight.evaluation.report.pdf import pdf_of
from alongside.insight.evaluation.report.releasing import release_report
from alongside.insight.evaluation.report.word import word_of
from alongside.insight.evaluation.report.writing import write
from alongside.insight.evaluation.reproducing import reproduce
from alongside.insight.evaluation.services import record_deviation, run_method
from tests.cast import Cast
from tests.insight.evaluation.cohorts import ISOLATION, evaluator, frozen

pytestmark = pytest.mark.usefixtures("clock")
MONEY = "five-domains.money"


def judged(cast: Cast, number: int = 12, **more: Any) -> Cohort:
    cohort = frozen(cast, number, **more)
    run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=evaluator(cast))
    return cohort


def part(document: Document, title: str) -> Section:
    return next(section for section in document.sections if section.title == title)


def everything(document: Document) -> str:
    words = [document.title, document.question, document.design]
    for section in document.sections:
        words += [section.title, *section.words, *section.notes]
        words += [cell for table in section.tables for row in table.rows for cell in row]
    return "\n".join(words)


def test_it_answers_the_question_and_says_how_far_it_carries(cast: Cast) -> None:
    document = write(judged(cast))
    assert (document.question, document.level) == ("Do carers feel less alone?", 1)
    found = next(section for section in document.sections if section.depth == 3)
    assert found.words[0].startswith("Primary outcomes, promised before the data were opened.")
    assert found.words[1].startswith("Feeling alone: better on average")
    assert (len(found.plots), found.tables[-1].caption) == (1, "Held against all that was tested")
    assert found.plots[0].words.startswith("Feeling alone: −2")
    limits = " ".join(part(document, "What this cannot say").words)
    assert "at their worst" in limits
    assert "Fewer than 30 families" in limits
    assert "what carers said of themselves" in limits


def test_limits_follow_from_what_was_done(cast: Cast) -> None:
    cohort, by = frozen(cast), evaluator(cast)
    before = part(write(cohort), "What this cannot say").words
    assert before[0].startswith("The primary outcomes have not been judged yet")
    run_method(cohort=cohort, method="paired", outcomes=[MONEY], by=by)
    run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=by)
    record_deviation(cohort=cohort, words="Asked later", reason="Illness", by=by)
    document = write(cohort)
    after = " ".join(part(document, "What this cannot say").words)
    assert "have not been judged yet" not in after
    assert "exploratory was not promised" in after
    assert "departed from its protocol once" in after
    assert ("20 November 2026", "Asked later", "Illness") in document.sections[1].tables[1].rows


def test_nobody_is_named_and_few_are_not_counted(cast: Cast) -> None:
    document = write(judged(cast, 3))
    told = everything(document)
    assert cast.grace.name not in told
    assert "too few families" in told
    assert not [plot for section in document.sections for plot in section.plots]


def test_it_is_kept_and_read_back_as_it_was(cast: Cast) -> None:
    document = write(judged(cast))
    assert Document.from_json(document.to_json()) == document


def test_on_paper_it_is_tagged_and_the_same_each_time(cast: Cast) -> None:
    document = write(judged(cast))
    made = pdf_of(document)
    assert made == pdf_of(document)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en-GB"
        assert opened.docinfo["/Title"] == document.title


def test_for_word_it_has_headings_heads_of_tables_and_words_for_its_plots(cast: Cast) -> None:
    document = write(judged(cast))
    made = word_of(document)
    assert made == word_of(document)
    opened = Word(io.BytesIO(made))
    headings = [each.text for each in opened.paragraphs if each.style.name.startswith("Heading")]
    assert headings[:2] == [document.title, "What was asked"]
    tables = sum(len(section.tables) for section in document.sections)
    assert len(opened.tables) == tables
    body = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert body.count("<w:tblHeader/>") == tables
    assert 'descr="Feeling alone: −2' in body


def test_every_result_comes_out_again_and_one_that_was_meddled_with_does_not(cast: Cast) -> None:
    cohort = judged(cast)
    assert [again.same for again in reproduce(Cohort.objects.get(pk=cohort.pk))] == [True]
    run = AnalysisRun.objects.get(cohort=cohort)
    result = {**run.result, "words": ["Everybody is well."]}
    AnalysisRun.objects.create(
        agency=cast.provider, cohort=cohort, method=run.method, outcomes=[ISOLATION], standing=run.standing,
        seed=run.seed, program="other", fingerprint=run.fingerprint, result=result, at=run.at, by=run.by,
    )  # fmt: skip
    assert sorted(again.same for again in reproduce(Cohort.objects.get(pk=cohort.pk))) == [False, True]


def test_one_command_makes_it_again(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cohort = judged(cast)
    assert main(["reproduce", str(cohort.pk), "--into", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("the same: Change of the same families")
    cohort = Cohort.objects.get(pk=cohort.pk)
    assert (tmp_path / "report.pdf").read_bytes() == pdf_of(write(cohort))
    assert (tmp_path / "report.docx").read_bytes() == word_of(write(cohort))
    assert main(["reproduce", str(cast.contract.pk), "--into", str(tmp_path)]) == 1
    assert "No frozen cohort has this number." in capsys.readouterr().err


def test_it_is_given_to_who_pays_once_as_it_is_and_stays(cast: Cast) -> None:
    cohort, by = frozen(cast), evaluator(cast)
    with pytest.raises(Refused, match="primary outcomes first"):
        release_report(cohort=cohort, by=by)
    run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=by)
    given = release_report(cohort=cohort, by=by)
    assert [one.purchaser_id for one in given] == [cast.contract.purchaser_id]
    assert release_report(cohort=cohort, by=by) == []
    run_method(cohort=cohort, method="paired", outcomes=[MONEY], by=by)
    assert len(release_report(cohort=cohort, by=by)) == 1
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Release.objects.filter(pk=given[0].pk).update(title="Better")


def test_rows_that_were_changed_are_told(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    cohort = judged(cast)
    held = FrozenCohort.objects.get(cohort=cohort)
    with connection.cursor() as cursor:
        stays = "drop trigger frozencohort_stays on" if connection.vendor == "postgresql" else "drop trigger"
        name = "evaluation_frozencohort" if connection.vendor == "postgresql" else "evaluation_frozencohort_stays"
        cursor.execute(f"{stays} {name}")
    FrozenCohort.objects.filter(pk=held.pk).update(fingerprint="0" * 64)
    assert main(["reproduce", str(cohort.pk)]) == 1
    assert "not the ones that were frozen" in capsys.readouterr().err


def test_plots_say_in_words_what_they_show() -> None:
    drawn = estimates([Line("Alone", "−1.2", -1.2, -2, -0.4), Line("Money", "withheld")], "points")
    assert drawn.words == "Alone: −1.2. Money: withheld."
    assert "Alone" in drawn.svg
    assert "style=" not in drawn.svg
    assert "<script" not in drawn.svg
    assert drawn.png.startswith(b"\x89PNG")
    assert curves([Curve("All", (), ())], "days", "Still there").words.endswith("All: none ended.")
    shown = funnel([Point("A", 0.5, 0.1), Point("B", 0.5, 0.2), Point("C", 2.0, 0.1)], 0.5, "g")
    assert shown.words.endswith("Outside the funnel: C.")


def test_words_in_a_plot_stay_words() -> None:
    """A study may be called anything, and the page shows the drawing as it is."""
    name = '"><script>alert(1)</script></text><img src=x onerror=alert(1)>&'
    drawn = (
        estimates([Line(name, name, 1.0, 0.5, 2.0)], name),
        curves([Curve(name, (1.0,), (0.5,))], name, name),
        funnel([Point(name, 0.5, 0.1), Point("B", 0.4, 0.2)], 0.5, name),
    )
    for plot in drawn:
        assert "alert(1)" in plot.svg
        assert "<script" not in plot.svg
        assert "<img" not in plot.svg


def test_a_plot_without_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="without a table"):
        Section("Found", plots=(estimates([], "points"),))
