"""Every page has a bound on its queries, whatever the number of rows; for the owner, who sees the most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.audience.articles.actions import publish_article
from porch.bridge.door_sign.actions import put_up_sign
from porch.community.membership.actions import admit_founder
from tests.village import NOON, Village, add_person, browser
from tests.web.test_who_may_come_in import addresses

# session + person are two queries of every page that knows who asks.
MOST = {
    "/": 5,
    "/articles/nothing-here/": 3,
    "/sign-in/": 2,
    "/sign-in/link/nothing-here/": 2,
    "/sign-out/": 2,
    "/health": 1,
    "/inside/": 6,
    "/live/": 3,
    "/desk/": 5,
    "/desk/articles/new/": 3,
    "/desk/bridge/": 4,
    "/desk/bridge/door-sign/": 3,
    "/desk/backups/": 4,
    "/desk/backups/new/": 3,
    "/desk/backups/nothing-here/": 3,
    "/desk/doctor/": 12,
    "/desk/engine/": 3,
    "/desk/components/": 3,
}


def fill(village: Village, first: int, last: int) -> None:
    for n in range(first, last):
        publish_article(title=f"Piece {n}", source="Text", by=village.ada, at=NOON + timedelta(hours=n))
        admit_founder(person=add_person(f"member{n}"), at=NOON)


def queries_of(path: str, village: Village) -> int:
    client = browser(village.ada)
    client.get(path)  # compiles what is prepared
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(caught)


@pytest.mark.parametrize("path", sorted({path for path, _ in addresses()}))
def test_a_page_stays_under_its_bound(path: str, village: Village) -> None:
    put_up_sign(by=village.ada, at=NOON)
    fill(village, 0, 3)
    few = queries_of(path, village)
    fill(village, 3, 25)
    many = queries_of(path, village)
    assert many == few, "the number of rows does not matter"
    assert many <= MOST[path]


def test_the_front_page_costs_a_stranger_two_queries(village: Village) -> None:
    fill(village, 0, 3)
    client = browser()
    client.get("/")
    with CaptureQueriesContext(connection) as caught:
        client.get("/")
    assert len(caught) == 2, "the pieces, and whether the door sign is up"
