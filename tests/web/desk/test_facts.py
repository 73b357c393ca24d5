"""The desk's page of facts: how far consumers are, and what an operator does with one that fails."""

import pytest
from django.test import Client

from porch.engine.models import ConsumerPlace, SkippedFact
from tests.village import NOON, Village, browser

PAGE = "/desk/engine/facts/"


@pytest.fixture
def stuck(village: Village) -> ConsumerPlace:
    return ConsumerPlace.objects.create(
        consumer="notices",
        stream="community",
        heard=0,
        stuck_at=1,
        failures=3,
        failed_at=NOON,
        error="Traceback\nValueError: <no>",
    )


def test_an_empty_house_says_so(ada: Client) -> None:
    page = ada.get(PAGE).content.decode()
    assert "The community" in page
    assert "fails at fact" not in page


def test_a_consumer_that_fails_shows_where_and_how(ada: Client, stuck: ConsumerPlace) -> None:
    page = ada.get(PAGE).content.decode()
    assert "notices fails at fact 1." in page
    assert "ValueError: &lt;no&gt;" in page
    assert "1 waits for you" in ada.get("/desk/engine/").content.decode()


def test_it_is_tried_again(ada: Client, stuck: ConsumerPlace) -> None:
    answer = ada.post(f"{PAGE}attempts/", {"consumer": "notices"}, follow=True)
    assert "It tries again within a second." in answer.content.decode()
    assert ConsumerPlace.objects.get().failures == 0


def test_the_fact_is_skipped_after_a_question(ada: Client, stuck: ConsumerPlace) -> None:
    assert "Skip this fact?" in ada.get(f"{PAGE}notices/skipped/").content.decode()
    assert ConsumerPlace.objects.get().heard == 0
    answer = ada.post(f"{PAGE}notices/skipped/", {"fact": "1"}, follow=True)
    assert "The fact is skipped" in answer.content.decode()
    assert ConsumerPlace.objects.get().heard == 1
    assert SkippedFact.objects.get().fact == 1


@pytest.mark.parametrize("fact", ["2", "", "x", "None"])
def test_only_the_fact_it_stands_at(fact: str, ada: Client, stuck: ConsumerPlace) -> None:
    assert ada.post(f"{PAGE}notices/skipped/", {"fact": fact}).status_code == 409
    assert not SkippedFact.objects.exists()


def test_one_that_does_not_fail_has_nothing_to_skip(ada: Client, stuck: ConsumerPlace) -> None:
    ConsumerPlace.objects.update(stuck_at=None)
    assert ada.get(f"{PAGE}notices/skipped/").status_code == 409
    assert ada.post(f"{PAGE}notices/skipped/", {"fact": "None"}).status_code == 409


@pytest.mark.parametrize("name", ["nobody", "nul%00", "x" * 300])
def test_nobody_of_that_name_is_not_found(name: str, ada: Client) -> None:
    assert ada.get(f"{PAGE}{name}/skipped/").status_code == 404
    assert ada.post(f"{PAGE}attempts/", {"consumer": name}).status_code == 404


def test_nobody_else_skips_or_retries(village: Village, stuck: ConsumerPlace) -> None:
    for who in ("ben", "cleo", "dov"):
        client = browser(village.cast()[who])
        client.post(f"{PAGE}attempts/", {"consumer": "notices"})
        client.post(f"{PAGE}notices/skipped/", {"fact": "1"})
    place = ConsumerPlace.objects.get()
    assert (place.heard, place.failures) == (0, 3)
