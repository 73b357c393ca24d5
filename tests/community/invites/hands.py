"""What tests of invites do by hand: make links and circles, and come in by them as a browser does."""

from datetime import datetime

from django.http import HttpResponse
from django.test import Client

from porch.community.circles.models import Circle, CircleMember
from porch.community.invite_lists.actions import Report, invite_addresses
from porch.community.invites.actions import make_link
from porch.community.invites.jobs import write_some
from porch.community.invites.models import Invite
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.people.hands import code_in_mail
from tests.village import NOON, Village, browser


def whole() -> Circle:
    return Circle.objects.get(is_whole=True)


def bakers(**how: object) -> Circle:
    """Make a circle."""
    return Circle.objects.create(slug="bakers", name="Bakers", made_at=NOON, **how)


def let_invite(person: Person, circle: Circle) -> None:
    """Give a member the right to invite into one circle."""
    role = Role.objects.create(circle=circle, name="Greeter", made_at=NOON)
    RoleRight.objects.create(role=role, right="invite-members")
    RoleHolder.objects.create(role=role, member=member(person), given_at=NOON)
    if not circle.is_whole:
        CircleMember.objects.get_or_create(circle=circle, member=member(person), defaults={"joined_at": NOON})


def link(
    by: Person, *, circle: Circle | None = None, at: datetime = NOON, **terms: object
) -> tuple[Invite, str]:
    """Make a link for one, good for a week, unless said otherwise."""
    given = {"uses": 1, "days": 7, "note": "", **terms}
    return make_link(circle=circle or whole(), by=by, at=at, **given)  # type: ignore[arg-type]


def listed(by: Person, text: str, *, circle: Circle | None = None, at: datetime = NOON) -> Report:
    return invite_addresses(circle=circle or whole(), by=by, text=text, days=7, note="", at=at)


def member(person: Person) -> Member:
    return Member.objects.get(person=person)


def is_member(person: Person) -> bool:
    return Member.objects.present().filter(person=person).exists()


def is_in(person: Person, circle: Circle) -> bool:
    return CircleMember.objects.filter(member__person=person, circle=circle).exists()


def join(client: Client, path: str, *, name: str = "Eve", address: str = "eve@example.org") -> HttpResponse:
    """Take the steps of somebody new: name and address, then the code out of the letter."""
    answer = client.post(path, {"name": name, "address": address})
    if answer.status_code != 302:
        return answer
    return client.post(answer.headers["Location"], {"code": code_in_mail()})


def invite_and_join(village: Village) -> None:
    """See every page of inviting and of coming in."""
    ada, eve = browser(village.ada), browser()
    ada.post("/inside/invites/new/", {"uses": "1", "days": "1"})
    for is_sure in ("", "yes"):
        ada.post(
            "/inside/invites/list/", {"list": "fay@example.org\nnobody", "days": "1", "is_sure": is_sure}
        )
    write_some(at=now())
    join(eve, f"/join/{link(village.ada, at=now())[1]}/")
    eve.get("/inside/")
    for path in ("/inside/invites/", "/inside/invites/graph/", "/inside/invites/graph/?as=tree"):
        ada.get(path)
    path = f"/join/{link(village.ada, at=now())[1]}/"
    browser().get(path)
    browser().post(path, {"name": "Gus", "address": "gus@example.org"}, follow=True)
