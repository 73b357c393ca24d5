"""Lists in parts: none missed, none told twice, and no cursor but ours."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.community.roles.founding import admit_founder
from tests.village import NOON, Village, add_person, build_village
from tests.web.api.callers import Program, program_of, service_token


def walk(program: Program, path: str) -> list[int]:
    """Follow the Link headers from the first part to the last; give the ids."""
    found: list[int] = []
    while path:
        answer = program.get(path)
        assert answer.status_code == 200
        found += [each["id"] for each in answer.json()["items"]]
        link = answer.headers.get("Link", "")
        coming = answer.json()["next"]
        assert bool(link) is (coming is not None)
        if coming:
            parts = urlsplit(link.partition(">")[0].lstrip("<"))
            assert parse_qs(parts.query)["cursor"] == [coming]
            path = parts.path.removeprefix("/api/v1") + "?" + parts.query
        else:
            path = ""
    return found


def fill(n: int) -> list[int]:
    for each in range(n):
        admit_founder(person=add_person(f"m{each}"), at=NOON)
    return list(Member.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 100])
def test_every_member_comes_once_whatever_the_size_of_a_part(limit: int, village: Village) -> None:
    there = fill(5)
    assert walk(program_of(village.ben), f"/members?limit={limit}") == there


def test_a_last_part_that_is_just_full_ends(village: Village) -> None:
    answer = program_of(village.ben).get("/members?limit=2").json()
    assert (len(answer["items"]), answer["next"]) == (2, None)


def test_who_comes_and_goes_meanwhile_moves_nobody(village: Village) -> None:
    there = fill(6)
    program = program_of(village.ben)
    first = program.get("/members?limit=3").json()
    Member.objects.filter(pk__in=[there[0], there[2], there[4]]).update(left_at=NOON)
    new = admit_founder(person=add_person("late"), at=NOON)
    rest = program.get(f"/members?limit=50&cursor={first['next']}").json()
    assert [each["id"] for each in rest["items"]] == [there[3], *there[5:], new.pk]


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1.5", "9" * 30, "", "1e1", "٣"])
def test_a_part_has_one_to_a_hundred(limit: str, village: Village) -> None:
    answer = program_of(village.ben).get(f"/members?limit={limit}")
    if limit == "٣":
        assert answer.status_code in (200, 422)
    else:
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "query.limit"


def test_a_cursor_belongs_to_one_list_with_its_filters(village: Village) -> None:
    fill(3)
    circle = Circle.objects.get(is_whole=True)
    program = program_of(village.ben)
    cursor = program.get("/members?limit=1").json()["next"]
    assert program.get(f"/members?limit=2&cursor={cursor}").status_code == 200, "the size may change"
    for path in ("/circles", f"/circles/{circle.pk}/members", "/roles", f"/members?circle={circle.pk}"):
        sign = "&" if "?" in path else "?"
        answer = program.get(f"{path}{sign}cursor={cursor}")
        assert answer.status_code == 422
        assert answer.json()["code"] == "cursor-does-not-fit"


def test_no_bit_of_a_cursor_can_be_changed(village: Village) -> None:
    fill(3)
    program = program_of(village.ben)
    raw = urlsafe_b64decode(program.get("/members?limit=1").json()["next"] + "=")
    for at in range(len(raw)):
        forged = bytearray(raw)
        forged[at] ^= 1
        cursor = urlsafe_b64encode(bytes(forged)).decode().rstrip("=")
        assert program.get(f"/members?cursor={cursor}").status_code == 422


def test_a_list_of_one_circle_is_that_circle_s(village: Village) -> None:
    circle = Circle.objects.create(slug="c", name="C", made_at=NOON)
    ben = Member.objects.get(person=village.ben)
    CircleMember.objects.create(circle=circle, member=ben, joined_at=NOON)
    program = program_of(village.ada)
    assert walk(program, f"/members?circle={circle.pk}") == [ben.pk]
    assert walk(program, f"/circles/{circle.pk}/members") == [ben.pk]
    Member.objects.filter(pk=ben.pk).update(left_at=NOON)
    assert walk(program, f"/circles/{circle.pk}/members") == []


class AnyCursor(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.village = build_village()
        cls.program = Program(service_token(cls.village.ada).secret)

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(min_size=1, max_size=70))
    def test_no_text_is_a_cursor(self, text: str) -> None:
        answer = self.program.client.get("/api/v1/members", {"cursor": text.encode("utf-8", "replace")})
        assert answer.status_code in (400, 422, 429)

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=40))
    def test_no_bytes_are_a_cursor(self, raw: bytes) -> None:
        cursor = urlsafe_b64encode(raw).decode().rstrip("=")
        assert self.program.client.get("/api/v1/members", {"cursor": cursor or "-"}).status_code in (422, 429)
