"""Report a post: what it counts depends on who reports, and enough of it hides the post until somebody has looked."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.changing import PostIsDeleted, hide_post, hold_post, is_deleted
from porch.conversation.posts.models import Post
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput, Conflict
from porch.kit.text import clean_line
from porch.moderation.facts import PostReported
from porch.moderation.log.actions import tell_all
from porch.moderation.log.models import What
from porch.moderation.reports.models import Outcome, Report
from porch.moderation.trust.asking import DAY
from porch.moderation.trust.levels import HIDES_AT, LIMITS, NEW_TOGETHER, WEIGHTS, Level
from porch.moderation.trust.reads import standing_of
from porch.moderation.why import MOST_WORDS, Why
from porch.people.identity.models import Person

REMEMBERED = timedelta(days=90)
# So many more declined than upheld, and a report counts nothing for a while.
DECLINED_TOO_OFTEN = 3


class NotYourOwn(BadInput):
    text = _("This is your own post.")
    hint = _("You can change it or delete it yourself.")


class NoSuchReason(BadInput):
    text = _("Choose what is wrong with it.")
    hint = _("Choose one of those that are listed.")


class ReportedEnough(Conflict):
    status = 429
    text = _("You have reported %(most)s posts within a day.")
    hint = _("They are looked at. Write to those who look after this place if it cannot wait.")


@transaction.atomic
def report_post(*, post_id: int, why: str, words: str, by: Person, at: datetime) -> Report:
    """Ask for a look at a post, with a reason. Done twice, it is done once, as long as the post says the same.

    Raises ``NotFound``, ``NotYourOwn``, ``NoSuchReason``, ``PostIsDeleted`` and ``ReportedEnough``.
    """
    if why not in Why.values:
        raise NoSuchReason
    words = clean_line(words, most=MOST_WORDS, name=_("words")) if words.strip() else ""
    found = hold_post(post_id, by)
    post, topic = found.post, found.held.topic
    if post.author_id == by.pk:
        raise NotYourOwn
    made = Report.objects.filter(post=post, by=by).first()
    if made is not None and (made.outcome == Outcome.OPEN or made.said == post.source):
        return made
    if is_deleted(post) and not post.deletion.is_hidden:
        raise PostIsDeleted
    level = standing_of(by.pk, at, space_id=topic.space_id).level(at)
    most = LIMITS[min(level, Level.TRUSTED)].reports
    if Report.objects.filter(by=by, at__gt=at - DAY).count() >= most:
        raise ReportedEnough(most=most)
    # What was decided about other words of the post, it is asked for anew.
    made, _is_new = Report.objects.update_or_create(
        post=post,
        by=by,
        defaults={
            "at": at,
            "why": why,
            "words": words,
            "said": post.source,
            "weight": weight_of(by.pk, level, at),
            "is_of_new": level == Level.NEW,
            "outcome": Outcome.OPEN,
            "decided_at": None,
        },
    )
    note(PostReported(post_id=post.pk, report_id=made.pk, at=at))
    if not is_deleted(post) and is_enough(post, space_id=topic.space_id, at=at):
        hide_post(post=post, topic=topic, at=at)
        tell_all(What.HIDDEN, at=at, why=why, posts=1, is_by_itself=True)
    return made


def weight_of(person_id: int, level: Level, at: datetime) -> int:
    """Say what somebody's report counts: by their level, and by what became of their reports before."""
    recent = Report.objects.filter(by=person_id, decided_at__gt=at - REMEMBERED)
    upheld = recent.filter(outcome=Outcome.UPHELD).count()
    declined = recent.filter(outcome=Outcome.DECLINED).count()
    if declined - upheld >= DECLINED_TOO_OFTEN:
        return 0
    return WEIGHTS[level] // 2 if declined > upheld else WEIGHTS[level]


def score_of(post: Post, author_level: Level) -> int:
    """Add up what open reports count: of new members together little, and nothing against the trusted."""
    rows = Report.objects.filter(post=post, outcome=Outcome.OPEN).values_list("weight", "is_of_new")
    found = list(rows)
    of_new = sum(weight for weight, is_of_new in found if is_of_new)
    of_others = sum(weight for weight, is_of_new in found if not is_of_new)
    return of_others + (0 if author_level >= Level.TRUSTED else min(of_new, NEW_TOGETHER))


def is_enough(post: Post, *, space_id: int, at: datetime) -> bool:
    """Say whether the reports of a post hide it. What those say who look after the space is hidden by nobody."""
    if post.author_id is None:
        return score_of(post, Level.NEW) >= HIDES_AT[Level.NEW]
    level = standing_of(post.author_id, at, space_id=space_id).level(at)
    return level in HIDES_AT and score_of(post, level) >= HIDES_AT[level]
