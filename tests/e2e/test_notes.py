"""A note that is being typed survives a line that drops, a session that ends and a second tab, in a real browser."""

from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from alongside.core.agencies.models import User
from alongside.records.cases.models import Contact, Draft
from alongside.records.concerns.models import Concern
from tests.cast import PASSWORD, Cast
from tests.e2e.conftest import Visitor

Visitors = Callable[..., Visitor]


def note(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_label("What happened")


def types(page: Page, words: str) -> None:
    """Go on typing at the end of what stands there."""
    note(page).press("Control+End")
    note(page).press_sequentially(words)


def status(page: Page):  # type: ignore[no-untyped-def]
    return page.locator(".draft-status")


def opens(asha: Visitor, cast: Cast) -> Page:
    return asha.goes_to(f"/families/{cast.case.pk}/contacts/new/")


def test_a_note_survives_a_line_that_drops(cast: Cast, visitor: Visitors) -> None:
    asha = visitor("Asha", phone=True).signs_in(cast.asha)
    page = opens(asha, cast)
    types(page, "Grace rang from the school gate.")
    expect(status(page)).to_contain_text("Kept at")
    asha.context.set_offline(True)
    types(page, " Tyler would not go in.")
    expect(status(page)).to_contain_text("The line is down")
    page.get_by_role("button", name="Save contact").click()
    expect(status(page)).to_contain_text("cannot be saved yet")
    assert Draft.objects.get().values["note"] == ["Grace rang from the school gate."]
    asha.context.set_offline(False)
    expect(status(page)).to_contain_text("Kept at")
    asha.looks()
    page.wait_for_timeout(1000)  # a second press within a second is taken for a double click
    asha.presses("Save contact")
    page.wait_for_url("**/families/*/")
    assert Contact.objects.get().note == "Grace rang from the school gate. Tyler would not go in."
    assert not Draft.objects.exists()
    assert page.evaluate("Object.keys(localStorage).length") == 0, "nothing of it stays on the phone"
    asha.faults.clear()  # the browser says that the line was down


def test_a_note_survives_a_browser_that_is_closed_while_the_line_is_down(cast: Cast, visitor: Visitors) -> None:
    asha = visitor("Asha").signs_in(cast.asha)
    page = opens(asha, cast)
    asha.context.set_offline(True)
    types(page, "Two calm bedtimes.")
    expect(status(page)).to_contain_text("The line is down")
    page.close()
    asha.context.set_offline(False)
    asha.faults.clear()
    asha.page = asha.context.new_page()
    page = opens(asha, cast)
    expect(note(page)).to_have_value("Two calm bedtimes.")
    expect(status(page)).to_contain_text("Kept at")
    assert Draft.objects.get().values["note"] == ["Two calm bedtimes."]


def test_a_note_survives_the_end_of_the_session(cast: Cast, visitor: Visitors) -> None:
    asha = visitor("Asha").signs_in(cast.asha)
    page = opens(asha, cast)
    types(page, "She misses her choir")
    expect(status(page)).to_contain_text("Kept at")
    Session.objects.all().delete()
    types(page, " on Saturdays.")
    expect(status(page)).to_contain_text("You have been signed out")
    asha.looks()
    with asha.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again").click()
    sign_in(opened.value, cast.asha)
    opened.value.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(status(page)).to_contain_text("Kept at")
    asha.presses("Save contact")
    page.wait_for_url("**/families/*/")
    assert Contact.objects.get().note == "She misses her choir on Saturdays."


def test_saving_after_the_session_ended_leads_back_to_the_words(cast: Cast, visitor: Visitors) -> None:
    asha = visitor("Asha").signs_in(cast.asha)
    page = opens(asha, cast)
    types(page, "She misses her choir.")
    expect(status(page)).to_contain_text("Kept at")
    Session.objects.all().delete()
    types(page, " We looked for one.")
    page.get_by_role("button", name="Save contact").click()
    sign_in(page, cast.asha)
    expect(note(page)).to_have_value("She misses her choir. We looked for one.")
    asha.presses("Save contact")
    page.wait_for_url("**/families/*/")
    assert Contact.objects.get().note == "She misses her choir. We looked for one."


def test_two_tabs_keep_both_notes(cast: Cast, visitor: Visitors) -> None:
    asha = visitor("Asha").signs_in(cast.asha)
    first = opens(asha, cast)
    types(first, "Bedtimes.")
    expect(status(first)).to_contain_text("Kept at")
    second = asha.context.new_page()
    second.goto(first.url)
    expect(note(second)).to_have_value("Bedtimes.")
    types(second, " The second tab.")
    expect(status(second)).to_contain_text("Kept at")
    types(first, " The first tab.")
    expect(status(first)).to_contain_text("kept as a note of its own")
    for page in (second, first):
        page.get_by_role("button", name="Save contact").click()
        page.wait_for_url("**/families/*/")
    notes = set(Contact.objects.values_list("note", flat=True))
    assert notes == {"Bedtimes. The second tab.", "Bedtimes. The first tab."}
    asha.faults.clear()  # the browser tells of the answer that said so


def sign_in(page: Page, user: User) -> None:
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Sign in").click()


def test_a_concern_that_is_being_typed_survives_a_tab_that_is_closed(cast: Cast, visitor: Visitors) -> None:
    """It stays on this device alone, until it is recorded or thrown away."""
    asha = visitor("Asha", phone=True).signs_in(cast.asha)
    address = f"/safety/families/{cast.case.pk}/raise/"
    page = asha.goes_to(address)
    worry = "What worries you?"
    page.get_by_label(worry).fill("Dean waited outside the nursery.")
    expect(status(page)).to_contain_text("Kept on this device")
    page = asha.goes_to("/safety/raise/")
    assert page.get_by_label(worry).input_value() == "", "another family's, or nobody's, is another concern"
    page = asha.goes_to(address)
    expect(page.get_by_label(worry)).to_have_value("Dean waited outside the nursery.")
    asha.looks()
    page.get_by_role("radio", name="I am not sure").check()
    asha.presses("Record this concern")
    assert Concern.objects.get().words == "Dean waited outside the nursery."
    assert page.evaluate("Object.keys(localStorage).length") == 0, "nothing of it stays on the phone"
    page = asha.goes_to(address)
    page.get_by_label(worry).fill("Nothing after all")
    page = asha.goes_to(address)
    page.get_by_role("button", name="Throw them away and start again").click()
    expect(page.get_by_label(worry)).to_have_value("")
