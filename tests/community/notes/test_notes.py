"""Stewards keep notes about members, who read every one, answer it, and have it removed."""

from contextlib import suppress
from datetime import timedelta

import pytest

from porch.community.membership.models import Member
from porch.community.notes.actions import (
    NoteAboutOneself,
    NoteAboutOneselfStays,
    NoteIsEmpty,
    NoteIsGone,
    answer_note,
    remove_note,
    take_back_note,
    write_note,
)
from porch.community.notes.models import MemberNote
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import NotFound
from porch.kit.text import LineIsTooLong
from porch.people.erasure.actions import erase_person
from porch.people.identity.models import Person
from tests.community.profiles.asking import member_of
from tests.engine.promises.owing import at_once
from tests.people.erasure.fullness import everything_kept
from tests.village import NOON, Village, add_steward, browser, build_village

MINE = "/account/notes/"
DOG = "Her dog is called Rollmops."


@pytest.fixture
def sol(village: Village) -> Person:
    return add_steward()


def keep(about: Person, by: Person, text: str = DOG) -> MemberNote:
    return write_note(member_id=member_of(about).pk, text=text, by=by, at=NOON)


def page_about(person: Person) -> str:
    return f"/inside/members/{member_of(person).pk}/notes/"


def test_a_steward_keeps_a_note_and_its_member_reads_it(village: Village, sol: Person) -> None:
    answer = browser(sol).post(page_about(village.ben), {"text": DOG})
    assert answer.headers["Location"] == page_about(village.ben)
    page = browser(village.ben).get(MINE).content.decode()
    assert DOG in page
    assert "Sol" in page
    assert "1 note that stewards keep" in browser(village.ben).get("/account/").content.decode()


def test_that_it_was_written_stands_in_the_member_s_own_log(village: Village, sol: Person) -> None:
    note = keep(village.ben, sol)
    entry = AuditEntry.objects.get(act="note-written")
    assert (entry.by_id, entry.about_id, entry.ids) == (sol.pk, village.ben.pk, {"note_id": note.pk})
    log = browser(village.ben).get("/account/audit/").content.decode()
    assert "Wrote a note about a member" in log
    assert DOG not in log, "the text stands in one place, so that it can go from there"


def test_only_those_with_the_right_write_and_read_what_is_kept(village: Village, sol: Person) -> None:
    keep(village.ben, sol)
    cast = {**village.cast(), "sol": sol}
    reading = {
        name
        for name, each in cast.items()
        if DOG in browser(each).get(page_about(village.ben)).content.decode()
    }
    assert reading == {"ada", "sol"}, "its member reads it in their own account"
    for who in (village.ben, village.dov):
        with pytest.raises(NeedsRight):
            keep(village.ada, who)
        assert browser(who).post(page_about(village.ada), {"text": DOG}).status_code == 404
    assert MemberNote.objects.count() == 1


def test_nobody_reads_answers_or_removes_notes_about_others(village: Village, sol: Person) -> None:
    note = keep(village.ben, sol)
    for who in (village.ada, village.dov, sol):
        assert DOG not in browser(who).get(MINE).content.decode()
        assert browser(who).post(f"{MINE}{note.pk}/removal/").status_code == 404
        assert browser(who).post(f"{MINE}{note.pk}/answer/", {"text": "no"}).status_code == 404
    assert browser().post(f"{MINE}{note.pk}/removal/").status_code == 403
    note.refresh_from_db()
    assert (note.text, note.answer) == (DOG, "")


def test_there_is_no_note_that_its_member_cannot_read(village: Village, sol: Person) -> None:
    for n in range(35):
        keep(village.ben, sol, f"Number {n}.")
    ben = browser(village.ben)
    pages = ben.get(MINE).content.decode() + ben.get(MINE, {"page": "2"}).content.decode()
    assert all(f"Number {n}." in pages for n in range(35))


def test_who_has_left_still_reads_and_removes_them(village: Village, sol: Person) -> None:
    note = keep(village.ben, sol)
    Member.objects.filter(person=village.ben).update(left_at=NOON)
    assert DOG in browser(village.ben).get(MINE).content.decode()
    assert "stewards keep" in browser(village.ben).get("/account/").content.decode()
    browser(village.ben).post(f"{MINE}{note.pk}/removal/")
    assert DOG not in everything_kept()


