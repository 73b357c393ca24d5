"""Today shows what waits to whoever looks after the community, each line by its right, and nothing to others."""

from datetime import timedelta

import pytest

from porch.community.circles.models import Circle
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.newcomers.actions import mark_greeted
from porch.engine.promises.by_hand import promise_by_hand
from porch.engine.promises.kinds import MEMBERS
from porch.kit.time import now
from porch.people.identity.models import Operator
from tests.village import Village, add_person, add_steward, browser


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("ben", 404), ("dov", 404), ("cleo", 302)])
def test_who_comes_in(who: str, status: int, village: Village) -> None:
    assert browser(village.cast()[who]).get("/inside/today/").status_code == status


def test_a_steward_sees_rooms_and_no_desk(village: Village) -> None:
    page = browser(add_steward()).get("/inside/today/").content.decode()
    assert "All members" in page
    assert 'href="/desk/"' not in page


def test_a_host_without_a_role_sees_what_hosts_see(village: Village) -> None:
    Operator.objects.create(person=village.dov, since=now())
    page = browser(village.dov).get("/inside/today/").content.decode()
    assert 'href="/desk/"' in page
    assert "All members" not in page


def test_an_overdue_promise_waits(village: Village) -> None:
    at = now()
    assert "Overdue promises" not in browser(village.ada).get("/inside/today/").content.decode()
    promise_by_hand(
        text="Mend the roof",
        to=MEMBERS,
        due_at=at - timedelta(hours=1),
        by_id=village.ada.pk,
        at=at - timedelta(days=2),
    )
    assert "Overdue promises" in browser(village.ada).get("/inside/today/").content.decode()


def test_newcomers_are_news_until_they_are_greeted(village: Village) -> None:
    news = "came in the last 30 days and nobody has greeted them"
    assert news not in browser(village.ada).get("/inside/today/").text, "the village came long ago"
    whole = Circle.objects.get(is_whole=True)
    eve = let_in(person=add_person("eve"), circle=whole, way=Way.OPEN, at=now())
    assert news in browser(village.ada).get("/inside/today/").text
    mark_greeted(member_id=eve.pk, by=village.ada, at=now())
    assert news not in browser(village.ada).get("/inside/today/").text
