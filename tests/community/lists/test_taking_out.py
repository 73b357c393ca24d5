"""The list can be taken out as a file, by whoever may see it; the figures are counts, and no estimate."""

from datetime import timedelta

import pytest

from porch.community.circles.models import Circle
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.lists import reads
from porch.community.lists.reads import Headcount, cohorts, members_per_circle
from porch.community.membership.models import Member
from porch.engine.audit.models import AuditEntry
from porch.people.identity.models import Person
from tests.community.leaving.helpers import go
from tests.community.removal.test_remove_member import remove
from tests.village import NOON, Village, add_person, add_steward, browser


def taken(person: Person, query: str = "") -> list[str]:
    answer = browser(person).get(f"/inside/members/file/{query}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode().splitlines()


def test_it_has_a_line_for_each_and_no_formula(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "CHUNK", 1)
    sol = add_steward()
    Person.objects.filter(pk=village.ben.pk).update(name="=SUM(A1)")
    lines = taken(sol)
    assert len(lines) == 4
    assert any('"\'=SUM(A1)","ben@example.org"' in line for line in lines)
    assert AuditEntry.objects.filter(act="member-list-taken", by_id=sol.pk).count() == 1
    assert len(taken(sol, "?name=sol")) == 2


def test_to_take_it_one_proves_who_one_is(village: Village) -> None:
    answer = browser(village.ada, recent=False).get("/inside/members/file/")
    assert answer.status_code == 302
    assert not AuditEntry.objects.filter(act="member-list-taken").exists()


def test_figures_are_counted_one_by_one(village: Village) -> None:
    circle = Circle.objects.create(slug="readers", name="Readers", made_at=NOON)
    Circle.objects.create(slug="empty", name="Empty", made_at=NOON)
    let_in(person=village.ben, circle=circle, way=Way.OPEN, at=NOON)
    whole = Circle.objects.get(is_whole=True)
    let_in(person=add_person("eve"), circle=whole, way=Way.OPEN, at=NOON + timedelta(days=31))
    inner = Circle.objects.filter(is_whole=False).order_by("name")
    assert [(each.name, n.members) for each, n in members_per_circle(inner)] == [("Empty", 0), ("Readers", 1)]
    Member.objects.filter(person=village.ben).update(left_at=NOON)
    assert [(f"{each.month:%Y-%m}", each.present, each.came) for each in cohorts()] == [
        ("2026-04", 1, 1),
        ("2026-03", 1, 2),
    ]
    assert members_per_circle(inner)[1][1] == Headcount(0, 0)
    page = browser(village.ada).get("/inside/figures/").content.decode()
    assert "2 members belong." in page


def test_figures_tell_who_left_from_who_was_removed(village: Village) -> None:
    go(add_steward())
    remove(village.ben, village.ada)
    (march,) = cohorts()
    assert (march.came, march.present, march.left, march.removed) == (3, 1, 1, 1)
    assert "Removed" in browser(village.ada).get("/inside/figures/").text


def test_the_list_asks_the_same_for_many_as_for_few(
    village: Village, django_assert_max_num_queries: object
) -> None:
    whole = Circle.objects.get(is_whole=True)
    for number in range(12):
        let_in(person=add_person(f"guest{number}"), circle=whole, way=Way.OPEN, at=NOON)
    ada = browser(village.ada)
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        assert "Guest11" in ada.get("/inside/members/").content.decode()