def test_a_member_answers_and_changes_the_answer(village: Village, sol: Person) -> None:
    note = keep(village.ben, sol)
    browser(village.ben).post(f"{MINE}{note.pk}/answer/", {"text": "A cat."})
    browser(village.ben).post(f"{MINE}{note.pk}/answer/", {"text": "A cat, by now."})
    assert "A cat, by now." in browser(sol).get(page_about(village.ben)).content.decode()
    browser(village.ben).post(f"{MINE}{note.pk}/answer/", {"text": " "})
    note.refresh_from_db()
    assert (note.answer, note.answered_at) == ("", None)


def test_what_a_member_has_removed_is_gone_from_everywhere(village: Village, sol: Person) -> None:
    note = keep(village.ben, sol)
    answer_note(note_id=note.pk, text="Never say Rollmops.", by=village.ben, at=NOON)
    assert browser(village.ben).post(f"{MINE}{note.pk}/removal/").headers["Location"] == MINE
    assert "Rollmops" not in everything_kept()
    page = browser(sol).get(page_about(village.ben)).content.decode()
    assert "Removed by the member." in page
    assert "Sol ·" not in page
    for verb in (remove_note, take_back_note):
        with pytest.raises(NoteIsGone):
            verb(note_id=note.pk, by=village.ben if verb is remove_note else sol, at=NOON)
    with pytest.raises(NoteIsGone):
        answer_note(note_id=note.pk, text="x", by=village.ben, at=NOON)


def test_a_steward_takes_a_note_back_and_that_is_recorded(village: Village, sol: Person) -> None:
    note = keep(village.ben, sol)
    with pytest.raises(NeedsRight):
        take_back_note(note_id=note.pk, by=village.dov, at=NOON)
    browser(village.ada).post(f"{page_about(village.ben)}{note.pk}/taking-back/")
    assert not MemberNote.objects.exists()
    assert AuditEntry.objects.get(act="note-taken-back").about_id == village.ben.pk


def test_nobody_keeps_notes_about_themselves_or_about_who_is_not_here(village: Village, sol: Person) -> None:
    with pytest.raises(NoteAboutOneself):
        keep(sol, sol)
    Member.objects.filter(person=village.ben).update(left_at=NOON)
    with pytest.raises(NotFound):
        keep(village.ben, sol)
    assert browser(sol).get(page_about(village.ben)).status_code == 404


@pytest.mark.parametrize(("text", "why"), [(" \n", NoteIsEmpty), ("x" * 2001, LineIsTooLong)])
def test_a_note_has_a_size(text: str, why: type[Exception], village: Village, sol: Person) -> None:
    with pytest.raises(why):
        keep(village.ben, sol, text)
    assert browser(sol).post(page_about(village.ben), {"text": text}).status_code == 422
    assert not MemberNote.objects.exists()


def test_a_note_outlives_its_writer_without_their_name_and_goes_with_its_member(
    village: Village, sol: Person
) -> None:
    note = keep(village.ben, sol)
    erase_person(person=sol, by=village.ada, at=NOON + timedelta(days=1))
    note.refresh_from_db()
    assert note.by is None
    assert "somebody who is gone" in browser(village.ben).get(MINE).content.decode()
    erase_person(person=village.ben, by=village.ada, at=NOON + timedelta(days=1))
    assert not MemberNote.objects.exists()


def test_markup_in_a_note_is_text(village: Village, sol: Person) -> None:
    keep(village.ben, sol, "<script>alert(1)</script>")
    assert "<script>alert" not in browser(village.ben).get(MINE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_removal_and_an_answer_at_once_leave_nothing_of_the_text() -> None:
    village = build_village()
    note = keep(village.ben, add_steward())

    def attempt() -> None:
        with suppress(NoteIsGone):
            answer_note(note_id=note.pk, text="About Rollmops.", by=village.ben, at=NOON)

    at_once(*([attempt] * 3), lambda: remove_note(note_id=note.pk, by=village.ben, at=NOON), *([attempt] * 3))
    note.refresh_from_db()
    assert (note.text, note.answer, note.removed_at) == ("", "", NOON)


def test_a_steward_decides_about_no_note_about_themselves(village: Village, sol: Person) -> None:
    written = keep(sol, village.ada)
    with pytest.raises(NoteAboutOneselfStays):
        take_back_note(note_id=written.pk, by=sol, at=NOON)
    page = browser(sol).get(page_about(sol)).text
    assert "taking-back" not in page
    assert MINE in page
    remove_note(note_id=written.pk, by=sol, at=NOON)
    assert MemberNote.objects.get().removed_at == NOON, "as a member they may, and that there was one stays"
