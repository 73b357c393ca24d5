"""One page leads out, and shows before what goes and what stays."""

from porch.community.leaving.models import ExitAnswer, Leaving, LeavingTerms
from porch.community.leaving.terms import MOST_TERMS
from porch.community.membership.reads import is_member
from porch.engine.audit.models import AuditEntry
from tests.community.leaving.helpers import go
from tests.village import Village, add_steward, browser

PAGE, TERMS = "/account/leaving/", "/inside/charter/leaving/"


def test_one_page_shows_it_all_and_one_button_leaves(village: Village) -> None:
    ben = browser(village.ben)
    page = ben.get(PAGE).content.decode()
    for shown in (
        "Who is a member, since when",
        "Erase my account as well",
        "Until it is archived, within seven days, you can undo it",
    ):
        assert shown in page
    form = {"then": "erase", "why": "Moved", "kept": "", "again": "yes"}
    assert "You have left." in ben.post(PAGE, form, follow=True).content.decode()
    assert Leaving.objects.get().wants_erasure
    assert ExitAnswer.objects.get().why == "Moved"
    assert "You left" in ben.get("/account/").content.decode()


def test_what_is_not_ticked_is_not_done(village: Village) -> None:
    browser(village.ben).post(PAGE)
    assert not Leaving.objects.get().wants_erasure
    assert not ExitAnswer.objects.exists()


def test_signed_in_it_is_undone_with_one_button(village: Village) -> None:
    ben = browser(village.ben)
    ben.post(PAGE)
    assert ben.post(f"{PAGE}undoing/").headers["Location"] == "/inside/"
    assert is_member(village.ben.pk)
    assert ben.post(f"{PAGE}undoing/").status_code == 410


def test_when_it_is_over_the_page_offers_nothing_more(village: Village) -> None:
    go(village.ben)  # long ago, by the clock of the views
    page = browser(village.ben).get(PAGE).content.decode()
    assert "You are not a member" in page
    assert "Undo" not in page


def test_the_last_owner_reads_before_what_to_do(village: Village) -> None:
    ada = browser(village.ada)
    assert "The community has no other owner" in ada.get(PAGE).content.decode()
    assert ada.post(PAGE).status_code == 409
    assert is_member(village.ada.pk)


def test_the_cast_and_the_page(village: Village) -> None:
    assert "You are not a member" in browser(village.dov).get(PAGE).content.decode()
    assert browser(village.dov).post(PAGE).status_code == 409
    assert browser().get(PAGE).status_code == 302
    assert browser(village.ben, recent=False).post(PAGE).status_code == 403, "it is grave"
    assert is_member(village.ben.pk)


def test_too_long_an_answer_keeps_them_and_what_they_wrote(village: Village) -> None:
    answer = browser(village.ben).post(PAGE, {"why": "a" * 2001, "kept": "More quiet"})
    assert answer.status_code == 422
    assert "More quiet" in answer.content.decode()
    assert is_member(village.ben.pk)


def test_the_charter_says_what_stewards_wrote(village: Village) -> None:
    sol = browser(add_steward())
    assert (
        "The text is saved."
        in sol.post(TERMS, {"text": "One.\r\n\r\n\r\nTwo  words."}, follow=True).content.decode()
    )
    page = browser(village.ben).get(PAGE).content.decode()
    assert "<p>One.</p>" in page
    assert "<p>Two words.</p>" in page
    assert LeavingTerms.objects.get().text == "One.\n\nTwo words."
    assert AuditEntry.objects.filter(act="leaving-terms-written").count() == 1


def test_a_charter_that_does_not_fit_is_not_saved(village: Village) -> None:
    ada = browser(village.ada)
    for text in (" \n ", "a" * (MOST_TERMS + 1), "a\x00b"):
        assert ada.post(TERMS, {"text": text}).status_code == 422
    assert browser(village.ben).post(TERMS, {"text": "Mine"}).status_code == 404
    assert not LeavingTerms.objects.exists()


def test_answers_are_read_by_those_with_the_right(village: Village) -> None:
    browser(village.ben).post(PAGE, {"why": "Moved away"})
    assert "Moved away" in browser(add_steward()).get("/inside/exit-answers/").content.decode()
    assert browser(village.dov).get("/inside/exit-answers/").status_code == 404
