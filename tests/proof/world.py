"""A world in which everything has happened that members can do, made by the verbs that they use.

Every string in it comes from whoever fills it: one that carries a mark, to see where it gets to, or a hostile one, to
see what it does there. What is said in glass has words of its own, since anyone reads it.
"""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from porch.community.circles.actions import make_circle
from porch.community.circles.models import Circle, CircleMember, WayIn
from porch.community.circles.terms import CircleTerms
from porch.community.invites.actions import make_link
from porch.community.leaving.terms import write_terms
from porch.community.lists.actions import save_set
from porch.community.lists.filtering import MemberFilter
from porch.community.membership.models import Member
from porch.community.newcomers.actions import write_first_steps
from porch.community.notes.actions import answer_note, write_note
from porch.community.payments.actions import Received, record_payment
from porch.community.portraits.actions import set_portrait
from porch.community.profiles.actions import Given, fill_profile
from porch.community.profiles.defining import Asked, define_field
from porch.community.removal.actions import remove_member
from porch.community.requests.actions import ask_to_join
from porch.community.requests.deciding import decide_request
from porch.community.requests.questions import Wording, set_questions
from porch.community.roles.actions import give_role, make_role
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role
from porch.community.tiers.actions import TierTerms, make_tier
from porch.community.tiers.holding import set_tier
from porch.community.vouching.actions import vouch
from porch.engine.promises.by_hand import promise_by_hand
from porch.engine.promises.kinds import MEMBERS
from porch.engine.webhooks.actions import make_endpoint
from porch.kit.markdown import render
from porch.people.identity import operators
from porch.people.identity.actions import appoint_owner
from porch.people.identity.models import Person
from tests.community.portraits.pictures import picture
from tests.moderation.hands import newcomer
from tests.village import NOON, add_person, add_steward

LATER = NOON + timedelta(hours=1)


class Words(Protocol):
    """Gives the strings of a world: each is asked for what it will be. A line has at most 60 characters."""

    def word(self, what: str) -> str: ...

    def line(self, what: str) -> str: ...

    def text(self, what: str) -> str: ...


@dataclass
class People:
    """Who lives there. Ada owns it, Sol is a steward; Gil writes where anyone reads; Dov only knocks."""

    ada: Person
    sol: Person
    ben: Person
    bea: Person
    gil: Person
    nia: Person
    rex: Person
    dov: Person
    circle: Circle = field(init=False)
    role: Role = field(init=False)


def settle(words: Words, open_words: Words) -> People:
    """Let people move in, with names and addresses of these words."""
    ada = appoint_owner(at=NOON)
    admit_founder(person=ada, at=NOON)
    sol = add_steward(words.word("sol"))
    ben, bea, rex = (joined(words, name) for name in ("ben", "bea", "rex"))
    gil = joined(open_words, "gil")
    people = People(ada, sol, ben, bea, gil, newcomer(words.word("nia")), rex, add_person(words.word("dov")))
    # Ada keeps the name that she has outside, where she publishes.
    for name in ("sol", "nia", "dov"):
        person = getattr(people, name)
        setattr(people, name, operators.rename_person(person=person, name=words.line(name), at=NOON))
    return people


def joined(words: Words, name: str) -> Person:
    person = operators.add_person(address=f"{words.word(name)}@example.org", name=words.line(name), at=NOON)
    admit_founder(person=person, at=NOON)
    return person


