"""Making a take-out: all of it, nothing secret, one at a time, and gone at its end."""

import tracemalloc
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.engine.audit.models import AuditEntry
from porch.engine.files.models import Holding, StoredFile
from porch.engine.files.places import drafts
from porch.engine.files.store import LocalStore
from porch.engine.files.upkeep import sweep
from porch.engine.outbox.models import Delivery
from porch.kit.refusals import NotFound
from porch.people.erasure.actions import erase_person
from porch.people.holdings.columns import cells_of
from porch.people.takeout import jobs
from porch.people.takeout.actions import (
    TakeOutIsUnderWay,
    TooManyTakeOuts,
    remove_take_out,
    tidy_take_outs,
)
from porch.people.takeout.archive import safe_name
from porch.people.takeout.making import make_take_out
from porch.people.takeout.models import TakeOut
from porch.people.takeout.reads import ready_of
from porch.people.takeout.rules import LASTS, LONGEST_MAKING
from tests.community.portraits.pictures import hang
from tests.engine.promises.owing import at_once
from tests.people.erasure.fullness import live_fully
from tests.people.mails import html_of, text_of
from tests.people.takeout.archives import ask, bytes_of, opened, tables_in, take_out
from tests.village import NOON, Village, build_village

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def nothing_is_left(shelf: LocalStore) -> bool:
    sweep(at=NOON + DAY)
    kept = {each.sha256 for each in StoredFile.objects.all()}
    stray = [name for name, _, _ in shelf.walk() if name not in kept]
    return not (stray or list(drafts().iterdir()) or Holding.objects.filter(kind="take-out").exists())


def test_a_copy_is_made_kept_and_told_of(village: Village, shelf: LocalStore) -> None:
    made = take_out(village.ben)
    assert (made.ready_at, made.ends_at, made.person_id) == (NOON, NOON + LASTS, village.ben.pk)
    assert made.bytes == len(bytes_of(made))
    assert opened(made).testzip() is None
    held = Holding.objects.get(pk=made.holding_id)
    assert (held.by_id, held.about_id, held.name) == (
        village.ben.pk,
        village.ben.pk,
        "take-out-2026-03-02.zip",
    )
    (letter,) = Delivery.objects.filter(kind="people/takeout/mail/ready")
    assert (letter.to_address, letter.ground) == ("ben@example.org", "security notice")
    assert "Firefox on Linux" in text_of(letter)
    assert "/account/holdings/takeout/" in html_of(letter)


def test_files_are_in_it_and_earlier_copies_are_not(village: Village, shelf: LocalStore) -> None:
    hang(village.ben)
    take_out(village.ben)
    second = opened(take_out(village.ben, NOON + SECOND))
    files = [name for name in second.namelist() if name.startswith("files/")]
    assert len(files) == 1
    assert second.read(files[0])[8:12] == b"WEBP"
    assert "take-out" in str(tables_in(second)["engine.Holding"]["rows"]), (
        "that it was made is a row like any other"
    )


def test_a_new_copy_takes_the_place_of_the_old_one(village: Village, shelf: LocalStore) -> None:
    first = take_out(village.ben)
    second = take_out(village.ben, NOON + SECOND)
    assert list(TakeOut.objects.all()) == [second]
    with pytest.raises(NotFound):
        ready_of(village.ben, first.pk, at=NOON + SECOND)


