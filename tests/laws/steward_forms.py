"""For every address that takes a form of stewards or owners: each thing that can be done there, and its act."""

from porch.community.bookkeeping.actions import take_sheet
from porch.community.bookkeeping.verdicts import hash_of, look_through
from porch.community.invites.jobs import write_some
from porch.community.invites.models import Invite
from porch.community.lists.actions import save_set
from porch.community.lists.filtering import MemberFilter
from porch.community.notes.actions import write_note
from porch.community.payments.actions import Received, record_payment
from porch.community.roles.actions import give_role, make_role
from porch.community.roles.founding import admit_founder
from porch.community.tiers.actions import make_tier
from porch.community.tiers.holding import set_tier
from porch.kit.days import day_of
from porch.kit.time import now
from porch.moderation.appeals.actions import make_appeal
from porch.moderation.sanctions.actions import Sentence, strike
from porch.people.identity.models import Person
from tests.community.circles.making import bakers, member_of
from tests.community.invites.hands import link, listed
from tests.community.profiles.asking import ask as ask_members
from tests.community.removal.test_remove_member import remove
from tests.community.requests.wishes import asked, make_circle
from tests.community.tiers.gold import terms
from tests.conversation.talk import say, space_for, topic_in
from tests.laws.forms import Form
from tests.moderation.hands import SPAM, newcomer, report, try_to_say
from tests.moderation.hands import remove as turn_down
from tests.village import NOON, Village, add_person, add_steward

