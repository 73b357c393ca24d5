from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.time import now
from porch.people.consent.actions import give_consent, withdraw_consent
from porch.people.consent.models import Act, Consent, Proof
from porch.people.consent.purposes import PURPOSES, Purpose, UnknownWording, Wording, find_purpose
from porch.people.consent.reads import ConsentRow, history_of, state_of
from porch.people.consent.subjects import Subject, subject_for
from porch.people.doors import SignedInRequest, signed_in
from porch.people.identity.models import Person

SOURCE = "account page"
TURNED = "consent-turned-"


@dataclass(frozen=True, slots=True)
class Line:
    """A purpose as somebody sees it: the words, and what they said to them; ``subject`` is none without an address."""

    purpose: Purpose
    subject: Subject | None
    said: ConsentRow | None

    @property
    def is_on(self) -> bool:
        return self.said is not None and self.said.stands


@dataclass(frozen=True, slots=True)
class Said:
    """A line of somebody's history."""

    act: Consent
    words: Wording
    is_yes: bool


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show_consents(request: SignedInRequest) -> HttpResponseBase:
    """What somebody agreed to, with a switch for each thing; a POST turns one, at once and without a question."""
    if request.method == "POST":
        purpose = find_purpose(request.POST.get("purpose", ""))
        turn(purpose, request.POST.get("act", ""), request.POST.get("wording", ""), request.user)
        return go_and_tell("consents", word=TURNED + purpose.name)
    lines = lines_of(request.user)
    changed = next((line for line in lines if TURNED + line.purpose.name == told(request)), None)
    shown = {"lines": lines, "changed": changed, "history": history(lines), "person": request.user}
    return forget_told(request, render(request, "account/consents/consents.html", shown))


def turn(purpose: Purpose, act: str, wording: str, person: Person) -> None:
    """Turn one switch."""
    subject = subject_for(purpose, person)
    at = now()
    if subject is None or act not in Act.values:
        raise UnknownWording
    if act == Act.WITHDRAWN:
        withdraw_consent(
            subject=subject, purpose=purpose.name, source=SOURCE, proof=Proof.SESSION, by=person, at=at
        )
        return
    if not wording.isdecimal() or len(wording) > 4:
        raise UnknownWording
    give_consent(
        subject=subject,
        purpose=purpose.name,
        wording=int(wording),
        source=SOURCE,
        proof=Proof.SESSION,
        by=person,
        at=at,
    )


def lines_of(person: Person) -> list[Line]:
    """Give every purpose with what a person said to it."""
    subjects = {purpose.name: subject_for(purpose, person) for purpose in PURPOSES}
    states = {name: state_of(name) for name in {each.name for each in subjects.values() if each}}
    return [
        Line(purpose, subject, states[subject.name].get(purpose.name) if subject else None)
        for purpose in PURPOSES
        for subject in [subjects[purpose.name]]
    ]


def history(lines: Sequence[Line]) -> list[Said]:
    """Give what somebody said so far, newest first, with the words that were shown."""
    acts = history_of({line.subject.name for line in lines if line.subject})
    return [Said(act, find_purpose(act.purpose).wording(act.wording), act.act == Act.GIVEN) for act in acts]