NAMES = [
    "../../etc/passwd",
    "..\\..\\a.txt",
    "/etc/ssh/x",
    "C:\\con",
    "a\x00b\nc",
    "",
    "...",
    ". .",
    "\u202egpj.exe",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_made_to_lead_out_leads_nowhere(name: str) -> None:
    leads_nowhere(name)


@given(st.text(alphabet=st.characters() | st.sampled_from("./\\: \x00~"), max_size=300))
def test_no_name_leads_anywhere(name: str) -> None:
    leads_nowhere(name)


def leads_nowhere(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe) <= 100
    assert ".." not in safe
    assert not safe.startswith(".")
    assert not set('/\\:<>"|?*~\x00\n') & set(safe)


def test_a_plain_name_stays_as_it_is() -> None:
    assert safe_name("Jürgen am Meer-2.webp") == "Jürgen am Meer-2.webp"


def test_no_entry_leads_out_of_the_folder(village: Village, shelf: LocalStore) -> None:
    Holding.objects.filter(pk=hang(village.ben).holding_id).update(name="../../../../evil.html")
    for name in opened(take_out(village.ben)).namelist():
        assert ".." not in name
        assert not name.startswith("/")
        assert "\\" not in name


def test_what_people_wrote_is_text_on_the_page_and_in_the_data(village: Village, shelf: LocalStore) -> None:
    village.ben.name = '=1+1<script>alert("x")</script>\u202e'
    village.ben.save()
    archive = opened(take_out(village.ben))
    assert tables_in(archive)["people.Person"]["rows"][0]["name"] == village.ben.name
    page = archive.read("index.html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_nothing_from_elsewhere(village: Village, shelf: LocalStore) -> None:
    live_fully(village)
    page = opened(take_out(village.dov)).read("index.html").decode()
    for word in ("<script", 'href="http', 'href="/', "src=", "<link", "@import", "url("):
        assert word not in page
    assert page.count("<h1>") == 1
    assert page.count("<section") == page.count("</section>")
    assert page.count("<dl>") == page.count("</dl>") > 0


def test_three_copies_a_day_and_the_fourth_a_day_later(village: Village, shelf: LocalStore) -> None:
    for _ in range(3):
        take_out(village.ben)
    with pytest.raises(TooManyTakeOuts) as no:
        ask(village.ben, NOON + DAY - SECOND)
    assert no.value.values == {"hours": 1}
    remove_take_out(person=village.ben, number=TakeOut.objects.get().pk, at=NOON)
    with pytest.raises(TooManyTakeOuts):
        ask(village.ben, NOON + DAY - SECOND)
    ask(village.dov, NOON)
    ask(village.ben, NOON + DAY)


def test_one_is_made_at_a_time(village: Village, shelf: LocalStore) -> None:
    first = ask(village.ben)
    with pytest.raises(TakeOutIsUnderWay):
        ask(village.ben)
    make_take_out(first.pk, clock=lambda: NOON)
    ask(village.ben)


def test_made_twice_it_is_made_once(village: Village, shelf: LocalStore) -> None:
    made = take_out(village.ben)
    assert make_take_out(made.pk, clock=lambda: NOON + DAY) is None
    assert Delivery.objects.filter(kind="people/takeout/mail/ready").count() == 1
    assert nothing_is_left(shelf) is False
    assert list(drafts().iterdir()) == []


def test_it_goes_at_its_end_to_the_second(village: Village, shelf: LocalStore) -> None:
    made = take_out(village.ben)
    assert ready_of(village.ben, made.pk, at=NOON + LASTS - SECOND) == made
    assert tidy_take_outs(at=NOON + LASTS - SECOND) == 0
    with pytest.raises(NotFound):
        ready_of(village.ben, made.pk, at=NOON + LASTS)
    assert tidy_take_outs(at=NOON + LASTS, hold=True) == 0, "not while the clock is in doubt"
    assert tidy_take_outs(at=NOON + LASTS) == 1
    assert not TakeOut.objects.exists()
    sweep(at=NOON + LASTS)
    assert nothing_is_left(shelf)


def test_a_clock_set_back_keeps_nothing_for_ever(village: Village, shelf: LocalStore) -> None:
    take_out(village.ben)
    assert tidy_take_outs(at=NOON - 30 * DAY) == 1


def test_what_never_comes_to_an_end_is_given_up(village: Village, shelf: LocalStore) -> None:
    row = ask(village.ben)
    tidy_take_outs(at=NOON + LONGEST_MAKING - SECOND)
    assert TakeOut.objects.get(pk=row.pk).is_under_way
    tidy_take_outs(at=NOON + LONGEST_MAKING)
    assert TakeOut.objects.get(pk=row.pk).failed_at
    ask(village.ben, NOON + LONGEST_MAKING)


def test_a_copy_that_cannot_be_made_says_so(
    village: Village, shelf: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(village.ben)
    monkeypatch.setattr("porch.people.takeout.archive.cells_of", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.make.call(row.pk)
    assert TakeOut.objects.get(pk=row.pk).failed_at
    monkeypatch.setattr("porch.people.takeout.archive.cells_of", cells_of)
    assert nothing_is_left(shelf)
    take_out(village.ben)


def test_a_file_that_is_lost_does_not_stop_the_rest(village: Village, shelf: LocalStore) -> None:
    hang(village.ben)
    for name, _, _ in list(shelf.walk()):
        shelf.delete(name)
    archive = opened(take_out(village.ben))
    assert b"missing in our store" in archive.read("index.html")
    assert b'"missing": true' in archive.read("take-out.json")


@pytest.mark.parametrize("when", [1, 2, 3])
def test_whoever_is_erased_on_the_way_gets_none(when: int, village: Village, shelf: LocalStore) -> None:
    """Before it begins, before it is read, and before it is kept."""
    live_fully(village)
    row, told = ask(village.dov), []

    def clock() -> object:
        told.append(1)
        if len(told) == when:
            erase_person(person=village.dov, by=village.ada, at=NOON)
        return NOON

    assert make_take_out(row.pk, clock=clock) is None
    assert nothing_is_left(shelf)
    assert not Delivery.objects.filter(kind="people/takeout/mail/ready").exclude(to_address="").exists()


def test_erasing_takes_a_copy_that_is_ready(village: Village, shelf: LocalStore) -> None:
    take_out(village.dov)
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert not TakeOut.objects.exists()
    assert nothing_is_left(shelf)


@pytest.mark.django_db(transaction=True)
def test_of_an_erasure_and_a_copy_at_once_nothing_stays(shelf: LocalStore) -> None:
    village = build_village()
    row = ask(village.dov)
    erased, _ = at_once(
        lambda: erase_person(person=village.dov, by=village.ada, at=NOON),
        lambda: make_take_out(row.pk, clock=lambda: NOON),
    )
    assert isinstance(erased, list)
    assert not TakeOut.objects.exists()
    assert nothing_is_left(shelf)


@pytest.mark.django_db(transaction=True)
def test_asked_for_twice_at_once_one_is_made(shelf: LocalStore) -> None:
    village = build_village()
    came = at_once(lambda: ask(village.ben), lambda: ask(village.ben))
    assert sorted(type(each).__name__ for each in came) == ["TakeOut", "TakeOutIsUnderWay"]
    row = TakeOut.objects.get()
    at_once(
        lambda: make_take_out(row.pk, clock=lambda: NOON), lambda: make_take_out(row.pk, clock=lambda: NOON)
    )
    assert TakeOut.objects.get().ready_at == NOON
    assert Holding.objects.filter(kind="take-out").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_take_out_at_once_and_each_gets_their_own(shelf: LocalStore) -> None:
    village = build_village()
    at_once(lambda: take_out(village.ben), lambda: take_out(village.dov))
    for person in (village.ben, village.dov):
        row = TakeOut.objects.get(person=person)
        (told,) = tables_in(opened(row))["people.Person"]["rows"]
        assert told["id"] == person.pk


def test_memory_does_not_grow_with_the_rows(village: Village, shelf: LocalStore) -> None:
    take_out(village.ben)  # whatever is loaded once is loaded
    few = peak_of_a_take_out(village, rows=300)
    many = peak_of_a_take_out(village, rows=9_000)
    assert many < few * 1.5


def peak_of_a_take_out(village: Village, rows: int) -> int:
    """Give the most bytes that were held while a copy of so many rows was made."""
    entry = {"act": "person-named", "version": 1, "at": NOON, "is_by_person": False, "is_about_person": True}
    AuditEntry.objects.bulk_create(AuditEntry(**entry, about_id=village.ben.pk) for _ in range(rows))
    tracemalloc.start()
    made = take_out(village.ben)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made.rows > rows
    return peak
