"""What we hold about somebody, on their own pages: all of it, in words, theirs alone, and nothing secret."""

import re
from typing import Any

import pytest
from django.test import Client

from porch.community.bookkeeping.models import Sheet
from porch.community.membership.models import Member
from porch.community.notes.models import MemberNote
from porch.engine.files.store import LocalStore
from porch.people.erasure.reads import held
from porch.people.holdings.columns import WORDS
from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.models import Person, SignInLink
from porch.people.sessions.models import Session
from porch.people.suppression.hashing import hash_address
from tests.engine.files.conftest import shelf  # noqa: F401 - a fixture
from tests.people.delivery.letters import SECRET, send_test
from tests.people.erasure.fullness import live_fully
from tests.people.hands import give_app
from tests.people.holdings.filling import live_in_every_table
from tests.people.takeout.archives import opened, take_out, unpacked
from tests.village import NOON, Village, add_person, browser

PAGE = "/account/holdings/"
ADDRESSES = [PAGE, f"{PAGE}tables/people.Person/", f"{PAGE}takeout/", f"{PAGE}erasure/"]
# In what she wrote herself she reads whatever she wrote.
# What Ben wrote himself, and what he was told, with that address in it.
OF_BEN = {
    "moderation.Appeal",
    "moderation.Decision",
    "moderation.HeldPost",
    "moderation.Report",
    "moderation.Strike",
}
WRITTEN_BY_ADA = {
    *("conversation.Closure", "conversation.Post", "conversation.Ritual", "conversation.Topic"),
    "engine.AuditEntry",
}


def secrets_of(person: Person) -> list[str]:
    """Give what must not be seen of a person, even by themselves."""
    found = [*SignInLink.objects.filter(person=person).values_list("digest", flat=True)]
    for digest, data in Session.objects.filter(person=person).values_list("digest", "data"):
        found += [digest, data]
    return [*found, person.password, hash_address(person.email or "")]


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("who", ["ada", "ben", "cleo", "dov"])
def test_whoever_is_signed_in_sees_their_own(path: str, who: str, village: Village) -> None:
    answer = browser(village.cast()[who]).get(path)
    assert answer.status_code == (302 if who == "cleo" else 200)


def test_nobody_sees_anothers(village: Village) -> None:
    live_fully(village)
    for who in (village.ada, village.ben):
        client = browser(who)
        for each in held(who):
            answer = client.get(f"{PAGE}tables/{each.table}/")
            wrote_it = each.table in (WRITTEN_BY_ADA if who is village.ada else OF_BEN)
            assert wrote_it or "dov@example.org" not in answer.text, each.table
            # A word of its own: nonces are letters by chance.
            named = re.search(r"(?<![\w-])Dov(?![\w-])", answer.text)
            assert not named or each.table == "engine.PromiseChange" or who is village.ada


def test_of_rows_about_others_only_that_they_are_there_is_shown(village: Village) -> None:
    """A steward's sheet in which Ben's address stands, and a note that Ben wrote about Ada."""
    ada = Member.objects.get(person=village.ada)
    lines = [[2, "ben@example.org", "Gold", ""], [3, "carla@example.org", "Gold", ""]]
    Sheet.objects.create(kind="tiers", by=ada, sent_at=NOON, lines=lines)
    MemberNote.objects.create(
        member=ada, by=Member.objects.get(person=village.ben), text="Ada likes soup.", written_at=NOON
    )
    ben = browser(village.ben)
    sheet = ben.get(f"{PAGE}tables/community.Sheet/").text
    assert "kept, not shown" in sheet
    assert "carla@example.org" not in sheet
    assert "Ada likes soup." not in ben.get(f"{PAGE}tables/community.MemberNote/").text
    assert "Ada likes soup." in browser(village.ada).get(f"{PAGE}tables/community.MemberNote/").text


