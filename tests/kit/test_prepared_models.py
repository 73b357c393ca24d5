"""What prepared statements of models read and write equals what Django's own do, on whatever database the run is on."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, F, IntegerField, Model
from django.db.models.signals import post_init, pre_init

from porch.community.membership.models import Member
from porch.conversation.drafts.actions import IN_TOPIC
from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import ADD_POST, COUNT_ON_SPACE, COUNT_ON_TOPIC, SENT_BEFORE
from porch.conversation.reading.actions import GO_ON
from porch.conversation.reading.models import Level, Reading
from porch.conversation.search.indexing import ADD_ENTRY
from porch.conversation.spaces.models import Space
from porch.conversation.topics.finding import HELD, REACHED, is_closed, reached_topic
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import close_topic
from porch.kit.prepared import Prepared, Statement, literal
from porch.kit.prepared_models import PreparedInsert, PreparedModel, PreparedUpdate
from tests.conversation.talk import LATER, kitchen, space_for, topic_in
from tests.village import NOON, Village

TITLED = PreparedModel(lambda title: Topic.objects.filter(title=title).order_by("pk"), title=CharField())

EVERY: list[Statement] = [
    *(
        SENT_BEFORE,
        ADD_POST,
        COUNT_ON_TOPIC,
        COUNT_ON_SPACE,
        GO_ON,
        HELD,
        REACHED,
        ADD_ENTRY,
        IN_TOPIC,
        TITLED,
    ),
]


def values(model: Model) -> dict[str, object]:
    return {each.attname: getattr(model, each.attname) for each in model._meta.concrete_fields}


@pytest.mark.parametrize("is_shut", [False, True])
def test_a_model_is_read_with_all_that_belongs_to_it(village: Village, is_shut: bool) -> None:
    topic = topic_in(kitchen(village, village.ben), village.ben)
    if is_shut:
        close_topic(topic_id=topic.pk, by=village.ada, reason="Baked.", at=LATER)
    ours = HELD.first(topic=topic.pk, person=village.ben.pk)
    theirs = reached_topic(topic.pk, village.ben.pk).get()
    assert ours is not None
    assert values(ours) == values(theirs)
    assert values(ours.space) == values(theirs.space)
    assert values(ours.space.circle) == values(theirs.space.circle)  # type: ignore[arg-type]
    assert ours.space.role is None
    assert is_closed(ours) == is_closed(theirs) == is_shut
    assert (ours.member_id, ours.tends) == (theirs.member_id, theirs.tends)  # type: ignore[attr-defined]
    assert ours.tends is False  # type: ignore[attr-defined] - a truth, and no number
    assert not ours._state.adding


def test_what_belongs_to_it_takes_no_further_query(
    village: Village, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    topic = topic_in(kitchen(village, village.ben), village.ben)
    HELD.first(topic=topic.pk, person=village.ben.pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = HELD.first(topic=topic.pk, person=village.ben.pk)
        assert found is not None
        assert found.space.circle is not None
        assert not is_closed(found)


def test_nothing_is_found_where_nothing_is(village: Village) -> None:
    topic_in(space_for(village.ada), village.ben)
    assert HELD.first(topic=7_000_000, person=village.ben.pk) is None
    assert HELD.first(topic=2**70, person=village.ben.pk) is None
    assert SENT_BEFORE.first(person=village.ben.pk, key="no such key") is None


@pytest.mark.parametrize("title", ["Bread", "' OR 1=1 --", "100 %", "%s ?", "🍞"])
def test_a_value_stays_a_value(village: Village, title: str) -> None:
    topic = topic_in(space_for(village.ada), village.ben, title)
    topic_in(space_for(village.ada, "Other"), village.ben, "Another")
    assert TITLED.first(title=title) == topic


def test_a_value_that_is_not_declared_is_refused(village: Village) -> None:
    with pytest.raises(TypeError):
        HELD.first(topic=1)
    with pytest.raises(TypeError):
        GO_ON.run(member=1, topic=1, number=1, at=NOON, more=1)


def test_a_new_row_equals_what_django_writes(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    new = Post(
        topic=topic, number=2, author=village.ben, at=LATER, source="100 % ?", html="<p>", html_version=1
    )
    made = ADD_POST.add(new)
    assert made is new
    assert values(Post.objects.get(number=2)) == values(made)
    made.source = "Again"
    made.save()
    assert Post.objects.filter(topic=topic).count() == 2, "it is known as one that is there"


def test_what_the_database_refuses_is_refused_in_djangos_words(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    again = Post(topic=topic, number=1, author=village.ben, at=LATER, source="x", html="x", html_version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ADD_POST.add(again)
    assert Post.objects.count() == 1


def test_a_row_with_a_key_of_its_own_is_written_once(village: Village) -> None:
    held = PreparedInsert(Reading)
    Statement.known.remove(held)
    topic = topic_in(space_for(village.ada), village.ben)
    member = Member.objects.get(person=village.ada)
    first = held.add(Reading(member=member, topic=topic, number=1, at=NOON))
    assert Reading.objects.get(pk=first.pk).member == member
    with pytest.raises(IntegrityError), transaction.atomic():
        held.add(Reading(member=member, topic=topic, number=1, at=NOON))


def test_a_change_equals_djangos_and_counts_its_rows(village: Village) -> None:
    space = space_for(village.ada)
    topic_in(space, village.ben)
    before = Space.objects.get(pk=space.pk)
    assert COUNT_ON_SPACE.run(space=space.pk, begun=1, at=LATER) == 1
    after = Space.objects.get(pk=space.pk)
    assert (after.posts, after.topics) == (before.posts + 1, before.topics + 1)
    assert after.last_said_at == LATER
    assert COUNT_ON_SPACE.run(space=space.pk, begun=0, at=NOON - timedelta(days=1)) == 1
    assert Space.objects.get(pk=space.pk).last_said_at == LATER, "time goes on"
    assert COUNT_ON_SPACE.run(space=space.pk + 1_000, begun=0, at=NOON) == 0
    assert COUNT_ON_SPACE.run(space=2**70, begun=0, at=NOON) == 0


def test_only_rows_that_are_meant_change(village: Village) -> None:
    mine, other = (space_for(village.ada, name) for name in ("Mine", "Other"))
    change = PreparedUpdate(
        lambda space, by, at: (
            Space.objects.filter(pk=space),
            {"posts": F("posts") + by, "last_said_at": at},
        ),
        space=BigIntegerField(),
        by=IntegerField(),
        at=DateTimeField(),
    )
    Statement.known.remove(change)
    assert change.run(space=mine.pk, by=7, at=LATER) == 1
    assert list(Space.objects.filter(pk__in=[mine.pk, other.pk]).order_by("pk").values_list("posts")) == [
        (7,),
        (0,),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        change.run(space=mine.pk, by=-100, at=LATER)


@pytest.mark.parametrize(
    ("seen", "level", "after"), [(0, Level.NORMAL, (0, Level.FOLLOW)), (1, Level.MUTE, (2, Level.MUTE))]
)
def test_cases_are_decided_by_the_row(
    village: Village, seen: int, level: str, after: tuple[int, str]
) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    row = Reading.objects.create(
        member=Member.objects.get(person=village.ada), topic=topic, number=seen, level=level, at=NOON
    )
    assert GO_ON.run(member=row.member_id, topic=topic.pk, number=2, at=LATER) == 1
    row.refresh_from_db()
    assert (row.number, row.level, row.at) == (*after, LATER)


def test_each_statement_of_the_house_is_known_here() -> None:
    ours = [each for each in Statement.known if not isinstance(each, Prepared)]
    assert {id(each) for each in ours} == {id(each) for each in EVERY}


@pytest.mark.parametrize("each", EVERY, ids=lambda each: str(EVERY.index(each)))
def test_a_statement_is_compiled_with_its_constants_in_it(db: None, each: Statement) -> None:
    compiled = each.compiled("default")
    if connection.vendor == "sqlite":
        assert all(name for name, _ in compiled.native_places), "else SQLite may plan it anew each time"
        assert compiled.native.count("?") == len(compiled.native_places)


def test_a_constant_is_written_as_sqlite_reads_it(db: None) -> None:
    texts = ["", "it's", "'; --", "%s ?", "a\\b", "🍞", "two\nlines"]
    if connection.vendor == "sqlite":
        for each in [*texts, 0, -1, 2**62]:
            with connection.cursor() as cursor:
                cursor.connection.execute(f"SELECT {literal(each)}")
                assert cursor.connection.execute(f"SELECT {literal(each)}").fetchone() == (each,)
    assert (literal(True), literal(False)) == ("1", "0")
    assert literal("a\0b") is literal(1.5) is literal(None) is literal(b"x") is None


def test_a_row_of_some_columns_has_the_others_as_they_are_by_default(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    made = ADD_POST.make(
        topic_id=topic.pk,
        number=2,
        author_id=village.ben.pk,
        at=LATER,
        source="x",
        html="<p>",
        html_version=1,
    )
    assert values(Post.objects.get(number=2)) == values(made)
    assert made == Post.objects.get(number=2)
    with pytest.raises(TypeError, match="colour"):
        ADD_POST.make(colour="red")


def test_nobody_waits_for_models_to_be_made(db: None) -> None:
    """What is put together past ``Model.__init__`` sends no signals, and no model of ours has a way of its own."""
    for model in apps.get_models():
        if model.__module__.startswith("porch."):
            assert not pre_init.has_listeners(model)
            assert not post_init.has_listeners(model)
            assert model.__init__ is Model.__init__
            assert model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
