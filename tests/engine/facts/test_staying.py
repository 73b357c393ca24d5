"""The database refuses to change or take away what was noted, whoever asks and by whatever way."""

import pytest
from django.db import DatabaseError, connection, transaction

from porch.audience.articles.facts import ArticlePublished
from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.engine.facts.noting import note
from porch.engine.facts.pull import TABLES, pull
from porch.kit.staying import let_go, let_stay
from porch.people.sessions.facts import SessionEnded
from tests.village import NOON


@pytest.fixture(autouse=True)
def _two_facts(db: None) -> None:
    with transaction.atomic():
        note(SessionEnded(session_id=1, at=NOON))
        note(ArticlePublished(article_id=1, at=NOON))


@pytest.mark.parametrize("table", TABLES.values())
@pytest.mark.parametrize("change", ["UPDATE {} SET kind = 'Other'", "DELETE FROM {}", "UPDATE {} SET id = 7"])
def test_sql_cannot_change_a_fact(change: str, table: str) -> None:
    with (
        pytest.raises(DatabaseError, match="what happened has happened"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))
    assert [fact.id for stream in TABLES for fact in pull(stream)] != [7]
    assert all(len(pull(stream)) == 1 for stream in TABLES)


@pytest.mark.parametrize("row", [CommunityFactRow, AudienceFactRow])
def test_neither_can_a_queryset(row: type[CommunityFactRow]) -> None:
    for change in (lambda: row.objects.all().delete(), lambda: row.objects.update(at=0)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert row.objects.get().at > 0


def test_what_has_to_take_facts_away_opens_and_shuts_the_door_itself() -> None:
    vendor = connection.vendor
    with transaction.atomic(), connection.cursor() as cursor:
        let_go("engine_community_fact", cursor.execute, vendor=vendor)
        cursor.execute("DELETE FROM engine_community_fact")
        let_stay("engine_community_fact", cursor.execute, vendor=vendor, why="it stays")
    assert pull("community") == []
    with transaction.atomic():
        note(SessionEnded(session_id=2, at=NOON))
    with pytest.raises(DatabaseError), transaction.atomic():
        CommunityFactRow.objects.all().delete()
