"""Notices put together by topic: how many, by whom, where to go on; opening a row puts all of it away."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porch.conversation.blocks.actions import block
from porch.conversation.posts.changing import delete_post
from porch.conversation.posts.models import Post
from porch.conversation.reading.actions import choose_level, mark_read
from porch.conversation.reading.models import Level, Reading
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import Topic
from porch.kit.time import now
from porch.notices.pages.reads import MOST_LEFT, MOST_LISTED, groups_of
from porch.notices.waiting.kinds import Kind
from porch.notices.waiting.models import Notice
from porch.notices.waiting.seeing import see_all
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.direct.whispers import join, pair
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.notices.telling import counted, hear, mentioned, waiting
from tests.village import Village, browser
from tests.web.api.callers import program_of
from tests.web.api.test_talk_says import send

PAGE = "/inside/notices/"


@pytest.fixture
def topic(village: Village) -> Topic:
    """A topic that Ben follows."""
    return followed(space_for(village.ada), village)


def followed(space: Space, village: Village, title: str = "Bread") -> Topic:
    """Make a topic that Ben follows from now on."""
    made = topic_in(space, village.ada, title)
    hear()
    choose_level(topic_id=made.pk, level=Level.FOLLOW, by=village.ben, at=LATER)
    return made


def told(topic: Topic, *people: Person) -> None:
    for person in people:
        say(topic, person, f"From {person.name}.")
    hear()


def words(person: Person) -> list[str]:
    return [each.what for each in groups_of(person.pk, 1)[0]]


def test_five_replies_are_one_row(village: Village, topic: Topic, ben: Client) -> None:
    ana, cleo, dan = (join(name) for name in ("ana", "cleo", "dan"))
    told(topic, village.ada, ana, cleo, dan, ana)
    (group,) = groups_of(village.ben.pk, 1)[0]
    assert group.what == "5 new posts by Ana, Dan and 2 others"
    assert (group.many, group.first, group.is_new, group.others) == (5, 2, True, 2)
    assert waiting(village.ben) == 5
    page = ben.get(PAGE).text
    assert page.count('class="row topic-row told-of-row') == 1
    assert f'href="{PAGE}{topic.pk}/"' in page
    assert "5 new posts by Ana, Dan and 2 others" in page


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Ana"], "Ana wrote"),
        (["Ana", "Ana"], "2 new posts by Ana"),
        (["Ana", "Cleo"], "2 new posts by Cleo and Ana"),
        (["Ana", "Cleo", "Dan"], "3 new posts by Dan, Cleo and 1 other"),
    ],
)
def test_two_are_named_and_the_others_counted(
    names: list[str], said: str, village: Village, topic: Topic
) -> None:
    people = {name: join(name.lower()) for name in set(names)}
    told(topic, *(people[name] for name in names))
    assert words(village.ben) == [said]


def test_opening_a_row_leads_to_the_first_unread_and_puts_all_of_it_away(
    village: Village, topic: Topic, ben: Client
) -> None:
    other = followed(topic.space, village, "Oats")
    told(topic, *[village.ada] * 40)
    told(other, village.ada)
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=3, at=LATER)
    assert waiting(village.ben) == 39
    answer = ben.get(f"{PAGE}{topic.pk}/")
    assert answer.headers["Location"] == f"/inside/topics/{topic.pk}/4/"
    assert waiting(village.ben) == counted(village.ben) == 1, "what waits of other topics stays"
    assert Reading.objects.get(member__person=village.ben, topic=topic).number == 3, (
        "reading is another thing"
    )
    assert words(village.ben) == ["Owner wrote", "40 posts by Owner"]
    assert ben.get(f"{PAGE}{topic.pk}/").headers["Location"] == f"/inside/topics/{topic.pk}/"


def test_a_browser_that_fetches_ahead_puts_nothing_away(village: Village, topic: Topic, ben: Client) -> None:
    told(topic, village.ada, village.ada)
    ben.get(f"{PAGE}{topic.pk}/", headers={"Sec-Purpose": "prefetch"})
    ben.head(f"{PAGE}{topic.pk}/")
    assert waiting(village.ben) == 2


def test_what_is_said_by_name_marks_the_row(village: Village, topic: Topic, ben: Client) -> None:
    told(topic, village.ada)
    mentioned(say(topic, village.ada), village.ben)
    hear()
    (group,) = groups_of(village.ben.pk, 1)[0]
    assert (group.many, group.kind) == (2, Kind.MENTION)
    assert "You are named" in ben.get(PAGE).text
    ben.get(f"{PAGE}{topic.pk}/")
    assert "You are named" not in ben.get(PAGE).text


def test_two_members_of_one_name_are_two(village: Village, topic: Topic) -> None:
    one, other = join("ana"), join("anna")
    Person.objects.filter(pk=other.pk).update(name=one.name)
    told(topic, one, other, village.ada, one)
    assert words(village.ben) == ["4 new posts by Ana, Owner and 1 other"]


def test_what_is_deleted_is_not_counted_and_names_nobody(village: Village, topic: Topic) -> None:
    ana = join("ana")
    told(topic, village.ada, village.ada)
    post = say(topic, ana)
    hear()
    delete_post(post_id=post.pk, by=ana, at=LATER)
    assert words(village.ben) == ["2 new posts by Owner"]


def test_the_organisation_stands_for_who_wrote_as_it(village: Village, topic: Topic) -> None:
    for _ in range(2):
        say(topic, village.ada, as_organisation=True)
    hear()
    (group,) = groups_of(village.ben.pk, 1)[0]
    assert group.names == [settings.PORCH_NAME]
    assert group.what == f"2 new posts by {settings.PORCH_NAME}"


def test_of_what_is_not_reached_there_is_no_row_and_nothing_to_open(village: Village, ben: Client) -> None:
    theirs = topic_in(kitchen(village, village.ada), village.ada)
    told(theirs, village.ada)
    assert groups_of(village.ben.pk, 1)[0] == []
    assert ben.get(f"{PAGE}{theirs.pk}/").status_code == 404
    assert browser(village.dov).get(f"{PAGE}{theirs.pk}/").status_code == 404


def test_the_page_takes_the_same_queries_for_many_topics_as_for_one(
    village: Village, topic: Topic, ben: Client
) -> None:
    told(topic, village.ada, village.ada)
    ben.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        ben.get(PAGE)
    for n in range(5):
        other = followed(topic.space, village, f"Topic {n}")
        told(other, village.ada, village.ada)
    with CaptureQueriesContext(connection) as many:
        assert ben.get(PAGE).text.count('class="row topic-row told-of-row') == 6
    assert len(one) == len(many)


def test_programs_read_and_put_away_the_same(village: Village, topic: Topic) -> None:
    program = program_of(village.ben)
    others = [followed(topic.space, village, f"Topic {n}") for n in range(3)]
    for each in (topic, *others):
        told(each, village.ada, village.ada)
    items, path = [], "/me/notices/topics?limit=1"
    while path:
        part = program.get(path).json()
        items += part["items"]
        path = f"/me/notices/topics?limit=1&cursor={part['next']}" if part["next"] else ""
    assert [each["topic_id"] for each in items] == [*(each.pk for each in reversed(others)), topic.pk]
    assert items[-1]["what"] == "2 new posts by Owner"
    assert (items[-1]["many"], items[-1]["first"], items[-1]["names"]) == (2, 2, ["Owner"])
    assert send(program, "PUT", f"/me/notices/topics/{topic.pk}/seen").status_code == 204
    assert waiting(village.ben) == 6
    theirs = topic_in(kitchen(village, village.ada), village.ada)
    assert send(program, "PUT", f"/me/notices/topics/{theirs.pk}/seen").status_code == 404


def test_what_is_direct_is_a_row_of_those_in_it(village: Village) -> None:
    talk = pair(village.ada, village.ben)
    for _ in range(2):
        say(talk, village.ada)
    hear()
    (group,) = groups_of(village.ben.pk, 1)[0]
    assert group.names == ["Owner"]
    assert (group.title, group.space) == ("Owner", "Owner"), "it is called as whoever is told would call it"
    assert group.at <= now()
    part = program_of(village.ben).get("/me/notices/topics").json()
    assert [(each["topic_id"], each["title"]) for each in part["items"]] == [(talk.pk, "Owner")]
    assert groups_of(village.dov.pk, 1)[0] == []


def told_often(topic: Topic, village: Village, many: int, *, is_put_away: bool) -> None:
    """Have Ben be told of many posts of a topic."""
    first, at = Post.objects.filter(topic=topic)[0], now()
    each = {"topic": topic, "author": village.ada, "source": "So.", "html": "<p>So.</p>", "at": at}
    version = {"html_version": first.html_version}
    Post.objects.bulk_create(Post(number=n + 2, **each, **version) for n in range(many))
    Notice.objects.bulk_create(
        Notice(member=member_of(village.ben), post=post, kind=10, at=at, seen_at=at if is_put_away else None)
        for post in Post.objects.filter(topic=topic, number__gt=1)
    )


@pytest.mark.parametrize(("is_put_away", "most"), [(True, MOST_LISTED), (False, MOST_LEFT)])
def test_the_list_is_made_of_the_newest(is_put_away: bool, most: int, village: Village, topic: Topic) -> None:
    other = followed(topic.space, village, "Oats")
    told(topic, village.ada)
    see_all(member_id=member_of(village.ben).pk, at=now())
    told_often(other, village, most + 1, is_put_away=is_put_away)
    assert [(each.title, each.many) for each in groups_of(village.ben.pk, 1)[0]] == [("Oats", most)]


def test_what_was_not_put_away_stays_however_much_came_after_it(village: Village, topic: Topic) -> None:
    other = followed(topic.space, village, "Oats")
    told(topic, village.ada)
    told_often(other, village, MOST_LISTED, is_put_away=True)
    assert [(each.title, each.is_new) for each in groups_of(village.ben.pk, 1)[0]] == [
        ("Oats", False),
        ("Bread", True),
    ]


def test_the_words_of_whoever_was_blocked_since_are_not_shown(village: Village, topic: Topic) -> None:
    eve = join("eve")
    say(topic, eve, "Something unkind")
    hear()
    assert [each.words for each in groups_of(village.ben.pk, 1)[0]] == ["Something unkind"]
    block(member_id=member_of(eve).pk, by=village.ben, at=LATER)
    assert [each.words for each in groups_of(village.ben.pk, 1)[0]] == [""]
    assert "unkind" not in browser(village.ben).get(PAGE).content.decode()
    assert "unkind" not in send(program_of(village.ben), "GET", "/me/notices").content.decode()