TERMS = {"name": "Readers", "description": "", "way_in": "open", "vouches": "0", "ceiling": ""}
SPACE = {"name": "Workshop", "readers": "all", "place": "100"}
STEWARD_FORMS: dict[str, list[Form]] = {
    "new-circle": [Form("/inside/circles/new/", "circle-made", TERMS)],
    "circle-change": [Form("/inside/circles/bakers/change/", "circle-changed", {**TERMS, "name": "Cooks"})],
    "circle-removal": [
        Form(
            "/inside/circles/bakers/removal/",
            "circle-member-taken-out",
            {"member": "{sol}", "reason": "Asked."},
            about="sol_herself",
        )
    ],
    "circle-closing": [Form("/inside/circles/bakers/closing/", "circle-closed")],
    "circle-questions": [Form("/inside/circles/bakers/questions/", "questions-set", {"text-0": "Why?"})],
    "new-space": [Form("/inside/spaces/new/", "space-made", SPACE)],
    "space-change": [Form("/inside/spaces/kitchen/change/", "space-changed", {**SPACE, "name": "Galley"})],
    "space-archive": [Form("/inside/spaces/kitchen/archive/", "space-archived", {"is": "archived"})],
    "tag-change": [Form("/inside/tags/rye/change/", "tag-renamed", {"name": "Oat"})],
    "new-role": [Form("/inside/roles/new/bakers/", "role-made", {"name": "Host"})],
    "role-change": [Form("/inside/roles/{role}/change/", "role-changed", {"name": "Guide"})],
    "role-holders": [
        Form("/inside/roles/{role}/holders/", "role-given", {"who": "Sol"}, about="sol_herself")
    ],
    "role-removal": [
        Form("/inside/roles/{held}/removal/", "role-taken", {"member": "{sol}"}, about="sol_herself")
    ],
    "role-deletion": [Form("/inside/roles/{role}/deletion/", "role-deleted")],
    "ownership": [
        Form("/account/rights/ownership/", "ownership-offered", {"who": "Sol"}, about="sol_herself")
    ],
}
STEWARD_FORMS |= {
    "new-invite": [Form("/inside/invites/new/", "invite-made", {"uses": "1", "days": "7"})],
    "invite-list": [
        Form(
            "/inside/invites/list/",
            "addresses-invited",
            {"list": "gus@example.org", "days": "7", "is_sure": "yes"},
        )
    ],
    "invite-revocation": [
        Form("/inside/invites/{invite}/revocation/", "invite-revoked", about="sue_herself"),
        Form(
            "/inside/invites/{invite}/revocation/", "invite-restored", {"then": "undo"}, about="sue_herself"
        ),
    ],
    "invite-letter": [Form("/inside/invites/{letter}/letter/", "invite-sent-again", about="sue_herself")],
    "request-decision": [
        Form(
            "/inside/requests/{wish}/decision/", "request-declined", {"way": "no", "reason": "Full."}, "ben"
        ),
        Form("/inside/requests/{wish}/decision/", "request-reopened", {"way": "reopen"}, "ben"),
        Form("/inside/requests/{wish}/decision/", "request-approved", {"way": "yes"}, "ben"),
    ],
    "first-steps-for-newcomers": [
        Form("/inside/newcomers/first-steps/", "first-steps-written", {"text": "Say hello."}),
        Form("/inside/newcomers/first-steps/", "first-steps-written", {"text": ""}),
    ],
    "greeter": [
        Form("/inside/newcomers/greeters/{sol}/", "greeter-named", {"is": "yes"}, "sol_herself"),
        Form("/inside/newcomers/greeters/{sol}/", "greeter-released", {"is": "no"}, "sol_herself"),
    ],
    "greeting": [
        Form("/inside/newcomers/{new}/greeting/", "newcomer-greeted", {"is": "yes"}, "new_herself"),
        Form("/inside/newcomers/{new}/greeting/", "greeting-taken-back", {"is": "no"}, "new_herself"),
    ],
    "leaving-terms": [Form("/inside/charter/leaving/", "leaving-terms-written", {"text": "Go in peace."})],
}
STEWARD_FORMS |= {
    "member-sets": [
        Form("/inside/members/sets/", "set-saved", {"name": "Bakers", "wanted": "circle={circle}"}),
        Form("/inside/members/sets/", "set-deleted", {"delete": "{set}"}),
    ],
    "member-placing": [
        Form(
            "/inside/members/placing/", "member-placed", {"member": "{sol}", "to": "{readers}"}, "sol_herself"
        )
    ],
    "member-notes": [
        Form("/inside/members/{sol}/notes/", "note-written", {"text": "Likes roses."}, "sol_herself")
    ],
    "note-taking-back": [
        Form("/inside/members/{sol}/notes/{note}/taking-back/", "note-taken-back", about="sol_herself")
    ],
    "suspension": [
        Form(
            "/inside/members/{sol}/suspension/",
            "member-suspended",
            {"span": "7", "reason": "Cool down."},
            "sol_herself",
        ),
        Form("/inside/members/{sol}/suspension/", "suspension-ended", {"end": "yes"}, "sol_herself"),
    ],
    "removal": [
        Form(
            "/inside/members/{sol}/removal/",
            "member-removed",
            {"span": "90", "reason": "Threats.", "message": "You threatened.", "appeal_to": "a@example.org"},
            "sol_herself",
        )
    ],
    "removal-lifting": [Form("/inside/removals/{removal}/lifting/", "removal-lifted", about="ron_himself")],
}
FIELD = {"title": "Town", "purpose": "So that members meet.", "kind": "line", "visibility": "members"}
STEWARD_FORMS |= {
    "new-profile-field": [Form("/inside/profile-fields/new/", "profile-field-defined", FIELD)],
    "profile-field": [Form("/inside/profile-fields/{field}/", "profile-field-changed", FIELD)],
    "profile-field-retirement": [
        Form("/inside/profile-fields/{field}/retirement/", "profile-field-retired", {"is": "yes"}),
        Form("/inside/profile-fields/{field}/retirement/", "profile-field-restored", {"is": "no"}),
    ],
}
SILVER = {"name": "Silver", "price": "5", "currency": "USD", "period": "year", "grace_days": "14"}
PAID = {"amount": "25", "currency": "USD", "received_on": "{today}"}
SHEET = "address,tier,renews_on\nsol@example.org,Gold,\n"
STEWARD_FORMS |= {
    "new-tier": [Form("/inside/tiers/new/", "tier-made", SILVER)],
    "tier": [Form("/inside/tiers/{tier}/", "tier-changed", {**SILVER, "currency": "USD", "period": "month"})],
    "tier-retirement": [
        Form("/inside/tiers/{tier}/retirement/", "tier-retired", {"is": "yes"}),
        Form("/inside/tiers/{tier}/retirement/", "tier-changed", {"is": "no"}),
    ],
    "tier-import": [Form("/inside/tiers/import/", "tier-sheet-sent", {"kind": "tiers"}, file=SHEET)],
    "tier-sheet": [
        Form(
            "/inside/tiers/import/{sheet}/",
            "payment-recorded",
            {"seen": "{seen}"},
            "sol_herself",
            besides=("tier-sheet-applied",),
        )
    ],
    "member-tier": [
        Form(
            "/inside/members/{sue}/tier/",
            "tier-set",
            {"tier": "{tier}", "renews_on": "{today}"},
            "sue_herself",
        )
    ],
    "member-tier-ending": [
        Form("/inside/members/{sol}/tier/ending/", "tier-ending", {"when": "later"}, "sol_herself"),
        Form("/inside/members/{sol}/tier/ending/", "tier-ended", {"when": "now"}, "sol_herself"),
    ],
    "member-payments": [
        Form("/inside/members/{sol}/payments/", "payment-recorded", PAID, "sol_herself"),
        Form("/inside/members/{sol}/payments/", "payment-recorded", {**PAID, "renews": "yes"}, "sol_herself"),
    ],
    "payment": [
        Form("/inside/payments/{paid}/", "payment-taken-back", {"then": "take-back"}, "sol_herself"),
        Form(
            "/inside/payments/{wrong}/",
            "payment-recorded",
            {**PAID, "then": "correct", "amount": "20"},
            "sol_herself",
            besides=("payment-taken-back",),
        ),
    ],
}

