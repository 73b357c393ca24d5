"""A filter takes exactly those who fit; what cannot be meant is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.community.circles.models import Circle
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.lists.filtering import BadFilter, MemberFilter, month_of, read_filter
from porch.community.membership.models import Member
from porch.community.roles.models import Role
from tests.village import NOON, Village, add_person, add_steward


def names(**wanted: str) -> list[str]:
    return [each.person.name for each in read_filter(wanted).members()]


def come(name: str, at: datetime, way: Way = Way.OPEN) -> Member:
    return let_in(person=add_person(name), circle=Circle.objects.get(is_whole=True), way=way, at=at)


def test_without_one_everybody_is_meant_the_newest_first(village: Village) -> None:
    come("eve", NOON + timedelta(days=1))
    assert names() == ["Eve", "Ben", "Ada"] or names()[0] == "Eve"
    assert len(names()) == 3


def test_whoever_has_left_is_in_no_set(village: Village) -> None:
    Member.objects.filter(person=village.ben).update(left_at=NOON)
    assert "Ben" not in names()


def test_a_month_ends_with_its_last_moment(village: Village) -> None:
    come("eve", datetime(2026, 3, 31, 23, 59, 59, 999_999, tzinfo=UTC))
    come("fay", datetime(2026, 4, 1, tzinfo=UTC))
    assert "Eve" in names(joined="2026-03")
    assert names(joined="2026-04") == ["Fay"]
    assert month_of("2026-12")[1] == datetime(2027, 1, 1, tzinfo=UTC)


def test_all_of_it_has_to_fit(village: Village) -> None:
    circle = Circle.objects.create(slug="readers", name="Readers", made_at=NOON)
    let_in(person=village.ben, circle=circle, way=Way.OPEN, at=NOON)
    let_in(person=village.ada, circle=circle, way=Way.OPEN, at=NOON)
    assert names(circle=str(circle.pk), name="en") == ["Ben"]
    assert names(circle=str(circle.pk), way="open") == [], "they came to the community by another way"


def test_a_role_takes_those_who_hold_it(village: Village) -> None:
    add_steward()
    role = Role.objects.get(key="steward")
    assert names(role=str(role.pk)) == ["Sol"]


@pytest.mark.parametrize(
    "said",
    [
        {"circle": "x"},
        {"circle": "0"},
        {"circle": "1" * 30},
        {"role": "-1"},
        {"joined": "2026-13"},
        {"joined": "٢٠٢٦-03"},
        {"joined": "2026-03-01"},
        {"way": "window"},
        {"name": "x" * 81},
        {"name": "a\x00"},
    ],
)
def test_what_cannot_be_meant_is_refused(said: dict[str, str], village: Village) -> None:
    with pytest.raises(BadFilter):
        read_filter(said)


@given(st.dictionaries(st.sampled_from(MemberFilter.__slots__), st.text(max_size=30)))
def test_whatever_is_said_is_a_filter_or_refused(said: dict[str, str]) -> None:
    try:
        found = read_filter(said)
    except BadFilter:
        return
    assert found.is_set == any(value.strip() for value in said.values())
    str(found.members().query)
