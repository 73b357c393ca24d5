"""Polls, asks and rituals on their pages: what is shown to whom, without a script, in few queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.conversation.polls.closing import close_poll
from porch.conversation.polls.models import Ballot, Option, Poll
from porch.conversation.posts.models import Post
from porch.conversation.rituals.beating import beat_due
from porch.conversation.rituals.models import Ritual
from tests.conversation.asks.asking import ask_of
from tests.conversation.polls.polling import choose, poll_in
from tests.conversation.rituals.keeping import FIRST, ritual_in
from tests.conversation.talk import LATER, kitchen, space_for, topic_in
from tests.village import Village, add_steward, browser

FORM = {"title": "Rye?", "source": "Say so.", "options": "Yes\nNo", "most": "1", "closes": "", "zone": "UTC"}


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def test_a_poll_is_opened_voted_in_and_closed_by_forms(village: Village) -> None:
    space_for(village.ada)
    ben = browser(village.ben)
    assert ben.post("/inside/spaces/workshop/new-poll/", {**FORM, "options": "Yes"}).status_code == 422
    ben.post("/inside/spaces/workshop/new-poll/", FORM)
    poll = Poll.objects.get()
    page = f"/inside/topics/{poll.pk}/"
    refused = ben.post(f"{page}ballot/", {})
    assert (refused.status_code, "chosen nothing" in text(refused)) == (422, True)
    assert "0 of 2 members who can read this have voted (0 %)" in text(ben.get(page))
    ben.post(f"{page}ballot/", {"option": poll.options.first().pk})
    assert "1 of 2 members who can read this have voted (50 %)" in text(ben.get(page))
    assert "Ben" in text(ben.get(f"{page}ballots/"))
    assert browser(village.ada).get(f"{page}ballots/").status_code == 404, "who has not voted does not look"
    ben.post(f"{page}poll-closing/")
    assert "Counted for good" in text(browser(village.ada).get(page))
    assert browser(village.ada).get(f"{page}ballots/").status_code == 200


@pytest.mark.parametrize("who", ["ada", "ben", "sol"])
def test_nobody_is_shown_who_chose_what_in_secret(village: Village, who: str) -> None:
    sol = add_steward()
    poll = poll_in(space_for(village.ada), village.ada, is_secret=True)
    for by, place in ((village.ada, 1), (village.ben, 1), (sol, 2)):
        choose(poll, by, place)
    client = browser(sol if who == "sol" else getattr(village, who))
    before = client.get(f"/inside/topics/{poll.pk}/").content.decode()
    assert "poll-result" not in before
    assert 'name="option"' not in before
    close_poll(topic_id=poll.pk, by=village.ada, at=LATER)
    after = client.get(f"/inside/topics/{poll.pk}/").content.decode()
    assert "67 %" in text(client.get(f"/inside/topics/{poll.pk}/"))
    assert "Yours" not in after
    assert client.get(f"/inside/topics/{poll.pk}/ballots/").status_code == 404


def test_two_secret_votes_are_not_shown_even_at_the_end(village: Village) -> None:
    poll = poll_in(space_for(village.ada), village.ada, is_secret=True)
    for by in (village.ada, village.ben):
        choose(poll, by, 1)
    close_poll(topic_id=poll.pk, by=village.ada, at=LATER)
    assert "poll-result" not in browser(village.ben).get(f"/inside/topics/{poll.pk}/").content.decode()


@pytest.mark.parametrize("who", ["ben", "dov", "cleo"])
def test_nothing_of_it_is_for_those_who_do_not_reach_it(village: Village, who: str) -> None:
    space = kitchen(village, village.ada, is_hidden=True)
    poll = poll_in(space, village.ada)
    post = Post.objects.get(topic=topic_in(space, village.ada))
    ritual = ritual_in(space, village.ada, keeper="Owner")
    beat_due(at=FIRST)
    client = browser(getattr(village, who))
    addresses = [
        f"/inside/topics/{poll.pk}/ballot/",
        f"/inside/topics/{poll.pk}/ballots/",
        f"/inside/topics/{poll.pk}/poll-closing/",
        f"/inside/posts/{post.pk}/ask/",
        f"/inside/posts/{post.pk}/ask/answer/",
        f"/inside/spaces/{space.slug}/rituals/",
        f"/inside/spaces/{space.slug}/rituals/new/",
        f"/inside/spaces/{space.slug}/new-poll/",
        f"/inside/rituals/{ritual.pk}/opening/",
        f"/inside/rituals/{ritual.pk}/care/",
    ]
    option = Option.objects.first()
    for address in addresses:
        for way in (client.get, client.post):
            answer = way(address, {"option": option.pk, "do": "end", **FORM})
            assert answer.status_code in (302, 403, 404, 405), address
            assert "flour" not in answer.content.decode()
    assert (Ballot.objects.count(), Poll.objects.get().closed_at) == (0, None)
    assert Ritual.objects.get().ended_at is None


def test_an_ask_is_made_answered_and_shown_by_forms(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    post = Post.objects.get(topic=topic)
    ada, ben = browser(village.ada), browser(village.ben)
    form = {"whom": "named", "names": "Ben", "until": "2020-01-01T10:00", "zone": "UTC"}
    assert ada.post(f"/inside/posts/{post.pk}/ask/", form).status_code == 422
    ask_of(post, village.ada, names=("Ben",))
    assert "You are asked for an answer." in text(ben.get(f"/inside/topics/{topic.pk}/"))
    assert topic.title in text(ben.get("/inside/asked/"))
    ben.post(f"/inside/posts/{post.pk}/ask/answer/", {})
    assert "Nothing waits for you" in text(ben.get("/inside/asked/"))
    assert ben.get(f"/inside/posts/{post.pk}/ask/").status_code == 403
    assert "Response rate: 0 of 1 (0 %)" in text(ada.get(f"/inside/posts/{post.pk}/ask/"))


def test_a_ritual_is_made_opened_and_ended_by_forms(village: Village) -> None:
    space_for(village.ada)
    ada, ben = browser(village.ada), browser(village.ben)
    form = {
        "title": "Plan {n}",
        "source": "What now?",
        "every": "week",
        "weekday": "0",
        "nth": "1",
        "day": "1",
    }
    form |= {"time": "09:00", "grace_hours": "24", "first_number": "7", "keeper": "Ben"}
    assert ada.post("/inside/spaces/workshop/rituals/new/", {**form, "time": "25:00"}).status_code == 422
    assert ben.post("/inside/spaces/workshop/rituals/new/", form).status_code == 404
    ada.post("/inside/spaces/workshop/rituals/new/", form)
    ritual = Ritual.objects.get()
    beat_due(at=ritual.next_at)
    assert "Open it now" in text(ben.get("/inside/spaces/workshop/rituals/"))
    assert "Plan 7" in text(ben.get(f"/inside/rituals/{ritual.pk}/opening/"))
    opened = ben.post(f"/inside/rituals/{ritual.pk}/opening/", {"source": "Bread."})
    assert "Plan 7" in text(ben.get(opened["Location"]))
    assert "1 kept" in text(ben.get("/inside/spaces/workshop/"))
    ada.post(f"/inside/rituals/{ritual.pk}/care/", {"do": "end"})
    assert "Ended" in text(ben.get("/inside/spaces/workshop/rituals/"))


def queries(village: Village, path: str) -> int:
    client = browser(village.ben)
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_pages_take_one_query_more_at_most(village: Village) -> None:
    space = space_for(village.ada)
    plain = topic_in(space, village.ada)
    topic, before = (
        queries(village, f"/inside/topics/{plain.pk}/"),
        queries(village, "/inside/spaces/workshop/"),
    )
    poll = poll_in(space, village.ada, options=[str(n) for n in range(20)])
    assert queries(village, f"/inside/topics/{poll.pk}/") == topic + 1 <= 6
    ask_of(Post.objects.get(topic=plain), village.ada)
    assert queries(village, f"/inside/topics/{plain.pk}/") == topic + 1 <= 6
    for weekday in range(5):
        ritual_in(space, village.ada, weekday=weekday, keeper="Ben")
    beat_due(at=FIRST)
    assert queries(village, "/inside/spaces/workshop/") == before + 1
