"""Bookmarks: kept, changed, taken away, and what reminds of them. Only whoever made them knows of them."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.bookmarks.facts import ReminderReached
from porch.conversation.bookmarks.models import LONGEST_NOTE, Bookmark
from porch.conversation.bookmarks.times import MOST_AHEAD, TimeIsOver, TimeIsTooFar
from porch.conversation.posts.models import Post
from porch.conversation.posts.reads import find_post
from porch.conversation.spaces.rules import reached_by
from porch.engine.facts.noting import note as note_fact
from porch.kit.apart import each_apart
from porch.kit.refusals import Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person

MOST_BOOKMARKS, MOST_AT_ONCE = 2_000, 200


class TooManyBookmarks(Conflict):
    text = _("You have %(most)s bookmarks.")
    hint = _("Take some away first.")


@transaction.atomic
def bookmark(
    *, post_id: int, by: Person, at: datetime, note: str = "", remind_at: datetime | None = None
) -> Bookmark:
    """Bookmark a post that one reaches, or change the bookmark that is there.

    A reminder whose time is changed comes anew. Raises ``NotFound``, ``TimeIsOver``, ``TimeIsTooFar`` and
    ``TooManyBookmarks``.
    """
    words = clean_line(note, most=LONGEST_NOTE, name=_("note")) if note.strip() else ""
    member_id = Member.objects.present().filter(person_id=by.pk).values_list("pk", flat=True).first()
    if member_id is None or find_post(post_id, by.pk).is_deleted:
        raise NotFound
    there = Bookmark.objects.filter(member_id=member_id, post_id=post_id).first()
    is_new_time = remind_at is not None and (there is None or there.remind_at != remind_at)
    if is_new_time and remind_at is not None:
        if remind_at <= at:
            raise TimeIsOver
        if remind_at > at + MOST_AHEAD:
            raise TimeIsTooFar
    if there is None and Bookmark.objects.filter(member_id=member_id).count() >= MOST_BOOKMARKS:
        raise TooManyBookmarks(most=MOST_BOOKMARKS)
    what = {"note": words, "remind_at": remind_at}
    if is_new_time or remind_at is None:
        what["reminded_at"] = None
    made, _new = Bookmark.objects.update_or_create(
        member_id=member_id, post_id=post_id, defaults=what, create_defaults={**what, "at": at}
    )
    return made


@transaction.atomic
def drop_bookmark(*, post_id: int, by: Person) -> Bookmark | None:
    """Take a bookmark away, and give what it was, so that it can be put back. Of others' nothing is found."""
    found = Bookmark.objects.filter(member__person_id=by.pk, post_id=post_id).first()
    if found is not None:
        Bookmark.objects.filter(pk=found.pk).delete()
    return found


def remind_due(*, at: datetime, hold: bool = False) -> int:
    """Note each reminder whose time has come, once; give how many. ``hold`` says that the clock is in doubt."""
    if hold:
        return 0
    due = Bookmark.objects.filter(remind_at__lte=at, reminded_at__isnull=True)
    found = list(due.order_by("remind_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(each_apart(found, lambda pk: remind_if_due(bookmark_id=pk, at=at)))


@transaction.atomic
def remind_if_due(*, bookmark_id: int, at: datetime) -> bool:
    """Note one reminder that is due; say whether it was noted just now.

    The row and the fact are written in one transaction, so that it comes neither twice nor never. Of a post that its
    member does not reach any more nothing is said.
    """
    rows = Bookmark.objects.filter(pk=bookmark_id, remind_at__lte=at, reminded_at__isnull=True)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    found = rows.select_related("member").first()
    if found is None or not rows.model.objects.filter(pk=bookmark_id, reminded_at__isnull=True).update(
        reminded_at=at
    ):
        return False
    reached = Post.objects.filter(
        reached_by(found.member.person_id, "topic__space__"), pk=found.post_id, deletion__isnull=True
    )
    if not reached.exists():
        return False
    note_fact(ReminderReached(bookmark_id=found.pk, post_id=found.post_id, member_id=found.member_id, at=at))
    return True