STEWARD_FORMS |= {
    "case": [
        Form(
            "/inside/review/{nick_himself}/",
            "case-decided",
            {"verdict": "stand"},
            "nick_himself",
        ),
        Form(
            "/inside/review/{sol_herself}/",
            "case-decided",
            {"verdict": "remove", "why": "spam", "reason": "No."},
            "sol_herself",
            besides=("post-deleted",),
        ),
    ],
    "decision": [
        Form("/inside/review/decisions/{decision}/", "decision-undone", about="norm_himself"),
    ],
    "member-sanctions": [
        Form(
            "/inside/members/{sol}/sanctions/",
            "member-warned",
            {"sanction": "warning", "span": "7", "why": "abuse", "message": "Calm."},
            "sol_herself",
        ),
        Form(
            "/inside/members/{sol}/sanctions/",
            "member-silenced",
            {"sanction": "silence", "span": "7", "why": "abuse", "message": "Calm."},
            "sol_herself",
        ),
        Form(
            "/inside/members/{sol}/sanctions/",
            "strike-counted",
            {"sanction": "suspension", "span": "7", "why": "abuse", "message": "Calm."},
            "sol_herself",
            besides=("member-suspended",),
        ),
    ],
    "sanction-lifting": [
        Form("/inside/sanctions/{warning}/lifting/", "sanction-lifted", about="sol_herself")
    ],
    "appeal": [
        Form(
            "/inside/review/appeals/{strike}/",
            "appeal-decided",
            {"answer": "Read.", "is": "lifted"},
            "sol_herself",
            besides=("sanction-lifted",),
        )
    ],
}


def prepare_for_stewards(village: Village) -> dict[str, object]:
    """Make what stewards look after, most of it around Sol, and give its numbers."""
    sol, sue = add_person("sol"), add_steward("sue")
    member = admit_founder(person=sol, at=NOON)
    new = add_person("nell")
    prepared = {
        "sol": member.pk,
        "sol_herself": sol.pk,
        "sue": member_of(sue).pk,
        "sue_herself": sue.pk,
        "new": admit_founder(person=new, at=now()).pk,
        "new_herself": new.pk,
        "ben": village.ben.pk,
        "today": day_of(now()).isoformat(),
    }
    return {
        **prepared,
        **prepare_circles(village, sol),
        **prepare_ways_in(village, sue),
        **prepare_belonging(village, sol),
        **prepare_money(village, sol),
        **prepare_review(village, sol, sue),
    }


