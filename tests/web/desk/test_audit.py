"""The audit's pages: all of it at the desk with filters and a file, and for each person what is about them."""

import csv
from io import StringIO

import pytest
from django.db import transaction
from django.test import Client

from porch.engine.audit.acts import ACTS, Act
from porch.engine.audit.recording import record
from porch.kit.spreadsheet import harmless
from porch.people.erasure.actions import erase_person
from porch.people.identity.models import Person
from porch.web.desk.audit import views
from tests.village import NOON, Village, browser

WARNED = Act("test-warned", "Warned somebody")


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTS, WARNED.name, WARNED)


@transaction.atomic
def warn(by: Person | None, about: Person, reason: str) -> None:
    record(WARNED, by_id=by and by.pk, about_id=about.pk, reason=reason, at=NOON)


def file_of(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"/desk/audit/entries.csv{query}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(StringIO(text[1:], newline="")))
    # How the village came to be stands there too, without a reason.
    return [row for row in rows if row[9]]


def test_who_did_what_about_whom_and_why(village: Village, ada: Client) -> None:
    warn(village.ada, village.dov, "Twice the same advert.")
    warn(None, village.ben, "")
    page = ada.get("/desk/audit/").text
    for words in ("Warned somebody", "by you", "about Dov", "Twice the same advert.", "by the command line"):
        assert words in page


def test_each_reads_what_is_about_them_and_nothing_else(village: Village) -> None:
    warn(village.ada, village.dov, "About Dov alone.")
    warn(village.ada, village.ben, "About Ben alone.")
    dov, ben = browser(village.dov), browser(village.ben)
    assert "About Dov alone." in dov.get("/account/audit/").text
    assert "About Ben alone." not in dov.get("/account/audit/").text
    assert "Owner" in dov.get("/account/audit/").text, "who did it is part of the answer"
    assert "About Ben alone." in ben.get(f"/account/audit/?about={village.dov.pk}&page=1").text
    assert "About Dov alone." not in ben.get(f"/account/audit/?about={village.dov.pk}").text
    for client in (dov, ben):
        assert client.get("/desk/audit/").status_code == 404
        assert client.get("/desk/audit/entries.csv").status_code == 404


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("by=command-line", {"three"}),
        ("about=dov@example.org", {"one", "three"}),
        ("about=DOV@example.org&by={ada}", {"one"}),
        ("act=test-warned&about={ben}", {"two"}),
        ("act=no-such-act", set()),
        ("about=nobody@example.org", set()),
        ("by=99999999999999999999999", set()),
        ("by=%00", set()),
        ("by=&act=&about=", {"one", "two", "three"}),
    ],
)
def test_filters_of_the_page_and_of_the_file(
    query: str, seen: set[str], village: Village, ada: Client
) -> None:
    warn(village.ada, village.dov, "one")
    warn(village.ada, village.ben, "two")
    warn(None, village.dov, "three")
    query = query.format(ada=village.ada.pk, ben=village.ben.pk)
    page = ada.get(f"/desk/audit/?{query}").text
    assert {each for each in ("one", "two", "three") if f">{each}<" in page} == seen
    assert {row[9] for row in file_of(ada, f"?{query}")[1:]} == seen


def test_no_cell_of_the_file_is_a_formula(village: Village, ada: Client) -> None:
    for reason in (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\uff1dcmd",
        '=HYPERLINK("http://x")',
        'He said "no", twice',
    ):
        warn(village.ada, village.dov, reason)
    reasons = [row[9] for row in file_of(ada)[1:]]
    assert reasons[0] == 'He said "no", twice'
    assert all(each.startswith("'") for each in reasons[1:])


@pytest.mark.parametrize("cell", ["\t=1", " =1", "\r=1", "\n=1"])
def test_nor_one_behind_a_space(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("2 = 2") == "2 = 2"


def test_the_file_holds_all_however_long_it_is(
    village: Village, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "CHUNK", 3)
    for n in range(8):
        warn(village.ada, village.dov, f"reason {n}")
    assert [row[9] for row in file_of(ada)[1:]] == [f"reason {n}" for n in reversed(range(8))]


def test_a_long_audit_has_pages_that_keep_their_filter(village: Village, ada: Client) -> None:
    for n in range(31):
        warn(village.ada, village.dov, f"reason {n}")
    assert "?act=test-warned&amp;page=2" in ada.get("/desk/audit/?act=test-warned").text
    assert ada.get("/desk/audit/?act=test-warned&page=2").text.count('class="row"') == 1


def test_whoever_is_gone_is_nobody_and_the_act_stays(village: Village, ada: Client) -> None:
    warn(village.dov, village.ben, "By Dov.")
    warn(village.ada, village.dov, "About Dov.")
    erase_person(person=village.dov, by=village.ada, at=NOON)
    page = ada.get("/desk/audit/").text
    assert "by somebody who is gone" in page
    assert "about somebody who is gone" in page
    assert "About Dov." not in page


def test_reasons_are_shown_as_words(village: Village, ada: Client) -> None:
    warn(village.ada, village.dov, "<img src=x onerror=alert(1)>")
    assert "<img src=x" not in ada.get("/desk/audit/").text
