from django.db.models import QuerySet

from porch.community.notes.models import MemberNote


def notes_about(*, member_id: int) -> QuerySet[MemberNote]:
    """Give the notes about a member, for those who keep them; of removed ones that they were removed."""
    return MemberNote.objects.filter(member=member_id).select_related("by__person").order_by("-id")


def notes_of(person_id: int) -> QuerySet[MemberNote]:
    """Give every note about whoever asks, whether they are still a member or not."""
    return MemberNote.objects.filter(member__person=person_id).select_related("by__person").order_by("-id")


def count_notes(person_id: int) -> int:
    """Count the notes about somebody that have a text."""
    return MemberNote.objects.filter(member__person=person_id, removed_at=None).count()
