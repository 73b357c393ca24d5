"""The doctor says which rights hang on one account, in one line, and that a community has no owner."""

from django.conf import settings

from porch.community.membership.models import Member
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.reads import MEMBER
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.people.identity.models import Person
from porch.web.doctor.finding import Finding
from porch.web.doctor.roles import look_at_roles
from tests.community.circles.making import member_of
from tests.community.roles.giving import holders, owner_role, role_with
from tests.village import NOON, Village, add_person


def look() -> Finding:
    return look_at_roles(settings.OPTIONS)


def own(person: Person) -> None:
    RoleHolder.objects.create(role=owner_role(), member=member_of(person), given_at=NOON)


def test_an_empty_house_is_good(db: None) -> None:
    assert look().state == "good"


def test_a_lone_owner_is_one_finding(village: Village) -> None:
    found = look()
    assert (found.state, "one account alone may do everything" in found.text) == ("advice", True)


def test_what_one_account_alone_may_is_listed(village: Village) -> None:
    role_with(MANAGE_CIRCLES, held_by=village.ben)
    found = look()
    assert found.text.startswith("one account alone may: ")
    assert "make roles, and give and take them" in found.text
    assert "make circles" not in found.text
    assert found.advice.startswith("Give a second person")


def test_what_every_member_may_hangs_on_nobody(village: Village) -> None:
    RoleRight.objects.create(role=Role.objects.get(key=MEMBER), right=MANAGE_CIRCLES.name)
    assert "make circles" not in look().text


def test_two_owners_are_enough(village: Village) -> None:
    own(village.ben)
    assert look().state == "good"


def test_who_has_left_or_is_shut_out_holds_nothing(village: Village) -> None:
    own(village.ben)
    Person.objects.filter(pk=village.ben.pk).update(is_active=False)
    assert look().state == "advice"
    Member.objects.filter(person=village.ada).update(left_at=NOON)
    found = look()
    assert (found.state, "no owner" in found.text, "nobody may" in found.text) == ("wrong", True, True)


def test_the_remedy_for_no_owner_works(village: Village) -> None:
    Member.objects.filter(person=village.ada).update(left_at=NOON)
    admit_founder(person=add_person("eve"), at=NOON)
    assert look().state == "advice"
    assert holders(owner_role()) >= {"Eve"}