def test_every_table_is_there_and_each_can_be_read(village: Village, shelf: LocalStore) -> None:  # noqa: F811
    dov = live_in_every_table(village)
    client = browser(dov)
    page = client.get(PAGE).text
    for each in held(dov):
        assert f"{PAGE}tables/{each.table}/" in page
        answer = client.get(f"{PAGE}tables/{each.table}/")
        assert answer.status_code == 200
        assert str(each.purpose).replace("'", "&#39;") in answer.text


def test_an_account_of_which_little_is_known_says_so(dov: Client) -> None:
    page = dov.get(PAGE).text
    assert "tables know people and hold nothing about you" in page
    assert "Who is a member, since when, whether they are away, and how many notices wait for them." in page
    assert "Nothing about you stands here" in dov.get(f"{PAGE}tables/community.Member/").text


@pytest.mark.parametrize("table", ["no.Table", "people.Tally", "sqlite_master", "people.person", "x" * 500])
def test_only_tables_that_know_people_can_be_asked_for(table: str, dov: Client) -> None:
    assert dov.get(f"{PAGE}tables/{table}/").status_code == 404


def test_no_secret_stands_on_a_page_or_in_a_copy(village: Village, shelf: LocalStore) -> None:  # noqa: F811
    dov = live_in_every_table(village)
    give_app(dov)
    issue_sign_in_link(person=dov, at=NOON)
    client = browser(dov)
    pages = "".join(client.get(f"{PAGE}tables/{each.table}/").text for each in held(dov))
    copy = unpacked(opened(take_out(dov))).decode("utf-8", "replace")
    secrets = secrets_of(dov)
    assert len(secrets) >= 6
    for secret in secrets:
        assert secret not in pages
        assert secret not in copy
    assert "kept, not shown" in pages
    assert "kept, not shown" in copy


def test_a_letter_with_a_code_stays_closed_and_others_can_be_read(
    village: Village,
    shelf: LocalStore,  # noqa: F811
) -> None:
    send_test("dov@example.org", letter=SECRET)
    copy = unpacked(opened(take_out(village.dov))).decode()
    assert "Content-Type" not in copy
    send_test("dov@example.org")
    assert "Content-Type" in browser(village.dov).get(f"{PAGE}tables/engine.DeliveryBody/").text


def test_long_lists_come_in_pages(village: Village) -> None:
    for _ in range(25):
        issue_sign_in_link(person=village.dov, at=NOON)
    dov = browser(village.dov)
    path = f"{PAGE}tables/people.SignInLink/"
    assert dov.get(path).text.count('class="card"') == 20
    assert "?page=2" in dov.get(path).text
    assert dov.get(f"{path}?page=2").text.count('class="card"') == 5
    assert dov.get(f"{path}?page=x").status_code == 404


def test_one_sees_that_it_is_oneself_and_only_where_it_is(village: Village) -> None:
    text = browser(village.ben).get(f"{PAGE}tables/community.Member/").text
    assert "<dt>person</dt><dd>you</dd>" in text
    audit = browser(village.ben).get(f"{PAGE}tables/engine.AuditEntry/").text
    assert "<dt>about whom</dt><dd>you</dd>" in audit


def test_what_can_be_corrected_leads_there(ben: Client) -> None:
    page = ben.get(f"{PAGE}tables/people.Person/").text
    assert 'href="/account/name/"' in page
    assert 'href="/account/address/"' in page


def test_hostile_words_are_text(village: Village) -> None:
    eve = add_person("eve")
    Person.objects.filter(pk=eve.pk).update(name="<script>alert(1)</script>")
    page = browser(eve).get(f"{PAGE}tables/people.Person/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_words_for_columns_say_no_code() -> None:
    said: list[Any] = [str(each) for each in WORDS.values()]
    assert all("_" not in each for each in said)


def test_the_way_to_it_stands_in_the_account(dov: Client) -> None:
    assert PAGE in dov.get("/account/").text