def belong(people: People, words: Words) -> None:
    """Give the community all that it has beside conversations."""
    ada, sol, ben = people.ada, people.sol, people.ben
    people.circle = make_circle(
        terms=CircleTerms(name=words.line("circle"), way_in=WayIn.REQUEST), by=ada, at=NOON
    )
    make_circle(terms=CircleTerms(name=words.line("hidden circle"), is_hidden=True), by=ada, at=NOON)
    seat = CircleMember.objects.create
    for person in (people.bea, people.rex, people.gil):
        seat(circle=people.circle, member=member_of(person), joined_at=NOON)
    whole = Circle.objects.get(is_whole=True)
    role = make_role(
        circle=whole,
        name=words.line("role"),
        description=words.line("role for what"),
        rights=[],
        by=ada,
        at=NOON,
    )
    people.role = role
    give_role(role=role, member=member_of(people.bea), by=ada, at=NOON)
    tell_of_oneself(people, words)
    write_note(member_id=member_of(ben).pk, text=words.text("note"), by=ada, at=NOON)
    note = write_note(member_id=member_of(ben).pk, text=words.text("note again"), by=ada, at=NOON)
    answer_note(note_id=note.pk, text=words.text("answer to a note"), by=ben, at=NOON)
    make_link(circle=whole, by=sol, uses=3, days=5, note=words.line("invite"), at=NOON)
    save_set(name=words.line("set of members"), wanted=MemberFilter(), by=sol, at=NOON)
    write_first_steps(text=render(words.text("first steps")), by=ada, at=NOON)
    write_terms(text=words.text("terms of leaving"), by=ada, at=NOON)
    promise_by_hand(
        text=words.line("promise"), to=MEMBERS, due_at=NOON + timedelta(days=9), by_id=ada.pk, at=NOON
    )
    make_endpoint(
        name=words.line("webhook"),
        url="https://hooks.example.org/",
        kinds=["PostWritten"],
        by_id=ada.pk,
        at=NOON,
    )
    pay(people, words)


def tell_of_oneself(people: People, words: Words) -> None:
    ben = people.ben
    for kind in ("line", "text", "interests", "choice"):
        asked = Asked(
            title=words.line(f"field {kind}"),
            purpose=words.line(f"purpose of {kind}"),
            help=words.line(f"help with {kind}"),
            kind=kind,
            choices=f"{words.line('choice')}\nOther" if kind == "choice" else "",
        )
        made = define_field(asked=asked, by=people.ada, at=NOON)
        if kind != "choice":
            said = Given({"": words.word(f"answer{kind}") if kind == "interests" else words.line(kind)}, "")
            fill_profile(given={made.pk: said}, by=ben, at=NOON)
    for person, name in ((ben, "ben"), (people.gil, "gil")):
        set_portrait(stream=io.BytesIO(picture()), name=f"{words.word(name)}.png", by=person, at=NOON)


def pay(people: People, words: Words) -> None:
    terms = TierTerms(
        name=words.line("tier"),
        opens=words.line("what the tier opens"),
        price=2500,
        currency="EUR",
        period="month",
        grace_days=14,
    )
    tier, ben = make_tier(terms=terms, by=people.ada, at=NOON), member_of(people.ben)
    due = (NOON + timedelta(days=20)).date()
    set_tier(member=ben, tier=tier, renews_on=due, by=people.ada, at=NOON, reason=words.line("tier why"))
    paid = Received(amount=2500, currency="EUR", received_on=NOON.date(), reference=words.line("payment"))
    record_payment(member=ben, received=paid, by=people.ada, at=NOON)


def knock(people: People, words: Words) -> None:
    """Have somebody who is no member ask to come in twice, and a member be removed."""
    Circle.objects.filter(is_whole=True).update(way_in=WayIn.REQUEST, vouches=1)
    whole = Circle.objects.get(is_whole=True)
    set_questions(circle=people.circle, questions=[Wording(words.line("question"))], by=people.ada, at=NOON)
    asked = ask_to_join(person=people.dov, circle=whole, answers={}, word=words.text("wish"), at=NOON)
    decide_request(
        request_id=asked.pk, is_yes=False, reason=words.text("no to a wish"), by=people.ada, at=NOON
    )
    again = ask_to_join(person=people.dov, circle=whole, answers={}, word=words.text("wish again"), at=NOON)
    vouch(request_id=again.pk, by=people.ben, at=NOON, text=words.text("vouch"))
    remove_member(
        member=member_of(people.rex),
        by=people.ada,
        reason=words.line("removal"),
        message=words.text("letter of removal"),
        appeal_to="appeals@example.org",
        expires_at=None,
        at=LATER + timedelta(hours=2),
    )


def member_of(person: Person) -> Member:
    return Member.objects.get(person=person)
