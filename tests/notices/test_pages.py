"""The bell on every page, the page behind it, and who sees which."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porch.conversation.topics.models import Topic
from porch.kit.time import now
from porch.notices.broadcasts.models import Broadcast
from porch.notices.waiting.models import Notice
from tests.community.profiles.asking import member_of
from tests.community.removal.test_remove_member import remove
from tests.conversation.talk import say, space_for, topic_in
from tests.notices.telling import hear, hear_of, waiting
from tests.village import Village, add_steward, browser

PAGE = "/inside/notices/"


@pytest.fixture
def topic(village: Village) -> Topic:
    topic = topic_in(space_for(village.ada), village.ben)
    hear()
    say(topic, village.ada, "Rye, of course.", reply_to=1)
    hear()
    return topic


def test_the_number_stands_on_every_page_without_a_query_more(
    village: Village, topic: Topic, ben: Client
) -> None:
    ben.get("/inside/circles/")
    with CaptureQueriesContext(connection) as with_one:
        assert 'class="bell-number" aria-hidden="true">1<' in ben.get("/inside/circles/").text
    Notice.objects.all().delete()
    member_of(village.ben).__class__.objects.update(waiting=0)
    with CaptureQueriesContext(connection) as without:
        assert "bell-number" not in ben.get("/inside/circles/").text
    assert len(with_one) == len(without)


def test_what_waits_stands_there_and_leads_to_the_post(topic: Topic, ben: Client, ada: Client) -> None:
    page = ben.get(PAGE).text
    assert "Owner replied to you" in page
    assert "Rye, of course." in page
    assert f'href="{PAGE}{topic.pk}/"' in page
    assert ben.get(f"{PAGE}{topic.pk}/").headers["Location"] == f"/inside/topics/{topic.pk}/2/"
    assert "Nothing waits for you" in ada.get(PAGE).text


def test_opening_the_topic_takes_it_from_the_number_on_that_very_page(
    village: Village, topic: Topic, ben: Client
) -> None:
    assert "bell-number" not in ben.get(f"/inside/topics/{topic.pk}/").text
    assert waiting(village.ben) == 0
    assert "Owner replied to you" in ben.get(PAGE).text


def test_a_browser_that_fetches_ahead_reads_nothing(village: Village, topic: Topic, ben: Client) -> None:
    ben.get(f"/inside/topics/{topic.pk}/", headers={"Sec-Purpose": "prefetch"})
    assert waiting(village.ben) == 1


def test_a_topic_page_takes_six_queries_where_nothing_waits(
    village: Village, topic: Topic, ben: Client
) -> None:
    ben.get(f"/inside/topics/{topic.pk}/")
    say(topic, village.ada)
    with CaptureQueriesContext(connection) as seen:
        ben.get(f"/inside/topics/{topic.pk}/")
    assert len([each for each in seen if "SAVEPOINT" not in each["sql"]]) <= 6


def test_a_reminder_is_seen_when_its_topic_is_looked_at(village: Village, topic: Topic, ben: Client) -> None:
    ben.get(f"/inside/topics/{topic.pk}/")
    post = Notice.objects.get(member__person=village.ben).post_id
    hear_of(
        "ReminderReached", at=now() - timedelta(minutes=1), post_id=post, member_id=member_of(village.ben).pk
    )
    assert waiting(village.ben) == 1
    assert "bell-number" not in ben.get(f"/inside/topics/{topic.pk}/").text
    assert waiting(village.ben) == 0


def test_all_is_marked_as_seen_with_one_press(village: Village, topic: Topic, ben: Client) -> None:
    assert ben.post(PAGE).status_code == 302
    assert waiting(village.ben) == 0
    page = ben.get(PAGE).text
    assert "All of it is marked as seen." in page
    assert "Owner replied to you" in page


def test_whoever_was_removed_a_second_ago_sees_nothing(village: Village, topic: Topic, ben: Client) -> None:
    remove(village.ben, by=village.ada, at=now(), expires_at=None)
    assert "Owner replied" not in ben.get(PAGE).text


@pytest.mark.parametrize("who", ["cleo", "dov"])
def test_others_have_no_notices(who: str, village: Village, topic: Topic) -> None:
    answer = browser(village.cast()[who]).get(PAGE)
    assert answer.status_code in (302, 404)


def test_the_number_goes_to_their_own_line_alone(
    village: Village, topic: Topic, ben: Client, ada: Client
) -> None:
    mine, others = f"notices-{member_of(village.ben).pk}", f"notices-{member_of(village.ada).pk}"
    assert mine in ben.get("/live/").headers["Porch-Live"].split()
    assert mine not in ada.get("/live/").headers["Porch-Live"].split()
    assert others != mine


def test_only_those_who_look_after_a_space_send_an_announcement_to_all(village: Village, ben: Client) -> None:
    sol = add_steward()
    space = space_for(village.ada)
    topic = topic_in(space, village.ben, "We move", kind="announcement")
    path = f"/inside/topics/{topic.pk}/broadcast/"
    assert ben.post(path).status_code == 403
    assert not Broadcast.objects.exists()
    steward = browser(sol)
    assert "Send it to all" in steward.get(f"/inside/topics/{topic.pk}/care/").text
    assert steward.post(path).status_code == 302
    assert Broadcast.objects.get().by == sol
    assert "It was sent to all" in steward.get(f"/inside/topics/{topic.pk}/care/").text
    talk = topic_in(space, village.ben)
    assert steward.post(f"/inside/topics/{talk.pk}/broadcast/").status_code == 409
