"""Profiles, the directory, notes and the register in the API: nobody sees what was not shown to them."""

import json
from typing import Any

import pytest

from porch.community.membership.models import Member
from porch.community.notes.models import MemberNote
from porch.community.profiles.models import Kind, ProfileAnswer, ProfileField
from porch.people.holdings.counting import count_holdings
from porch.people.identity.models import Person
from tests.community.requests.wishes import add_members
from tests.village import NOON, Village, add_person, add_steward
from tests.web.api.callers import Program, program_of, service_token

HOURS = "Europe/Lisbon; mon 18:00-20:00; tue 09:00-12:00"


def field(kind: str = Kind.LINE, **more: Any) -> ProfileField:
    title = more.pop("title", f"Field {kind}")
    return ProfileField.objects.create(title=title, purpose="To meet", kind=kind, made_at=NOON, **more)


def answer(person: Person, to: ProfileField, value: str, visibility: str = "members") -> Any:
    given = [{"field_id": to.pk, "value": value, "visibility": visibility}]
    return program_of(person).send("PATCH", "/me/profile", json.dumps({"answers": given}))


def seen(person: Person, about: Person) -> list[str]:
    number = Member.objects.get(person=about).pk
    return [each["value"] for each in program_of(person).get(f"/members/{number}/profile").json()["answers"]]


@pytest.mark.parametrize(
    ("visibility", "by"),
    [("nobody", {"ben"}), ("stewards", {"ben", "ada", "sol"}), ("members", {"ben", "ada", "sol", "eve"})],
)
def test_an_answer_is_for_whom_it_was_given(visibility: str, by: set[str], village: Village) -> None:
    people = {"ada": village.ada, "ben": village.ben, "sol": add_steward(), "eve": add_members("eve")[0]}
    answer(village.ben, field(Kind.INTERESTS), "bread", visibility)
    assert {name for name, person in people.items() if seen(person, village.ben)} == by
    found = {
        name for name, person in people.items()
        if program_of(person).get("/directory?interest=bread").json()["items"]
    }  # fmt: skip
    # The search asks what others may see, of oneself too.
    assert found == (by if visibility == "members" else by - {"ben"})


def test_no_profile_is_for_the_house_or_for_who_is_outside(village: Village) -> None:
    answer(village.ben, field(), "Baker")
    number = Member.objects.get(person=village.ben).pk
    for program in (Program(service_token(village.ada).secret), program_of(village.dov)):
        for path in (f"/members/{number}/profile", "/directory"):
            assert program.get(path).status_code == 403
    assert Program(service_token(village.ada).secret).get("/profile-fields").status_code == 200


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (Kind.LINE, "Baker", "Baker"),
        (Kind.DAY, "03-14", "03-14"),
        (Kind.HOURS, HOURS, HOURS),
        (Kind.INTERESTS, "bread, bread, tea", "bread, tea"),
        (Kind.LINK, "https://example.org/", "https://example.org/"),
    ],
)  # fmt: skip
def test_each_kind_is_answered_as_it_is_told(kind: str, value: str, kept: str, village: Village) -> None:
    told = answer(village.ben, field(kind), value).json()["answers"]
    assert [each["value"] for each in told] == [kept]
    assert answer(village.ben, ProfileField.objects.get(), kept).json()["answers"] == told


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.DAY, "02-30"),
        (Kind.DAY, "soon"),
        (Kind.HOURS, "Europe/Lisbon"),
        (Kind.HOURS, "Europe/Lisbon; mon 18-20"),
        (Kind.HOURS, "Nowhere; mon 18:00-20:00"),
        (Kind.LINK, "javascript:alert(1)"),
        (Kind.CHOICE, "green"),
        (Kind.LINE, "x" * 500),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_kept(kind: str, value: str, village: Village) -> None:
    said = answer(village.ben, field(kind, choices="red\nblue"), value)
    assert said.status_code == 422
    assert said.json()["errors"][0]["field"] == "body.answers.0.value"
    assert not ProfileAnswer.objects.exists()


def test_what_is_not_asked_and_what_stands_twice_is_refused(village: Village) -> None:
    there = field()
    both = [{"field_id": there.pk, "value": "a"}, {"field_id": there.pk, "value": "b"}]
    for given in ([{"field_id": there.pk + 1, "value": "a"}], both):
        said = program_of(village.ben).send("PATCH", "/me/profile", json.dumps({"answers": given}))
        assert said.status_code == 422
    assert answer(village.ben, there, "a", "everyone").status_code == 422
    assert not ProfileAnswer.objects.exists()


def test_an_empty_answer_removes_it_and_others_stay(village: Village) -> None:
    one, other = field(), field(title="Other")
    for each in (one, other):
        answer(village.ben, each, "Baker")
    assert [each["field_id"] for each in answer(village.ben, one, "").json()["answers"]] == [other.pk]


def test_the_directory_goes_on_where_it_ended(village: Village) -> None:
    add_members("eve", "fay", "gus")
    there, found, path = set(Member.objects.values_list("pk", flat=True)), [], "/directory?limit=2"
    program = program_of(village.ben)
    while path:
        said = program.get(path).json()
        found += [each["id"] for each in said["items"]]
        path = f"/directory?limit=2&cursor={said['next']}" if said["next"] else ""
    assert found == sorted(there, reverse=True)
    cursor = program.get("/directory?limit=2").json()["next"]
    assert program.get(f"/directory?limit=2&name=b&cursor={cursor}").status_code == 422


def test_a_choice_is_sought_with_its_field(village: Village) -> None:
    colour = field(Kind.CHOICE, choices="red\nblue")
    answer(village.ben, colour, "red")
    program = program_of(village.ada)
    assert len(program.get(f"/directory?field={colour.pk}&choice=red").json()["items"]) == 1
    assert program.get(f"/directory?field={colour.pk}&choice=blue").json()["items"] == []
    assert program.get("/directory?choice=red").status_code == 422
    assert program.get("/directory?hours=mine").status_code == 422


def test_notes_are_read_by_whom_they_are_about_and_nobody_else(village: Village) -> None:
    by, about = (Member.objects.get(person=each) for each in (village.ada, village.ben))
    MemberNote.objects.create(member=about, text="Was kind.", by=by, written_at=NOON)
    assert [each["text"] for each in program_of(village.ben).get("/me/notes").json()["items"]] == [
        "Was kind."
    ]
    for person in (village.ada, village.dov, add_person("eve")):
        assert program_of(person).get("/me/notes").json()["items"] == []


def test_the_register_counts_and_names_nobody(village: Village) -> None:
    assert program_of(village.ada).get("/register").json()[0]["rows"] is None
    count_holdings(at=NOON)
    said = {each["table"]: each for each in program_of(add_steward()).get("/register").json()}
    assert said["people.Person"]["rows"] == 3
    assert program_of(village.ben).get("/register").status_code == 403
