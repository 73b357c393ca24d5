from porch.community.membership.models import Member
from porch.community.roles.founding import admit_founder
from porch.engine.facts.pull import pull
from porch.people.identity.actions import appoint_owner
from tests.village import NOON, Village


def test_the_owner_becomes_the_first_member(db: None) -> None:
    owner = appoint_owner(at=NOON)
    member = admit_founder(person=owner, at=NOON)
    assert member.person == owner
    fact = pull("community")[-1]
    assert fact.ids == {"member_id": member.pk, "person_id": owner.pk}


def test_a_member_joins_once(village: Village) -> None:
    before = len(pull("community"))
    admit_founder(person=village.ben, at=NOON)
    assert Member.objects.filter(person=village.ben).count() == 1
    assert len(pull("community")) == before
