"""Members find each other by what they show to whoever seeks, and by nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from porch.community.membership.models import Member
from porch.community.profiles.hours import DAYS
from porch.community.profiles.indexing import hear_names
from porch.community.profiles.models import NameStart, ProfileAnswer, ProfileTerm
from porch.community.profiles.search import GOES, LOOK, NEWEST, by_name, by_terms, find, seen_by
from porch.community.profiles.values import starts, words
from porch.community.roles.founding import admit_founder
from porch.engine.facts.pull import pull
from porch.people.identity.models import Person
from porch.people.identity.operators import rename_person, shut_out
from tests.community.profiles.asking import EVENINGS, ask, index_names, member_of, tell
from tests.village import NOON, Village, add_person, add_steward, browser

PAGE = "/inside/directory/"
ALWAYS = {"zone": "UTC", **{f"{day}-from": "00:00" for day in DAYS}, **{f"{day}-to": "23:59" for day in DAYS}}


def found_by(person: Person | None, **query: str) -> list[str]:
    """Seek as somebody, and give the names on the page."""
    page = browser(person).get(PAGE, query).content.decode()
    listed = page.partition('id="found"')[2].partition("</ol>")[0]
    return [name for name in ("Owner", "Ben", "Sol", "Dov", "Eve", "Mara") if f">{name}</a>" in listed]


@pytest.fixture
def eve(village: Village) -> Person:
    person = add_person("eve")
    admit_founder(person=person, at=NOON)
    return person


def test_everyone_is_there_newest_first(village: Village, eve: Person) -> None:
    assert set(found_by(village.ben)) == {"Owner", "Ben", "Eve"}
    assert find([]).ids == [member_of(each).pk for each in (eve, village.ben, village.ada)]


def test_by_interest_place_name_and_choice(village: Village, eve: Person) -> None:
    tags, place = ask(village), ask(village, "place", "Place")
    tea = ask(village, "choice", "Tea", choices="black\ngreen")
    tell(eve, tags, "Board games, Chess")
    tell(eve, place, "New York")
    tell(eve, tea, "green")
    tell(village.ada, tags, "chess")
    index_names()
    ben = village.ben
    assert found_by(ben, interest="CHESS") == ["Owner", "Eve"]
    assert found_by(ben, interest="board games") == found_by(ben, interest="games") == ["Eve"]
    assert found_by(ben, place="york") == found_by(ben, place="york new") == ["Eve"]
    assert found_by(ben, name="ev") == ["Eve"]
    assert found_by(ben, **{f"f{tea.pk}": "green"}) == ["Eve"]
    assert found_by(ben, interest="chess", place="york", name="eve") == ["Eve"], "filters combine"
    assert found_by(ben, interest="chess", place="oslo") == []
    assert "Nobody was found." in browser(ben).get(PAGE, {"interest": "golf"}).content.decode()


@pytest.mark.parametrize(
    ("seen", "who"),
    [("nobody", set()), ("stewards", {"ada", "sol"}), ("members", {"ada", "ben", "sol", "eve"})],
)
def test_a_hidden_answer_is_found_by_no_search(
    seen: str, who: set[str], village: Village, eve: Person
) -> None:
    mara, sol = add_person("mara"), add_steward()
    admit_founder(person=mara, at=NOON)
    tea = ask(village, "choice", "Tea", choices="black\ngreen")
    tell(mara, ask(village), "chess", seen)
    tell(mara, ask(village, "place", "Place"), "Oslo", seen)
    tell(mara, ask(village, "hours", "Hours"), ALWAYS, seen)
    tell(mara, tea, "green", seen)
    for query in ({"interest": "chess"}, {"place": "oslo"}, {"hours": "now"}, {f"f{tea.pk}": "green"}):
        cast = {**village.cast(), "sol": sol, "eve": eve}
        assert {name for name, each in cast.items() if "Mara" in found_by(each, **query)} == who, query
    assert ProfileTerm.objects.filter(visibility="nobody").count() == 0


def test_hiding_an_answer_takes_it_out_of_the_search_at_once(village: Village, eve: Person) -> None:
    tags = ask(village)
    tell(eve, tags, "chess")
    assert found_by(village.ben, interest="chess") == ["Eve"]
    tell(eve, tags, "chess", "nobody")
    assert found_by(village.ben, interest="chess") == []


def test_hours_are_sought_by_one_s_own_clock(village: Village, eve: Person) -> None:
    hours = ask(village, "hours", "Hours")
    tell(eve, hours, {"zone": "America/New_York", "mon-from": "13:00", "mon-to": "14:00"})
    assert "You have not said yet" in browser(village.ben).get(PAGE, {"hours": "mine"}).content.decode()
    tell(village.ben, hours, EVENINGS, "nobody")
    assert "Eve" in found_by(village.ben, hours="mine")
    tell(village.ben, hours, {**EVENINGS, "mon-from": "08:00", "mon-to": "09:00"}, "nobody")
    assert found_by(village.ben, hours="mine") == []
    assert found_by(eve, hours="mine") == ["Eve"], "Ben can be reached by his own search alone"


def test_who_has_left_or_was_shut_out_is_not_found(village: Village, eve: Person) -> None:
    tags = ask(village)
    tell(eve, tags, "chess")
    tell(village.ben, tags, "chess")
    shut_out(person=eve, by=village.ada, reason="Spam.", at=NOON)
    Member.objects.filter(person=village.ben).update(left_at=NOON)
    assert found_by(village.ada, interest="chess") == []


def test_a_name_is_found_by_its_new_form_when_the_fact_was_heard(village: Village, eve: Person) -> None:
    rename_person(person=eve, name="Éva Müller-Øst", at=NOON)
    for fact in pull("community"):
        if fact.kind in ("MemberJoined", "PersonRenamed"):
            hear_names(fact)
    for sought in ("eva", "MUL", "müller", "ost", "mueller"):
        assert find([by_name(each) for each in words(sought)]).ids == (
            [] if sought == "mueller" else [member_of(eve).pk]
        )
    assert find([by_name("eve")]).ids == []


def test_who_joins_is_heard_of_and_twice_does_no_harm(village: Village, eve: Person) -> None:
    joined = [fact for fact in pull("community") if fact.kind == "MemberJoined"]
    for fact in [*joined, *joined]:
        hear_names(fact)
    assert NameStart.objects.filter(member=member_of(eve)).count() == 3


def crowd(number: int) -> list[int]:
    """Add members without a story."""
    people = [Person(name=f"Extra {n}", created_at=NOON) for n in range(number)]
    Person.objects.bulk_create(people)
    Member.objects.bulk_create(Member(person=each, joined_at=NOON) for each in people)
    return list(Member.objects.order_by("-pk").values_list("pk", flat=True)[:number])


def test_pages_go_on_where_the_last_one_ended_and_show_everyone_once(village: Village) -> None:
    crowd(70)
    seen: list[int] = []
    below, pages = NEWEST, 0
    while below:
        page = find([], before=below)
        seen, below, pages = seen + page.ids, page.goes_on_below, pages + 1
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 72
    assert pages == 3


def test_a_page_looks_at_so_many_and_goes_on_with_the_next(village: Village) -> None:
    """Who is the oldest and fits alone is found, after pages that say that there is more to look through."""
    hours = ask(village, "hours", "Hours")
    tell(village.ada, hours, EVENINGS)
    crowd(LOOK * GOES + 5)
    sought = [by_terms("hours", ["34", "35"], seen_by(for_stewards=False))]
    first = find(sought)
    assert first.ids == []
    assert find(sought, before=first.goes_on_below).ids == [member_of(village.ada).pk]


def test_the_rarest_filter_leads(village: Village) -> None:
    tags, place = ask(village), ask(village, "place", "Place")
    tell(village.ada, tags, "chess")
    tell(village.ada, place, "Oslo")
    ids = crowd(LOOK * 2)
    shows = {"field": tags, "visibility": "members"}
    answers = [ProfileAnswer(member_id=each, value="chess", given_at=NOON, **shows) for each in ids]
    ProfileAnswer.objects.bulk_create(answers)
    ProfileTerm.objects.bulk_create(
        ProfileTerm(answer=each, member_id=each.member_id, kind="interests", term="chess", **shows)
        for each in answers
    )
    sought = [by_terms("interests", ["chess"], ["members"]), by_terms("place", ["oslo"], ["members"])]
    with CaptureQueriesContext(connection) as caught:
        found = find(sought)
    assert found.ids == [member_of(village.ada).pk]
    assert len(caught) == 4, "each list once, who is here, and who of them plays chess"


@pytest.mark.parametrize("sought", ["name", "interest"])
def test_a_filter_reads_its_index_in_order(sought: str, village: Village) -> None:
    index = {"name": "names_newest_first", "interest": "terms_newest_first"}[sought]
    one = {"name": by_name("a"), "interest": by_terms("interests", ["chess"], ["members"])}[sought]
    rows = (
        one.rows.filter(member_id__lt=NEWEST)
        .order_by("-member_id")
        .values_list("member_id")
        .distinct()[:LOOK]
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for each in ("seqscan", "sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{each} = off")
    plan = rows.explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan, "nothing is sorted"


def test_nothing_is_counted_and_nothing_skipped(village: Village) -> None:
    tell(village.ada, ask(village), "chess")
    client = browser(village.ben)
    with CaptureQueriesContext(connection) as caught:
        client.get(PAGE, {"interest": "chess", "name": "o"})
    assert not [each["sql"] for each in caught if "OFFSET" in each["sql"] or "COUNT(" in each["sql"]]


@pytest.mark.parametrize("below", ["x", "0", "-1", "9" * 30, "¹"])
def test_a_page_that_cannot_be_is_not_found(below: str, village: Village) -> None:
    assert browser(village.ben).get(PAGE, {"below": below}).status_code == 404


def test_strangers_and_people_without_membership_find_nobody(village: Village) -> None:
    assert browser(village.dov).get(PAGE).status_code == 404
    assert browser().get(PAGE).status_code == 302


@given(name=st.text(min_size=1, max_size=60))
def test_every_word_of_a_name_is_found_by_each_of_its_beginnings(name: str) -> None:
    kept = starts(name)
    for word in words(name)[:8]:
        for length in range(1, min(len(word), 12) + 1):
            assert word[:length] in kept
    assert all(0 < len(each) <= 12 for each in kept)


def test_the_newest_are_those_who_joined_last(village: Village) -> None:
    later = add_person("mara")
    admit_founder(person=later, at=NOON + timedelta(days=1))
    assert find([]).ids[0] == member_of(later).pk


def test_a_page_costs_as_many_queries_whatever_stands_on_it(village: Village) -> None:
    tags, place, hours = ask(village), ask(village, "place", "Place"), ask(village, "hours", "Hours")
    for each in (village.ada, village.ben):
        tell(each, tags, "chess")
        tell(each, hours, EVENINGS)
    paths = [
        PAGE,
        PAGE + "?interest=chess&hours=mine",
        f"/inside/members/{member_of(village.ada).pk}/",
        "/account/profile/",
    ]
    few = [queries(village.ben, path) for path in paths]
    for n in range(5):
        person = add_person(f"m{n}")
        admit_founder(person=person, at=NOON)
        for each in (person, village.ada, village.ben):
            tell(each, tags, f"chess, go {n}")
            tell(each, place, f"Oslo {n}")
            tell(each, hours, EVENINGS)
    assert [queries(village.ben, path) for path in paths] == few
    assert max(few) <= 10


def queries(person: Person, path: str) -> int:
    client = browser(person)
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)