def prepare_circles(village: Village, sol: Person) -> dict[str, object]:
    """Make the bakers, with Sol in it, who has one of the two roles there; and the readers, whom Ben asks."""
    circle = bakers(sol)
    role, held = (
        make_role(circle=circle, name=name, rights=[], by=village.ada, at=NOON) for name in ("A", "B")
    )
    give_role(role=held, member=member_of(sol), by=village.ada, at=NOON)
    topic_in(space_for(village.ada, "Kitchen"), village.ada, tags="rye")
    readers = make_circle("readers")
    wish = asked(village.ben, readers, now())
    return {
        "circle": circle.pk,
        "role": role.pk,
        "held": held.pk,
        "readers": readers.pk,
        "wish": wish.pk,
    }


def prepare_ways_in(village: Village, sue: Person) -> dict[str, object]:
    """Have Sue invite by a link and by a letter, and Ron removed."""
    invite, _token = link(sue, at=now())
    listed(sue, "fay@example.org", at=now())
    write_some(at=now())
    ron = add_person("ron")
    admit_founder(person=ron, at=NOON)
    removal = remove(ron, village.ada, at=now(), expires_at=None)
    letter = Invite.objects.get(address="fay@example.org")
    return {"invite": invite.pk, "letter": letter.pk, "removal": removal.pk, "ron_himself": ron.pk}


def prepare_belonging(village: Village, sol: Person) -> dict[str, object]:
    """Keep a note about Sol and a set of members, and ask members something."""
    note = write_note(member_id=member_of(sol).pk, text="Bakes.", by=village.ada, at=NOON)
    saved = save_set(name="Everyone", wanted=MemberFilter(), by=village.ada, at=NOON)
    field = ask_members(village, "line", "City")
    return {"note": note.pk, "set": saved.pk, "field": field.pk}


def prepare_money(village: Village, sol: Person) -> dict[str, object]:
    """Give Sol a tier and two payments, and have a file wait that says of a third."""
    at = now()
    tier = make_tier(terms=terms(), by=village.ada, at=at)
    set_tier(member=member_of(sol), tier=tier, by=village.ada, at=at)
    received = Received(amount=2500, currency="USD", received_on=day_of(at))
    paid, wrong = (
        record_payment(member=member_of(sol), received=received, by=village.ada, at=at) for _n in range(2)
    )
    line = f"address,amount,currency,received_on,reference\nsol@example.org,25,USD,{day_of(at)},R-1\n"
    sheet = take_sheet(kind="payments", data=line.encode(), by=village.ada, at=at)
    seen = hash_of(look_through(sheet, at=at))
    return {"tier": tier.pk, "paid": paid.pk, "wrong": wrong.pk, "sheet": sheet.pk, "seen": seen}


def prepare_review(village: Village, sol: Person, sue: Person) -> dict[str, object]:
    """Have posts wait for a look, one decision made, and Sol struck twice, once with an appeal."""
    at = now()
    topic = topic_in(space_for(village.ada, "Yard"), village.ada)
    report(say(topic, sol, "Buy my bread."), sue)
    nick, norm = newcomer("nick"), newcomer("norm")
    for each in (nick, norm):
        try_to_say(topic, each, f"{SPAM} {each.pk}")
    decision = turn_down(norm, sue)
    words = {"why": "abuse", "message": "Calm."}
    warning, struck = (
        strike(person=sol, sentence=Sentence(kind="warning", **words), by=sue, at=at) for _n in range(2)
    )
    make_appeal(strike_id=struck.pk, words="A joke.", by=sol, at=at)
    return {
        "nick_himself": nick.pk,
        "norm_himself": norm.pk,
        "decision": decision.pk,
        "warning": warning.pk,
        "strike": struck.pk,
    }
