"""The desk's pages of promises: make one by hand, mark it, take the mark back; and what members see of it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from porch.engine.clock.watching import note_jump
from porch.engine.promises.kinds import EVERYONE, READERS, Whom
from porch.engine.promises.models import Promise
from porch.engine.promises.overdue import notice_overdue
from porch.kit.time import now
from tests.engine.promises.owing import owe, state, story
from tests.village import Village, browser

LATER = f"{now() + timedelta(days=3):%Y-%m-%dT%H:%M}"
FORM = {"text": "Mend the roof", "to": "members", "due": LATER}


def soon(text: str, **what: object) -> Promise:
    return owe(text=text, at=now(), due_at=now() + timedelta(days=1), **what)


def test_a_promise_made_by_hand_is_read_by_members(ada: Client, ben: Client, village: Village) -> None:
    answer = ada.post("/desk/promises/new/", FORM)
    owed = Promise.objects.get()
    assert answer.headers["Location"] == f"/desk/promises/{owed.pk}/"
    assert (owed.text, owed.owed_to, owed.promised_by_id) == ("Mend the roof", "members", village.ada.pk)
    assert "Mend the roof" in ben.get("/inside/promises/").text


def test_a_form_sent_twice_promises_once(ada: Client) -> None:
    for _ in range(3):
        ada.post("/desk/promises/new/", {**FORM, "once": "a_Token-of-more-than-20"})
    assert Promise.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 20_000}, "text"),
        ({"due": ""}, "due"),
        ({"due": "tomorrow"}, "due"),
        ({"due": "2020-01-01T00:00"}, "due"),
        ({"due": "9999-12-31T23:59"}, "due"),
        ({"to": "person", "person": ""}, "person"),
        ({"to": "person", "person": "nobody@example.org"}, "person"),
        ({"to": "person", "person": "9" * 40}, "person"),
        ({"to": "person", "person": "\x00"}, "person"),
        ({"to": "the moon"}, ""),
    ],
)
def test_what_does_not_fit_is_given_back_with_the_reason(
    wrong: dict[str, str], field: str, ada: Client
) -> None:
    answer = ada.post("/desk/promises/new/", {**FORM, **wrong})
    assert answer.status_code == 422
    assert "Nothing is promised yet." in answer.text
    assert f'id="{field}-error"' in answer.text or not field
    assert not Promise.objects.exists()


def test_a_mark_and_its_undo(ada: Client) -> None:
    owed = soon("Mend the roof")
    page = ada.post(
        f"/desk/promises/{owed.pk}/settlement/", {"way": "kept", "reason": "Dry."}, follow=True
    ).text
    assert "It is marked: Kept." in page
    assert "Undo" in page
    ada.post(f"/desk/promises/{owed.pk}/settlement/", {"way": "reopened", "reason": "Marked by mistake."})
    assert story(owed) == ["kept", "owed"]


def test_withdrawing_without_a_reason_says_so_at_the_field(ada: Client) -> None:
    owed = soon("Mend the roof")
    answer = ada.post(f"/desk/promises/{owed.pk}/settlement/", {"way": "withdrawn", "reason": " "})
    assert answer.status_code == 422
    assert 'id="reason-withdrawn-error"' in answer.text
    assert state(owed) == "owed"


@pytest.mark.parametrize("way", ["", "broken", "owed", "made-good", "x" * 5_000])
def test_a_way_that_there_is_not_changes_nothing(way: str, ada: Client) -> None:
    owed = soon("Mend the roof")
    answer = ada.post(f"/desk/promises/{owed.pk}/settlement/", {"way": way, "reason": "Why."})
    assert answer.status_code in (409, 422)
    assert story(owed) == []


def test_nobody_else_marks_or_reads_one_at_the_desk(village: Village) -> None:
    owed = soon("Mend the roof", to=Whom("person", village.ben.pk))
    for who in ("ben", "dov", "cleo"):
        client = browser(village.cast()[who])
        for path in (f"/desk/promises/{owed.pk}/", "/desk/promises/", "/desk/promises/new/"):
            assert client.get(path).status_code in (302, 404)
        client.post(f"/desk/promises/{owed.pk}/settlement/", {"way": "kept"})
        client.post("/desk/promises/new/", FORM)
    assert story(owed) == []
    assert Promise.objects.count() == 1


@pytest.mark.parametrize("pk", [0, 10**17, 10**30])
def test_a_number_of_no_promise_is_not_found(pk: int, ada: Client) -> None:
    assert ada.get(f"/desk/promises/{pk}/").status_code == 404
    assert ada.post(f"/desk/promises/{pk}/settlement/", {"way": "kept"}).status_code == 404


def test_a_promise_to_one_person_is_read_by_them_and_operators(village: Village) -> None:
    soon("For Ben alone", to=Whom("person", village.ben.pk))
    soon("For Dov alone", to=Whom("person", village.dov.pk))
    soon("For readers", to=READERS)
    soon("For everyone", to=EVERYONE)
    ada, ben, dov = (browser(each) for each in (village.ada, village.ben, village.dov))
    inside, mine = ben.get("/inside/promises/").text, ben.get("/account/promises/").text
    assert "For Ben alone" in inside
    assert "For readers" in inside
    assert "For everyone" in inside
    assert "For Dov alone" not in inside
    assert "For Ben alone" in mine
    assert "For readers" not in mine
    assert "For Dov alone" in dov.get("/account/promises/").text
    assert dov.get("/inside/promises/").status_code == 404
    assert "For Ben alone" not in ada.get("/inside/promises/").text
    at_desk = ada.get("/desk/promises/").text
    assert "For Ben alone" in at_desk
    assert "For Dov alone" in at_desk


def test_the_tally_says_what_it_counts(village: Village, ada: Client) -> None:
    made = [soon(f"Promise {n}") for n in range(5)]
    for owed, way in zip(made, ("kept", "kept", "withdrawn"), strict=False):
        ada.post(f"/desk/promises/{owed.pk}/settlement/", {"way": way, "reason": "So."})
    owe()
    notice_overdue(at=now())
    page = " ".join(ada.get("/inside/promises/").text.split())
    assert '<data value="2">2</data> <span>kept, of 4 that are settled</span>' in page
    assert "<dt>still owed, not counted</dt><dd>2</dd>" in page
    assert "<dt>broken</dt><dd>1</dd>" in page


def test_an_empty_page_says_what_promises_are(ben: Client) -> None:
    page = ben.get("/inside/promises/").text
    assert "A promise is something owed to somebody by a time." in page
    for show in ("kept", "broken", "withdrawn"):
        assert ben.get(f"/inside/promises/?show={show}").status_code == 200


@pytest.mark.parametrize("query", ["show=all", "show=", "page=0", "page=x", "page=9999999", "page=-1"])
def test_a_filter_or_page_that_cannot_be_is_not_found(query: str, ben: Client) -> None:
    assert ben.get(f"/inside/promises/?{query}").status_code == 404


def test_pages_keep_their_filter(ada: Client) -> None:
    for n in range(21):
        soon(f"Promise {n}", to=EVERYONE)
    first = ada.get("/desk/promises/?show=owed").text
    assert "?show=owed&amp;page=2" in first
    second = ada.get("/desk/promises/?show=owed&page=2").text
    assert second.count('class="card"') == 1
    assert 'href="?show=owed"' in second


def test_while_the_clock_is_in_doubt_the_pages_say_what_is_held(
    ada: Client,
) -> None:
    owed = owe()
    assert "It is marked as broken within a minute." in ada.get("/inside/promises/").text
    with transaction.atomic():
        note_jump(at=now(), expected=now() - timedelta(days=365), within_boot=True)
    page = ada.get("/inside/promises/").text
    assert "The clock of this server is in doubt." in page
    assert "it is not judged yet" in page
    answer = ada.post(f"/desk/promises/{owed.pk}/settlement/", {"way": "kept"})
    assert answer.status_code == 409
    assert state(owed) == "owed"


def test_words_of_others_are_shown_as_words(ada: Client) -> None:
    ada.post("/desk/promises/new/", {**FORM, "text": "<script>alert(1)</script>"})
    assert "<script>alert" not in ada.get("/desk/promises/").text
