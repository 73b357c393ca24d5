"""The pages on which tokens are made, listed and revoked."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.kit.time import now
from porch.people.identity.models import Operator
from porch.people.tokens.models import ApiToken
from tests.community.profiles.asking import member_of
from tests.community.requests.wishes import make_circle
from tests.village import NOON, Village, browser
from tests.web.api.callers import EVERY_SCOPE, Program, service_token, token_of

MINE, HOUSE = "/account/tokens/", "/desk/tokens/"
ASKED = {"name": "Calendar", "scope": ["me:read", "members:read"], "days": "30"}


def secret_on(page: str) -> str:
    found = re.search(r"porch_[ps]_[\w-]{43}", page)
    return found[0] if found else ""


def test_one_is_made_and_shown_once(village: Village, ben: Client) -> None:
    assert "No token yet" in ben.get(MINE).text
    page = ben.post(MINE + "new/", ASKED).text
    secret = secret_on(page)
    assert Program(secret).get("/members").status_code == 200
    assert secret not in ben.get(MINE).text
    listed = ben.get(MINE).text
    assert "Calendar" in listed
    assert secret[:12] in listed


def test_the_form_offers_what_their_rights_cover_and_says_so(village: Village) -> None:
    left_out = "none of your rights covers is left out"
    forms = {name: browser(village.cast()[name]).get(MINE + "new/").text for name in ("ada", "ben", "dov")}
    offers = {
        name: set(re.findall(r'type="checkbox" value="([\w:]+)"', form)) for name, form in forms.items()
    }
    assert offers["ada"] == set(EVERY_SCOPE)
    assert "removals:write" not in offers["ben"]
    assert {"me:read", "members:read", "circles:write"} <= offers["ben"]
    # Whoever is no member any more still sees what was decided about them, and appeals.
    assert offers["dov"] == {"me:read", "me:write", "safety:read", "safety:write"}
    assert [left_out in forms[name] for name in ("ada", "ben", "dov")] == [False, True, True]
    role = Role.objects.create(circle=make_circle("bakers", village.ben), name="Door", made_at=NOON)
    RoleRight.objects.create(role=role, right="invite-members")
    RoleHolder.objects.create(role=role, member=member_of(village.ben), given_at=NOON)
    assert 'value="invites:write"' in browser(village.ben).get(MINE + "new/").text, "in one circle is enough"


def test_one_of_the_house_is_made_at_the_desk(village: Village) -> None:
    ada = browser(village.ada)
    page = ada.post(HOUSE + "new/", {**ASKED, "scope": "figures:read"}).text
    assert Program(secret_on(page)).get("/figures/members").status_code == 200
    assert "Calendar" in ada.get(HOUSE).text
    assert "Calendar" not in ada.get(MINE).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"scope": []},
        {"scope": "everything"},
        {"days": "0"},
        {"days": "366"},
        {"days": "-1"},
        {"days": "x"},
        {"days": "٣"},
        {"days": "9" * 5000},
        {"days": ""},
    ],
)
def test_what_does_not_fit_is_told_on_the_form_and_kept(
    wrong: dict[str, str], village: Village, ben: Client
) -> None:
    answer = ben.post(MINE + "new/", ASKED | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "name" in wrong or "Calendar" in answer.text
    assert not ApiToken.objects.exists()


def test_making_one_wants_a_proof_and_revoking_one_does_not(village: Village) -> None:
    made = token_of(village.ben)
    late = browser(village.ben, recent=False)
    assert late.post(MINE + "new/", ASKED).status_code == 403
    assert ApiToken.objects.count() == 1
    answer = late.post(f"{MINE}{made.token.pk}/removal/", follow=True)
    assert "The token is revoked" in answer.text
    assert "The token is revoked" not in late.get(MINE).text, "a reload does not say it again"
    assert Program(made.secret).get("/me").status_code == 401


def test_nobody_sees_or_ends_somebody_else_s(village: Village, ben: Client) -> None:
    theirs, house = token_of(village.dov), service_token(village.ada)
    assert theirs.token.prefix not in ben.get(MINE).text
    for pk in (theirs.token.pk, house.token.pk, 0, 2**63):
        assert ben.post(f"{MINE}{pk}/removal/").status_code == 404
    ada = browser(village.ada)
    assert ada.post(f"{HOUSE}{theirs.token.pk}/removal/").status_code == 404
    assert ApiToken.objects.filter(revoked_at=None).count() == 2


def test_a_form_from_elsewhere_makes_and_ends_nothing(village: Village) -> None:
    made = token_of(village.ben)
    strict = browser(village.ben, enforce_csrf_checks=True)
    strict.post(MINE + "new/", ASKED)
    strict.post(f"{MINE}{made.token.pk}/removal/")
    assert ApiToken.objects.get().revoked_at is None


def test_the_desk_says_whose_maker_runs_the_server_no_more(village: Village) -> None:
    Operator.objects.create(person=village.ben, since=NOON)
    service_token(village.ben)
    ada = browser(village.ada)
    assert "no operator any more" not in ada.get(HOUSE).text
    Operator.objects.filter(person=village.ben).delete()
    assert "no operator any more" in ada.get(HOUSE).text


def test_one_that_ran_out_says_so(village: Village, ben: Client) -> None:
    token_of(village.ben, at=now() - timedelta(days=2), days=1)
    assert "Expired" in ben.get(MINE).text


def test_a_name_is_shown_as_it_is_and_not_run(village: Village, ben: Client) -> None:
    page = ben.post(MINE + "new/", {**ASKED, "name": "<script>x</script>"}).text
    assert "<script>x" not in page + ben.get(MINE).text
