from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.models import Member
from porch.community.notes.actions import answer_note, remove_note, take_back_note, write_note
from porch.community.notes.models import MOST_NOTE
from porch.community.notes.reads import notes_about, notes_of
from porch.community.notes.rights import KEEP_NOTES
from porch.community.roles.rules import having
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in

PAGE = 30
WRITTEN, TAKEN_BACK, ANSWERED, REMOVED = "note-written", "note-taken-back", "note-answered", "note-removed"


@having(KEEP_NOTES)
@require_http_methods(["GET", "HEAD", "POST"])
def show_notes_about(request: SignedInRequest, member: int) -> HttpResponseBase:
    """The notes about a member, and a place for another."""
    about = Member.objects.present().select_related("person").filter(pk=member).first()
    if about is None:
        raise NotFound
    refusal, text = None, ""
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            write_note(member_id=about.pk, text=text, by=request.user, at=now())
            return go_and_tell("member-notes", about.pk, word=WRITTEN)
        except Refusal as refused:
            refusal = refused
    number = page_number(request)
    notes, has_more = page_of(notes_about(member_id=about.pk), number, PAGE)
    shown = {
        "about": about,
        "notes": notes,
        "refusal": refusal,
        "text": text,
        "most": MOST_NOTE,
        "told": told(request),
        **neighbours(request, number, has_more=has_more),
    }
    page = render(request, "community/notes/about.html", shown, status=refusal.status if refusal else 200)
    return forget_told(request, page)


@having(KEEP_NOTES)
@require_POST
def take_back(request: SignedInRequest, member: int, note: int) -> HttpResponseBase:
    """Take a note back."""
    take_back_note(note_id=note, by=request.user, at=now())
    return go_and_tell("member-notes", member, word=TAKEN_BACK)


@signed_in
def show_my_notes(request: SignedInRequest) -> HttpResponseBase:
    """Every note that stewards keep about whoever asks."""
    number = page_number(request)
    notes, has_more = page_of(notes_of(request.user.pk), number, PAGE)
    shown = {
        "notes": notes,
        "most": MOST_NOTE,
        "told": told(request),
        **neighbours(request, number, has_more=has_more),
    }
    return forget_told(request, render(request, "community/notes/mine.html", shown))


@signed_in
@require_POST
def answer(request: SignedInRequest, note: int) -> HttpResponseBase:
    """Answer a note about oneself."""
    answer_note(note_id=note, text=request.POST.get("text", ""), by=request.user, at=now())
    return go_and_tell("my-notes", word=ANSWERED)


@signed_in
@require_POST
def remove(request: SignedInRequest, note: int) -> HttpResponseBase:
    """Have a note about oneself removed."""
    remove_note(note_id=note, by=request.user, at=now())
    return go_and_tell("my-notes", word=REMOVED)
