"""The register: every purpose with how many stand on it, counted exactly, and of a moment that it names."""

from datetime import timedelta

from django.db import transaction

from porch.community.membership.models import Member
from porch.engine.audit.recording import record
from porch.engine.files.store import LocalStore
from porch.engine.outbox.models import Delivery
from porch.people.erasure.actions import erase_person
from porch.people.erasure.acts import ERASED
from porch.people.erasure.holdings import HOLDINGS
from porch.people.holdings.counting import count_holdings, register
from porch.people.holdings.models import HoldingCount
from porch.people.identity.actions import issue_sign_in_link
from tests.engine.files.conftest import shelf  # noqa: F401 - a fixture
from tests.people.delivery.letters import send_test
from tests.people.holdings.filling import labels, live_in_every_table
from tests.village import NOON, Village


def counts() -> dict[str, int | None]:
    count_holdings(at=NOON)
    return {each.table: each.people for each in HoldingCount.objects.all()}


def test_every_purpose_stands_in_it_before_anything_is_counted(village: Village) -> None:
    assert {each.table for each in register()} == labels()
    assert all(each.count is None and each.purpose for each in register())


def test_people_are_counted_and_not_rows(village: Village) -> None:
    for _ in range(3):
        issue_sign_in_link(person=village.dov, at=NOON)
    issue_sign_in_link(person=village.ben, at=NOON)
    found = counts()
    assert (found["people.Person"], found["community.Member"], found["people.SignInLink"]) == (3, 2, 2)
    assert HoldingCount.objects.get(table="people.SignInLink").rows == 4


def test_whoever_stands_in_a_row_in_two_ways_counts_once(village: Village) -> None:
    before = counts()["engine.AuditEntry"]
    assert before == 3, "ada, ben and dov were added"
    with transaction.atomic():
        record(ERASED, by_id=village.ada.pk, about_id=village.ada.pk, at=NOON, erasure_id=1)
        record(ERASED, by_id=village.ada.pk, about_id=village.dov.pk, at=NOON, erasure_id=1)
    assert counts()["engine.AuditEntry"] == before


def test_addresses_are_counted_where_only_they_are_known(village: Village) -> None:
    for address in ("cleo@example.org", "cleo@example.org", "remy@example.org"):
        send_test(address)
    found = counts()
    assert (found["engine.Delivery"], found["engine.DeliveryBody"]) == (2, 2)
    said = {each.table: each.is_by_address for each in register()}
    assert (said["engine.Delivery"], said["account.EmailAddress"], said["people.Person"]) == (
        True,
        False,
        False,
    )
    assert Delivery.objects.count() == 3


def test_what_only_a_search_would_find_is_not_guessed(village: Village) -> None:
    assert counts()["engine.CacheEntry"] is None


def test_a_second_count_takes_the_place_of_the_first(village: Village) -> None:
    HoldingCount.objects.create(table="gone.Table", people=1, rows=1, at=NOON)
    count_holdings(at=NOON)
    later = NOON + timedelta(hours=1)
    Member.objects.filter(person=village.ben).delete()
    assert count_holdings(at=later) == HoldingCount.objects.count() == len(labels())
    assert HoldingCount.objects.get(table="community.Member").people == 1
    assert {each.at for each in HoldingCount.objects.all()} == {later}


def test_every_table_can_be_counted_with_somebody_in_it(village: Village, shelf: LocalStore) -> None:  # noqa: F811
    live_in_every_table(village)
    found = counts()
    assert [table for table, people in found.items() if people == 0] == []
    uncounted = {table for table, people in found.items() if people is None}
    assert all(HOLDINGS[table].mentions and not HOLDINGS[table].counted_by for table in uncounted)


def test_the_erased_are_not_counted_where_they_are_gone(village: Village) -> None:
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert counts()["people.Person"] == 2
