"""The verbs of notes. There is no note that its member cannot read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.notes.acts import TAKEN_BACK, WRITTEN
from porch.community.notes.facts import NoteRemoved, NoteWritten
from porch.community.notes.models import MOST_NOTE, MemberNote
from porch.community.notes.rights import KEEP_NOTES
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.markdown.limits import clean_source
from porch.kit.refusals import BadInput, Conflict, NotAllowed, NotFound
from porch.kit.text import LineIsTooLong
from porch.people.identity.models import Person


class NoteIsEmpty(BadInput):
    text = _("The note is empty.")
    hint = _("Write what shall be remembered.")


class NoteAboutOneself(Conflict):
    text = _("Nobody keeps notes about themselves.")
    hint = _("Another steward can.")


class NoteAboutOneselfStays(NotAllowed):
    text = _("This note is about you, so another steward decides whether it is taken back.")
    hint = _("Your account has every note about you: there you can answer it, or have it removed.")


class NoteIsGone(Conflict):
    text = _("This note has been removed.")
    hint = _("Nothing of its text is kept anywhere.")


@transaction.atomic
def write_note(*, member_id: int, text: str, by: Person, at: datetime) -> MemberNote:
    """Keep a note about a member, which they read at once."""
    require(by.pk, KEEP_NOTES)
    member = Member.objects.present().select_for_update(no_key=True).filter(pk=member_id).first()
    if member is None:
        raise NotFound
    if member.person_id == by.pk:
        raise NoteAboutOneself
    writer = Member.objects.present().get(person=by)
    written = MemberNote.objects.create(member=member, text=clean_note(text), by=writer, written_at=at)
    record(WRITTEN, by_id=by.pk, about_id=member.person_id, at=at, note_id=written.pk)
    note(NoteWritten(note_id=written.pk, member_id=member.pk, by_person_id=by.pk, at=at))
    return written


@transaction.atomic
def take_back_note(*, note_id: int, by: Person, at: datetime) -> None:
    """Let a steward take back a note about somebody else; it is gone with what was answered."""
    require(by.pk, KEEP_NOTES)
    found = (
        MemberNote.objects.select_for_update(of=("self",)).select_related("member").filter(pk=note_id).first()
    )
    if found is None:
        raise NotFound
    if found.member.person_id == by.pk:
        raise NoteAboutOneselfStays
    if found.removed_at is not None:
        raise NoteIsGone
    person_id, member_id = found.member.person_id, found.member_id
    found.delete()
    record(TAKEN_BACK, by_id=by.pk, about_id=person_id, at=at, note_id=note_id)
    note(NoteRemoved(note_id=note_id, member_id=member_id, at=at))


@transaction.atomic
def answer_note(*, note_id: int, text: str, by: Person, at: datetime) -> MemberNote:
    """Let a member answer a note about them, in place of what they answered before; an empty text takes it back."""
    found = own_note(note_id, by)
    found.answer = clean_note(text) if text.strip() else ""
    found.answered_at = at if found.answer else None
    found.save(update_fields=["answer", "answered_at"])
    return found


@transaction.atomic
def remove_note(*, note_id: int, by: Person, at: datetime) -> MemberNote:
    """Let a member have a note about them removed: its text is gone at once, and that there was one stays."""
    found = own_note(note_id, by)
    found.text, found.answer, found.answered_at, found.by, found.removed_at = "", "", None, None, at
    found.save(update_fields=["text", "answer", "answered_at", "by", "removed_at"])
    note(NoteRemoved(note_id=found.pk, member_id=found.member_id, at=at))
    return found


def own_note(note_id: int, by: Person) -> MemberNote:
    """Find a note about somebody and lock it; those about others are not there for them."""
    found = MemberNote.objects.select_for_update(of=("self",)).filter(pk=note_id, member__person=by).first()
    if found is None:
        raise NotFound
    if found.removed_at is not None:
        raise NoteIsGone
    return found


def clean_note(text: str) -> str:
    """Return the text of a note."""
    text = clean_source(text).strip()
    if not text:
        raise NoteIsEmpty
    if len(text) > MOST_NOTE:
        raise LineIsTooLong(name=_("note"), length=len(text), most=MOST_NOTE)
    return text
