"""What was on the screen counts as read, and nothing else does."""

import pytest
from django.test import Client

from porch.conversation.reading.models import Reading
from tests.conversation.talk import kitchen, say, space_for, topic_in
from tests.village import Village, browser


@pytest.mark.parametrize(
    ("first", "last", "status", "number"),
    [
        ("2", "3", 204, 3),
        ("1", "3", 204, 3),
        ("3", "4", 204, 1),  # 2 was passed over
        ("2", "6", 404, 1),  # there are five
        ("3", "2", 404, 1),
        ("0", "2", 404, 1),
        ("x", "2", 404, 1),
        ("", "2", 404, 1),
    ],
)
def test_it_goes_on_without_a_gap(
    first: str, last: str, status: int, number: int, village: Village, ben: Client
) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    ben.get(f"/inside/topics/{topic.pk}/")
    for _ in range(4):
        say(topic, village.ada)
    answer = ben.post(f"/inside/topics/{topic.pk}/reading/", {"seen_from": first, "seen": last})
    assert answer.status_code == status
    assert Reading.objects.get(member__person=village.ben).number == number


def test_it_never_goes_back(village: Village, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    for _ in range(4):
        say(topic, village.ada)
    ben.get(f"/inside/topics/{topic.pk}/")
    ben.post(f"/inside/topics/{topic.pk}/reading/", {"seen_from": "1", "seen": "2"})
    assert Reading.objects.get(member__person=village.ben).number == 5


def test_a_page_that_is_fetched_for_an_open_one_is_not_read(village: Village, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    assert ben.get(f"/inside/topics/{topic.pk}/", headers={"porch-fragment": "posts"}).status_code == 200
    assert not Reading.objects.filter(member__person=village.ben).exists()


@pytest.mark.parametrize("who", ["ben", "dov", "cleo"])
def test_nobody_reads_what_they_do_not_reach(who: str, village: Village) -> None:
    topic = topic_in(kitchen(village, village.ada), village.ada)
    browser(getattr(village, who)).post(
        f"/inside/topics/{topic.pk}/reading/", {"seen_from": "1", "seen": "1"}
    )
    assert Reading.objects.exclude(member__person=village.ada).count() == 0
