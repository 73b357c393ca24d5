import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from porch.audience.articles.facts import ArticlePublished
from porch.community.membership.facts import MemberJoined
from porch.engine.facts import bell
from porch.engine.facts.models import CommunityFactRow
from porch.engine.facts.noting import note, note_all
from porch.engine.facts.pull import newest, pull
from porch.kit.time import to_micros
from tests.village import NOON


def joined(n: int = 1) -> MemberJoined:
    return MemberJoined(member_id=n, person_id=n, at=NOON)


@pytest.fixture
def rings() -> list[int]:
    heard: list[int] = []
    listener = lambda: heard.append(1)  # noqa: E731 - it has to be the same object twice
    bell.listen(listener)
    yield heard
    bell.forget(listener)


def test_a_fact_is_kept_with_its_kind_time_and_ids(db: None) -> None:
    with transaction.atomic():
        note(joined(7))
    (fact,) = pull("community")
    assert (fact.kind, fact.version, fact.at) == ("MemberJoined", 1, to_micros(NOON))
    assert fact.ids == {"member_id": 7, "person_id": 7}


def test_each_stream_is_its_own(db: None) -> None:
    with transaction.atomic():
        note(ArticlePublished(article_id=1, at=NOON))
    assert pull("community") == []
    assert [fact.kind for fact in pull("audience")] == ["ArticlePublished"]


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        note(joined())
    assert pull("community") == []


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_the_commit(rings: list[int]) -> None:
    with transaction.atomic():
        note(joined())
        assert rings == []
    assert rings == [1]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_happened(rings: list[int]) -> None:
    @transaction.atomic
    def fail() -> None:
        note(joined())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rings == []
    assert newest("community") == 0


@pytest.mark.django_db(transaction=True)
def test_many_facts_are_noted_at_once_in_their_order(rings: list[int]) -> None:
    with transaction.atomic():
        mixed = [joined(1), ArticlePublished(article_id=1, at=NOON), *(joined(n) for n in range(2, 600))]
        assert note_all(mixed) == 600
    assert [fact.ids["member_id"] for fact in pull("community")] == list(range(1, 600))
    assert len(pull("audience")) == 1
    assert rings == [1]


@pytest.mark.django_db(transaction=True)
def test_no_facts_are_no_news(rings: list[int]) -> None:
    with transaction.atomic():
        assert note_all([]) == 0
    assert rings == []
    with pytest.raises(TransactionManagementError):
        note_all([joined()])


@pytest.mark.parametrize("way", [lambda: note(joined()), lambda: note_all([joined(), joined()])])
def test_noting_is_one_statement(db: None, way: Callable[[], object]) -> None:
    turns = int(connection.vendor == "postgresql")
    with transaction.atomic(), CaptureQueriesContext(connection) as caught:
        way()
    assert len([each for each in caught if "INSERT" in each["sql"]]) == 1
    assert len(caught) == 1 + turns


@pytest.mark.django_db(transaction=True)
def test_noting_fails_as_django_fails() -> None:
    """Past Django's cursor too an error is Django's."""
    with connection.schema_editor() as editor:
        editor.alter_db_table(CommunityFactRow, "engine_community_fact", "elsewhere")
    try:
        with pytest.raises(DatabaseError), transaction.atomic():
            note(joined())
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(CommunityFactRow, "elsewhere", "engine_community_fact")


def test_a_fact_cannot_be_deleted(db: None) -> None:
    with transaction.atomic():
        note(joined())
    with pytest.raises(TypeError, match="append-only"):
        CommunityFactRow.objects.get().delete()


def test_reading_goes_on_after_an_id(db: None) -> None:
    with transaction.atomic():
        for n in range(5):
            note(joined(n))
    first = pull("community", most=2)
    rest = pull("community", after=first[-1].id)
    assert [fact.ids["member_id"] for fact in first + rest] == [0, 1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_follows_the_ids_misses_nothing() -> None:
    """Eight writers commit at once while one reads on after the highest id it has seen."""
    writers, each = 8, 25
    seen: list[int] = []
    done = threading.Event()

    def write(first: int) -> None:
        for n in range(first, first + each):
            with transaction.atomic():
                note(joined(n))
        connection.close()

    def read() -> None:
        after = 0
        while True:
            was_done = done.is_set()
            facts = pull("community", after=after)
            if facts:
                after = facts[-1].id
                seen.extend(fact.ids["member_id"] for fact in facts)
            elif was_done:
                break
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    threads = [threading.Thread(target=write, args=(n * each,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    assert sorted(seen) == list(range(writers * each))
