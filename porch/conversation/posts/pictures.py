"""Pictures in posts: taken in before they are shown, and seen by whoever reaches a post that shows them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from porch.community.membership.reads import is_member
from porch.conversation.posts.models import Post, PostPicture
from porch.conversation.spaces.rules import reached_by
from porch.engine.files.actions import take_in
from porch.engine.files.kinds import FULL, SMALL, FileKind
from porch.engine.files.models import Holding
from porch.engine.files.reads import Held
from porch.kit.formats.known import PICTURES
from porch.kit.prepared import Prepared
from porch.kit.refusals import Conflict, NotAllowed
from porch.people.identity.models import Person

NAME = "picture"
SHOWN = re.compile(r'<img src="/files/([\w-]{1,43})/')
# Given, and not posted yet; by one person.
MOST_WAITING = 60
# So long a picture that no post and no draft shows is kept.
WAITING = timedelta(days=7)


class TooManyPictures(Conflict):
    text = _("There are %(most)s pictures of yours that stand in no post.")
    hint = _("Post what you are writing, or wait: they go after a week.")


def shown_in(holding: Any) -> Any:
    """Select the places where a picture is shown, those of deleted posts left out."""
    return PostPicture.objects.filter(holding=holding, post__deletion__isnull=True)


@dataclass(frozen=True, slots=True)
class Shown:
    id: int


SHOWN_TO = Prepared(
    lambda holding, person: shown_in(holding).filter(
        Q(post__topic__space__is_glass=True) | reached_by(person, "post__topic__space__")
    ),
    Shown,
    holding=CharField(),
    person=BigIntegerField(),
)


def may_see_picture(request: HttpRequest, held: Held) -> bool:
    """Say whether somebody reaches a post that shows a picture, or gave it and has not posted it yet."""
    person = request.user.pk
    if SHOWN_TO.exists(holding=held.holding__id, person=person or 0):
        return True
    if person is None or held.holding__by_id != person or not is_member(person):
        return False
    return not PostPicture.objects.filter(holding=held.holding__id).exists()


PICTURE = FileKind(
    NAME,
    accepts=PICTURES,
    most_bytes=15_000_000,
    may_read=may_see_picture,
    sizes=((FULL, 2560), (SMALL, 512)),
    moves=True,
)


def give_picture(*, stream: BinaryIO, name: str, by: Person, at: datetime) -> Holding:
    """Take a picture in that is to stand in a post. Slow: it is drawn anew first.

    Raises ``NotAllowed``, ``TooManyPictures`` and the refusals of files.
    """
    if not is_member(by.pk):
        raise NotAllowed
    if waiting().filter(by_id=by.pk).count() >= MOST_WAITING:
        raise TooManyPictures(most=MOST_WAITING)
    return take_in(stream, name=name, kind=PICTURE, by_id=by.pk, at=at)


def address_of(holding: Holding) -> str:
    """Give the address under which a picture is shown."""
    return reverse("file", args=[holding.pk, holding.name])


def keep_pictures(post: Post) -> None:
    """Keep which pictures a post shows, of those that its author gave or sees: nobody opens others by their address."""
    ids = set(SHOWN.findall(post.html))
    if not ids and not post.edits:
        return
    theirs = Holding.objects.filter(pk__in=ids, kind=NAME)
    seen = shown_in(OuterRef("pk")).filter(reached_by(post.author_id, "post__topic__space__"))
    wanted = set(theirs.filter(Q(by_id=post.author_id) | Exists(seen)).values_list("pk", flat=True))
    there = set(PostPicture.objects.filter(post=post).values_list("holding_id", flat=True))
    PostPicture.objects.filter(post=post, holding__in=there - wanted).delete()
    PostPicture.objects.bulk_create(
        PostPicture(post=post, holding_id=each) for each in sorted(wanted - there)
    )


def waiting() -> Any:
    """Select the pictures that stand in no post."""
    return Holding.objects.filter(~Exists(PostPicture.objects.filter(holding=OuterRef("pk"))), kind=NAME)
