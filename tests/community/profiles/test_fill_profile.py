"""A member says about themselves what they like, each thing to whom they like."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from porch.community.profiles.actions import AnswersDoNotFit, Given, fill_profile
from porch.community.profiles.models import Kind, ProfileAnswer, ProfileField, ProfileTerm
from porch.community.profiles.values import clean, terms
from porch.community.roles.founding import admit_founder
from porch.kit.refusals import NotAllowed, Refusal
from tests.community.profiles.asking import EVENINGS, ask, member_of, tell
from tests.village import NOON, Village, add_person, add_steward, browser

PAGE = "/account/profile/"


def test_a_member_answers_and_reads_it_back(village: Village) -> None:
    line, tags = ask(village, "line", "Work"), ask(village)
    hours, day = ask(village, "hours", "Hours"), ask(village, "day", "Birthday")
    form = {
        f"f{line.pk}": " gardener ", f"f{tags.pk}": "Chess, go,chess", f"f{tags.pk}-seen": "nobody",
        f"f{hours.pk}-zone": "Europe/Berlin", f"f{hours.pk}-mon-from": "18:00", f"f{hours.pk}-mon-to": "20:00",
        f"f{day.pk}-month": "02", f"f{day.pk}-day": "29", "remembered": "yes",
    }  # fmt: skip
    assert browser(village.ben).post(PAGE, form).headers["Location"] == PAGE
    kept = dict(ProfileAnswer.objects.values_list("field_id", "value"))
    assert kept == {
        line.pk: "gardener",
        tags.pk: "Chess, go",
        hours.pk: "Europe/Berlin; mon 18:00-20:00",
        day.pk: "02-29",
    }
    page = browser(village.ben).get(PAGE).content.decode()
    assert 'value="gardener"' in page
    assert 'value="18:00"' in page
    mine = browser(village.ben).get(f"/inside/members/{member_of(village.ben).pk}/").content.decode()
    assert "29 February" in mine
    assert "Monday 18:00" in mine


def test_an_empty_answer_is_no_answer(village: Village) -> None:
    field = ask(village)
    tell(village.ben, field, "chess")
    tell(village.ben, field, " ")
    assert not ProfileAnswer.objects.exists()
    assert not ProfileTerm.objects.exists()


def test_a_form_that_lacks_a_field_leaves_it(village: Village) -> None:
    field, line = ask(village), ask(village, "line", "Work")
    tell(village.ben, field, "chess")
    browser(village.ben).post(PAGE, {f"f{line.pk}": "gardener"})
    assert ProfileAnswer.objects.count() == 2


def test_all_fits_or_nothing_is_kept_and_each_is_told_beside_its_field(village: Village) -> None:
    link, line = ask(village, "link", "Page"), ask(village, "line", "Work")
    form = {f"f{link.pk}": "javascript:alert(1)", f"f{line.pk}": "gardener"}
    answer = browser(village.ben).post(PAGE, form)
    assert answer.status_code == 422
    assert "This is no address of a page." in answer.content.decode()
    assert 'value="gardener"' in answer.content.decode(), "what was typed is still there"
    assert not ProfileAnswer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("link", "javascript:alert(1)"),
        ("link", "https://ana@porch.example/"),
        ("link", "https://[::1"),
        ("choice", "other"),
        ("day", {"month": "02", "day": "30"}),
        ("day", {"month": "x", "day": "1"}),
        ("day", {"month": "3", "day": ""}),
        ("hours", {**EVENINGS, "zone": "Mars/Olympus"}),
        ("hours", {**EVENINGS, "zone": "../../etc/passwd"}),
        ("hours", {**EVENINGS, "mon-to": ""}),
        ("hours", {**EVENINGS, "mon-to": "18:00"}),
        ("hours", {**EVENINGS, "mon-from": "25:00"}),
        ("interests", ",".join(f"tag {n}" for n in range(21))),
        ("interests", "x" * 41),
        ("text", "x" * 2001),
        ("line", "a\x00b"),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, value: object, village: Village) -> None:
    field = ask(village, kind, choices="one\ntwo")
    with pytest.raises(AnswersDoNotFit):
        tell(village.ben, field, value)
    assert not ProfileAnswer.objects.exists()


def test_who_is_no_member_answers_nothing(village: Village) -> None:
    field = ask(village)
    assert browser(village.dov).post(PAGE, {f"f{field.pk}": "chess"}).status_code == 404
    assert browser().post(PAGE, {f"f{field.pk}": "chess"}).status_code == 403
    with pytest.raises(NotAllowed):
        fill_profile(given={field.pk: Given({"": "chess"})}, by=village.dov, at=NOON)
    assert not ProfileAnswer.objects.exists()


EVERYONE = {"ada", "ben", "sol", "eve"}


@pytest.mark.parametrize(
    ("seen", "who"), [("nobody", {"ben"}), ("stewards", {"ada", "ben", "sol"}), ("members", EVERYONE)]
)
def test_an_answer_is_seen_by_whom_it_is_for(seen: str, who: set[str], village: Village) -> None:
    sol, eve = add_steward(), add_person("eve")
    admit_founder(person=eve, at=NOON)
    tell(village.ben, ask(village, "line", "Work"), "gardener", seen)
    page = f"/inside/members/{member_of(village.ben).pk}/"
    cast = {**village.cast(), "sol": sol, "eve": eve}
    found = {name for name, each in cast.items() if "gardener" in browser(each).get(page).content.decode()}
    assert found == who


def test_one_sees_oneself_as_others_do(village: Village) -> None:
    for seen in ("nobody", "stewards", "members"):
        tell(village.ben, ask(village, "line", seen), f"for {seen}", seen)
    page = f"/inside/members/{member_of(village.ben).pk}/"
    ben = browser(village.ben)
    for word, shown in (("", 3), ("?as=steward", 2), ("?as=member", 1)):
        text = ben.get(page + word).content.decode()
        assert sum(f"for {each}" in text for each in ("nobody", "stewards", "members")) == shown
    assert "for stewards" not in browser(village.ben).get(page + "?as=member").content.decode()


def test_asking_to_see_as_a_steward_opens_nothing_of_others(village: Village) -> None:
    tell(village.ada, ask(village, "line", "Work"), "gardener", "stewards")
    page = f"/inside/members/{member_of(village.ada).pk}/?as=steward"
    assert "gardener" not in browser(village.ben).get(page).content.decode()


def test_who_may_not_choose_is_seen_as_the_field_says(village: Village) -> None:
    tell(village.ben, ask(village, visibility="stewards", is_theirs_to_choose=False), "chess", "members")
    assert ProfileAnswer.objects.get().visibility == "stewards"


def test_who_has_left_has_no_page(village: Village) -> None:
    ben = member_of(village.ben)
    ben.left_at = NOON
    ben.save()
    assert browser(village.ada).get(f"/inside/members/{ben.pk}/").status_code == 404
    assert browser(village.ada).get("/inside/members/0/").status_code == 404


@given(
    text=st.text(max_size=300), kind=st.sampled_from([k for k in Kind.values if k not in ("hours", "day")])
)
@example(text="¨", kind="interests")
def test_whatever_is_typed_is_kept_as_it_can_be_or_refused(text: str, kind: str) -> None:
    field = ProfileField(pk=1, title="A", kind=kind, choices="one\ntwo")
    try:
        value = clean(field, {"": text})
    except Refusal:
        return
    assert len(value) <= 2_000
    assert clean(field, {"": value}) == value, "what is kept can be saved again as it is"
    if value:
        assert all(0 < len(each) <= 80 for each in terms(kind, value, NOON))
