"""Who looks after part of the community sees what was decided there, and nothing that reached further."""

from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.community.roles.models import RoleHolder
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.conversation.spaces.rules import looked_after_by
from porch.moderation.holding.models import HeldPost
from porch.moderation.queue.actions import sees_every_step
from porch.moderation.queue.models import Decision, Step
from porch.moderation.queue.reads import decisions_seen_by, disclosed_to
from porch.people.identity.models import Person
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import role_with
from tests.conversation.direct.whispers import join, write_to
from tests.conversation.talk import say, space_for, topic_in
from tests.moderation.hands import LATER, SPAM, newcomer, report, try_to_say
from tests.village import Village, add_steward, browser
from tests.web.api.callers import program_of

PAGE = "/inside/review/decisions/"
WAYS = ("post__topic__space__", "held__space__", "report__post__topic__space__")
Things = dict[str, dict[str, object]]


@pytest.fixture
def host(village: Village) -> Person:
    """Somebody who looks after the circle of bakers alone."""
    return join("host")


@pytest.fixture
def things(village: Village, host: Person) -> Things:
    """A post, a report and a held post in each kind of place, by where and what they are."""
    nia, ada = newcomer(), village.ada
    circle = bakers(host, ada, nia)
    role_with(TEND_TOPICS, circle=circle, held_by=host)
    role = role_with(circle=circle, held_by=nia, name="Kneader")
    for each in (ada, host):
        RoleHolder.objects.create(role=role, member=member_of(each), given_at=LATER)
    places = {"circle": {"circle": circle}, "role": {"role": role}, "all": {}}
    found: Things = {}
    for name, what in places.items():
        topic = topic_in(space_for(ada, name.title(), **what), ada)
        post = say(topic, host, f"Words for {name}.")
        assert try_to_say(topic, nia, f"{SPAM}/{name}") == "held"
        found[f"{name} post"] = {"post": post}
        found[f"{name} report"] = {"report": report(post, ada)}
        found[f"{name} held"] = {"held": HeldPost.objects.latest("pk")}
    whisper = write_to(village.ben, by=join("eve"))
    found["direct post"] = {"post": whisper}
    found["direct report"] = {"report": report(whisper, village.ben)}
    return found


def decide(things: Things, *names: str, about: Person | None = None) -> Decision:
    """Write down that it was decided about these."""
    made = Decision.objects.create(
        about=about, at=LATER, verdict="remove", why="spam", reason=" + ".join(names)
    )
    Step.objects.bulk_create(Step(decision=made, **things[name]) for name in names)
    return made


def saw_before(made: Decision, by: Person) -> bool:
    """Say whether somebody looks after all of a decision, as each row was asked by itself."""
    mine = disclosed_to(by.pk, "post__") | disclosed_to(by.pk, "report__post__")
    for way in WAYS:
        mine |= looked_after_by(by.pk, way)
    return made.steps.filter(mine).count() == made.steps.count()


def test_each_sees_exactly_what_they_look_after_all_of(
    village: Village, things: Things, host: Person
) -> None:
    decide(things)
    for names in (*combinations(things, 1), *combinations(things, 2)):
        decide(things, *names, about=village.ben)
    own = decide(things, "circle post", about=host)
    for who in (host, add_steward(), village.ada, village.ben, village.dov):
        seen = {each.reason for each in decisions_seen_by(who.pk)}
        others = Decision.objects.exclude(about=who)
        assert seen == {each.reason for each in others if saw_before(each, who)}
        for each in Decision.objects.all():
            assert sees_every_step(each, who) is saw_before(each, who)
    mine = [name for name in things if name.startswith(("circle", "role"))]
    seen = sorted(each.reason for each in decisions_seen_by(host.pk))
    assert seen == sorted(" + ".join(each) for n in range(3) for each in combinations(mine, n))
    assert own not in decisions_seen_by(host.pk)
    assert decisions_seen_by(village.ada.pk).count() == Decision.objects.count()


def test_pages_are_full_of_what_is_seen(things: Things, host: Person) -> None:
    mine = [decide(things, "circle post").pk for _n in range(5)]
    for _n in range(30):
        decide(things, "all post")
    assert f'{PAGE}{mine[0]}/"' in browser(host).get(PAGE).content.decode()
    said = program_of(host, "review:read").get("/decisions?limit=5").json()
    assert ([each["id"] for each in said["items"]], said["next"]) == (mine[::-1], None)


def test_many_decisions_take_no_more_queries_than_few(things: Things, host: Person) -> None:
    page, program = browser(host), program_of(host, "review:read")

    def asked() -> list[int]:
        counts = []
        for get, path in ((page.get, PAGE), (program.get, "/decisions")):
            get(path)
            with CaptureQueriesContext(connection) as caught:
                assert get(path).status_code == 200
            counts.append(len(caught))
        return counts

    decide(things, "circle post")
    few = asked()
    for name in things:
        decide(things, name)
        decide(things, "role held", name)
    assert asked() == few
