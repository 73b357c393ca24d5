"""Each prepared query equals its plain queryset, on whatever database the run is on."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from porch.audience.articles.actions import publish_article
from porch.audience.articles.models import Article
from porch.audience.articles.reads import ARTICLE, NEWEST_ARTICLES, ArticleLine
from porch.bridge.door_sign.actions import put_up_sign
from porch.bridge.door_sign.reads import SIGN
from porch.bridge.glass.reads import GLASS_POSTS, GLASS_SPACE, GLASS_SPACES, GLASS_TOPIC, GLASS_TOPICS
from porch.community.membership.models import Member
from porch.community.membership.reads import ALL_MEMBERS, MEMBER, MEMBERSHIP, NEWEST_MEMBERS, STANDING
from porch.community.memory.actions import notice
from porch.community.memory.reads import TODAY
from porch.community.newcomers.reads import NEWCOMER
from porch.community.ownership.actions import hand_over
from porch.community.ownership.reads import OFFER_TO
from porch.community.portraits.models import Portrait
from porch.community.portraits.reads import PORTRAIT_OF, PORTRAIT_SHOWN
from porch.community.roles.models import Role, RoleRight
from porch.community.roles.reads import RIGHTS_OF
from porch.community.vouching.reads import WANTED
from porch.conversation.asks.reads import ASKS
from porch.conversation.blocks.actions import block
from porch.conversation.blocks.reads import BLOCKS
from porch.conversation.direct.reads import DIRECTS, PARTICIPANTS
from porch.conversation.drafts.actions import Place, Words, keep_draft
from porch.conversation.drafts.reads import DRAFT_FOR, DRAFTS
from porch.conversation.pages.reaching import REACHED
from porch.conversation.pages.reads import KEEPERS, LATEST, ROOM, TOPIC, TOPIC_FOR_ALL, TOPICS
from porch.conversation.polls.models import Option, Poll
from porch.conversation.polls.reads import POLL
from porch.conversation.posts.models import Post, PostPicture
from porch.conversation.posts.pictures import SHOWN_TO
from porch.conversation.posts.reads import POST, POSTS, SAID
from porch.conversation.reading.counting import FRESH
from porch.conversation.rituals.beating import beat_due
from porch.conversation.rituals.reads import BEATS
from porch.conversation.search.engines import list_of
from porch.conversation.search.reads import NEWEST_OF, OLDEST_OF, READ_BY
from porch.conversation.spaces.reaching import REACHED as REACHED_SPACE
from porch.conversation.spaces.reads import SPACE, SPACES
from porch.conversation.topics.models import Topic
from porch.engine.files.reads import HELD
from porch.kit.ids import digest
from porch.kit.prepared import Prepared, Statement
from porch.moderation.trust.reads import STANDING as TRUST
from porch.people.consent.reads import ADDRESS, STATE, STATE_FOR
from porch.people.consent.subjects import address_subject
from porch.people.identity.backend import ACTIVE_PERSON
from porch.people.sessions.reads import SESSIONS_OF
from porch.people.sessions.store import LIVE_SESSION
from porch.people.sign_in.limits import API_READS, count, key_of
from porch.people.suppression.actions import suppress
from porch.people.suppression.hashing import hash_address
from porch.people.suppression.models import Reason
from porch.people.suppression.reads import OF_ADDRESS, UNDER_OTHER_KEYS
from porch.people.tokens.reads import WORKING_TOKEN
from tests.community.portraits.pictures import hang
from tests.community.requests.wishes import asked, whole
from tests.conversation.asks.asking import ask_of
from tests.conversation.direct.whispers import group, join
from tests.conversation.rituals.keeping import FIRST, ritual_in
from tests.conversation.talk import say, space_for, topic_in
from tests.people.consent.words import give
from tests.village import NOON, Village, browser
from tests.web.api.callers import token_of

EVERY: dict[str, tuple[Prepared, dict[str, object]]] = {
    "newest articles": (NEWEST_ARTICLES, {}),
    "article": (ARTICLE, {"slug": "piece-3"}),
    "no article": (ARTICLE, {"slug": "no such piece"}),
    "newest members": (NEWEST_MEMBERS, {}),
    "member": (MEMBER, {"pk": 1}),
    "membership": (MEMBERSHIP, {"person": 1}),
    "how somebody stands": (STANDING, {"person": 1}),
    "rights of somebody": (RIGHTS_OF, {"person": 1}),
    "how many members": (ALL_MEMBERS, {}),
    "a newcomer": (NEWCOMER, {"person": 1}),
    "an offer of the ownership": (OFFER_TO, {"person": 2, "at": NOON}),
    "what is remembered today": (TODAY, {"day": date(2027, 3, 2)}),
    "vouches that are wanted": (WANTED, {"person": 1}),
    "the door sign": (SIGN, {}),
    "a held file": (HELD, {"holding": "", "size": "small"}),
    "a portrait that hangs": (PORTRAIT_SHOWN, {"holding": ""}),
    "the portrait of a person": (PORTRAIT_OF, {"person": 1}),
    "active person": (ACTIVE_PERSON, {"pk": 1}),
    "how things stand with somebody": (STATE, {"subject": ""}),
    "how they stand for one purpose": (STATE_FOR, {"subject": "", "purpose": "news"}),
    "the address behind a subject": (ADDRESS, {"subject": ""}),
    "suppressions of an address": (OF_ADDRESS, {"hashed": ""}),
    "suppressions under other keys": (UNDER_OTHER_KEYS, {"key": "other"}),
    "live session": (LIVE_SESSION, {"digest": "", "at": NOON}),
    "a token that works": (WORKING_TOKEN, {"digest": "", "tally": "", "at": NOON}),
    "sessions of somebody": (SESSIONS_OF, {"person": 1, "at": NOON}),
    "spaces": (SPACES, {"person": 1}),
    "what is new, by space": (FRESH, {"person": 1}),
    "a space": (SPACE, {"person": 1, "slug": "workshop"}),
    "topics of a space": (TOPICS, {"space": 1, "person": 1}),
    "who looks after a space": (KEEPERS, {"space": 1}),
    "spaces of glass": (GLASS_SPACES, {}),
    "a space of glass": (GLASS_SPACE, {"slug": "workshop"}),
    "topics in glass": (GLASS_TOPICS, {"space": 1}),
    "a topic in glass": (GLASS_TOPIC, {"topic": 1}),
    "what was said in glass": (GLASS_POSTS, {"topic": 1, "after": 0}),
    "what is talked about": (LATEST, {"person": 1}),
    "the topic of a room": (ROOM, {"space": 1, "person": 1}),
    "a topic as everyone sees it": (TOPIC_FOR_ALL, {"topic": 1}),
    "that somebody reaches a topic": (REACHED, {"topic": 1, "person": 1}),
    "a topic": (TOPIC, {"topic": 1, "person": 1}),
    "what was said": (POSTS, {"topic": 1, "after": 0, "person": 1, "member": 1}),
    "who takes part": (PARTICIPANTS, {"space": 1}),
    "direct conversations": (DIRECTS, {"person": 1}),
    "blocks of somebody": (BLOCKS, {"person": 1}),
    "asks of a topic": (ASKS, {"topic": 1, "member": 1}),
    "the heartbeat of a space": (BEATS, {"space": 1}),
    "a poll": (POLL, {"topic": 1, "space": 1, "member": 1}),
    "a post": (POST, {"post": 1, "person": 1}),
    "the newest of some posts": (NEWEST_OF, {"numbers": "", "person": 1}),
    "the oldest of some posts": (OLDEST_OF, {"numbers": "", "person": 1}),
    "the spaces somebody reads": (READ_BY, {"person": 1}),
    "a post by its number": (SAID, {"topic": 1, "number": 1, "person": 1}),
    "whether a space is reached": (REACHED_SPACE, {"space": 1, "person": 1}),
    "to whom a picture is shown": (SHOWN_TO, {"holding": "h", "person": 1}),
    "drafts": (DRAFTS, {"person": 1}),
    "the draft for a space": (DRAFT_FOR, {"person": 1, "space": 1}),
    "how far somebody is trusted": (TRUST, {"person": 1, "space": 1, "at": NOON, "since": NOON}),
}


def as_rows(prepared: Prepared, values: dict[str, object]) -> list[object]:
    return [prepared.row(**row) for row in prepared.plain(**values)]


@pytest.fixture
def filled(village: Village) -> Village:
    put_up_sign(by=village.ada, at=NOON)
    hand_over(to=Member.objects.get(person=village.ben), by=village.ada, at=NOON)
    RoleRight.objects.create(role=Role.objects.get(key="member"), right="manage-circles")
    hang(village.ben)
    topic = topic_in(space_for(village.ada, is_glass=True), village.ben)
    post = say(topic, village.ada)
    PostPicture.objects.create(post=post, holding=Portrait.objects.get().holding)
    whisper(village)
    for place in (Place(space_id=topic.space_id), Place(topic_id=topic.pk)):
        keep_draft(place=place, words=Words("Rye"), version=0, by=village.ben, at=NOON)
    Option.objects.create(poll=Poll.objects.create(topic=topic), place=1, text="Rye")
    ask_of(post, village.ada)
    ritual_in(topic.space, village.ada, keeper="Ben")
    beat_due(at=FIRST)
    space_for(village.ada, "Room", shape="room")
    asked(village.dov, whole(vouches=1))
    notice(at=NOON.replace(year=2027))
    give(address_subject("cleo@example.org"), "news")
    suppress(address="cleo@example.org", reason=Reason.BOUNCED, at=NOON)
    for n in range(30):
        publish_article(title=f"Piece {n}", source="Text", by=village.ada, at=NOON + timedelta(hours=n))
    return village


def whisper(village: Village) -> None:
    """Have Ben write to Ada, and block somebody."""
    eve = join("eve")
    group(village.ben, village.ada, eve)
    block(member_id=Member.objects.get(person=eve).pk, by=village.ben, at=NOON)


def with_talk(values: dict[str, object], *, is_direct: bool) -> dict[str, object]:
    """Put the numbers of what is talked about into their places."""
    wanted = {"space__is_direct": True} if is_direct else {"kind": "conversation", "space__is_direct": False}
    topic = Topic.objects.filter(**wanted).order_by("pk")[0]
    posts = list(Post.objects.filter(topic=topic).order_by("pk"))
    numbers: dict[str, object] = {"topic": topic.pk, "space": topic.space_id, "post": posts[0].pk}
    numbers["numbers"] = list_of(each.pk for each in posts)
    return {**values, **{name: number for name, number in numbers.items() if name in values}}


@pytest.mark.parametrize("name", EVERY)
def test_a_prepared_query_equals_its_plain_one(name: str, filled: Village) -> None:
    prepared, values = EVERY[name]
    if name == "member":
        values = {"pk": Member.objects.get(person=filled.ben).pk}
    elif "pk" in values:
        values = {"pk": filled.ben.pk}
    if "person" in values:
        values = {**values, "person": filled.ben.pk}
    values = with_talk(values, is_direct=prepared is PARTICIPANTS)
    if prepared is ROOM:
        values = {**values, "space": Topic.objects.get(kind="room").space_id}
    if "holding" in values:
        values = {**values, "holding": Portrait.objects.get(member__person=filled.ben).holding_id}
    if "subject" in values:
        values = {**values, "subject": address_subject("cleo@example.org").name}
    if "hashed" in values:
        values = {"hashed": hash_address("cleo@example.org")}
    ben = browser(filled.ben)
    if "tally" in values:
        made = token_of(filled.ben, at=NOON)
        count(API_READS, made.token.digest, at=NOON)
        values = {**values, "digest": made.token.digest, "tally": key_of(API_READS, made.token.digest)}
    elif "digest" in values:
        values = {**values, "digest": digest(ben.cookies["porch"].value)}
    expected = as_rows(prepared, values)
    assert prepared.all(**values) == expected
    assert prepared.all(**values) == expected, "and again, once compiled"
    with CaptureQueriesContext(connection):
        assert prepared.all(**values) == expected, "and when somebody looks at the statements"
    assert prepared.first(**values) == next(iter(expected), None)
    assert prepared.exists(**values) == bool(expected) == (name != "no article")


def test_each_prepared_query_of_the_house_is_held_to_this() -> None:
    known = {id(prepared) for prepared, _ in EVERY.values()}
    assert {id(each) for each in Statement.known if isinstance(each, Prepared)} <= known


def test_it_asks_the_database_once(filled: Village, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(NEWEST_ARTICLES.all()) == 21


def test_a_wrong_parameter_is_named(db: None) -> None:
    with pytest.raises(TypeError, match="slug"):
        ARTICLE.first(title="?")


def test_trouble_of_the_database_has_django_s_name(filled: Village) -> None:
    NEWEST_ARTICLES.all()
    sabotage = "ALTER TABLE audience_article RENAME TO elsewhere"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:  # noqa: PT012
        cursor.execute(sabotage)
        NEWEST_ARTICLES.all()
    assert len(NEWEST_ARTICLES.all()) == 21


class AnyText(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
    def test_any_text_is_bound_and_never_read_as_sql(self, text: str) -> None:
        Article.objects.all().delete()
        Article.objects.create(
            title="x", slug=text, summary=text, source="", html="", renderer_version=0, published_at=NOON
        )
        by_slug = Prepared(
            lambda slug: Article.objects.select_related("author").filter(slug=slug),
            ArticleLine,
            slug=CharField(),
        )
        Statement.known.remove(by_slug)
        assert [row.summary for row in by_slug.all(slug=text)] == [text]
