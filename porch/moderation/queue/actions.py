"""One decision about everything that one account did, which can be undone as one (C9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.direct.disclosing import remove_disclosed, restore_disclosed
from porch.conversation.posts.changing import delete_post, hide_post, restore_post
from porch.conversation.posts.models import Deletion, Post
from porch.conversation.topics.finding import hold_topics
from porch.conversation.topics.models import Topic
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput, Conflict, NotAllowed, NotFound, Refusal
from porch.kit.text import clean_line
from porch.moderation.acts import DECIDED, UNDONE
from porch.moderation.facts import CaseDecided, DecisionUndone
from porch.moderation.holding.actions import take_turn_about, write_held
from porch.moderation.holding.models import HeldPost, State
from porch.moderation.letters import tell
from porch.moderation.log.actions import tell_all
from porch.moderation.log.models import What
from porch.moderation.queue.models import Decision, Step, Verdict
from porch.moderation.queue.reads import BURST, MOST_AT_ONCE, held_for, posts_for, reports_for, step_seen_by
from porch.moderation.reports.models import Outcome, Report
from porch.moderation.sanctions.actions import Sentence, lift, strike
from porch.moderation.why import Why
from porch.people.identity.models import Person

MOST_REASON = 300


class NothingWaits(Conflict):
    text = _("Nothing of theirs waits any more.")
    hint = _("Somebody else has decided. The list of decisions says what.")


class NotYourOwnCase(NotAllowed):
    text = _("You do not decide about what you wrote yourself.")
    hint = _("Somebody else who looks after the space does.")


class NoSuchVerdict(BadInput):
    text = _("Choose what is to become of it, and why.")


class IsUndone(Conflict):
    text = _("This decision is undone already.")
    hint = _("Nothing was changed.")


@transaction.atomic
def decide(
    *,
    about: Person,
    verdict: str,
    by: Person,
    at: datetime,
    why: str = "",
    reason: str = "",
    whole_burst: bool = False,
    sentence: Sentence | None = None,
) -> Decision:
    """Answer everything of one account that waits, where whoever decides looks after it.

    With ``whole_burst`` what else they wrote in the last three days is removed too; with ``sentence`` they are struck
    in the same step. Raises ``NotYourOwnCase``, ``NoSuchVerdict``, ``NothingWaits``, and what ``strike`` raises.
    """
    if verdict not in Verdict.values or (verdict == Verdict.REMOVE and why not in Why.values):
        raise NoSuchVerdict
    if about.pk == by.pk:
        raise NotYourOwnCase
    words = clean_line(reason, most=MOST_REASON, name=_("reason")) if reason.strip() else ""
    take_turn_about(about.pk)
    # Before topics are held: whoever changes roles holds spaces afterwards.
    struck = strike(person=about, sentence=sentence, by=by, at=at) if sentence is not None else None
    held, reports, posts = gather(about, by, at, whole_burst=whole_burst and verdict == Verdict.REMOVE)
    if not held and not reports and not posts:
        raise NothingWaits
    made = Decision.objects.create(
        about=about,
        by=by,
        at=at,
        verdict=verdict,
        why=why if verdict == Verdict.REMOVE else "",
        reason=words,
        strike=struck,
    )
    step = remove if verdict == Verdict.REMOVE else let_stand
    step(made, held, reports, posts, by=by, at=at)
    record(DECIDED, by_id=by.pk, about_id=about.pk, at=at, reason=words, decision_id=made.pk)
    note(CaseDecided(decision_id=made.pk, by_person_id=by.pk, at=at))
    tell_all(
        What.REMOVED if verdict == Verdict.REMOVE else What.LET_STAND,
        at=at,
        why=made.why,
        posts=len(held) + len(posts),
    )
    if held:
        tell_author(made, at=at)
    return made


def gather(
    about: Person, by: Person, at: datetime, *, whole_burst: bool
) -> tuple[list[HeldPost], list[Report], list[Post]]:
    """Hold what waits and the topics it stands in, and give it as it is then."""
    wanted = {each.post_id for each in reports_for(by.pk).filter(post__author=about)[:MOST_AT_ONCE]}
    if whole_burst:
        wanted |= set(posts_for(by.pk, about.pk, at - BURST).values_list("pk", flat=True)[:MOST_AT_ONCE])
    held = list(held_for(by.pk).filter(author=about).order_by("at", "pk")[:MOST_AT_ONCE])
    topics = set(Post.objects.filter(pk__in=wanted).values_list("topic_id", flat=True))
    hold_topics(topics | {each.topic_id for each in held if each.topic_id is not None})
    reports = list(reports_for(by.pk).filter(post__in=wanted).order_by("pk"))
    found = Post.objects.filter(pk__in=wanted).select_related("deletion", "topic__space")
    posts = list(found.order_by("pk"))
    return held, reports, posts


def remove(
    made: Decision,
    held: list[HeldPost],
    reports: list[Report],
    posts: list[Post],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Delete posts, decline what is held, and uphold the reports."""
    reason = made.reason or str(Why(made.why).label)
    for post in posts:
        if not hasattr(post, "deletion"):
            take_away(post, by=by, at=at, reason=reason)
            Step.objects.create(decision=made, post=post)
        elif post.deletion.is_hidden:
            Deletion.objects.filter(post=post).update(is_hidden=False, by=by, at=at, reason=reason)
            Step.objects.create(decision=made, post=post, was_hidden=True)
        elif post.deletion.by_author:
            # Whoever took their own post away does not bring it back after this.
            Deletion.objects.filter(post=post).update(by_author=False, by=by, at=at, reason=reason)
            Step.objects.create(decision=made, post=post, was_by_author=True)
    for each in held:
        settle(made, each, State.DECLINED, reason=reason, by=by, at=at)
    close(made, reports, Outcome.UPHELD, at=at)


def let_stand(
    made: Decision,
    held: list[HeldPost],
    reports: list[Report],
    posts: list[Post],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Show what was hidden, write what is held, and decline the reports."""
    for post in posts:
        if hasattr(post, "deletion") and post.deletion.is_hidden:
            put_back(post, by=by, at=at)
            Step.objects.create(decision=made, post=post, was_hidden=True)
    for each in held:
        approve(made, each, by=by, at=at)
    close(made, reports, Outcome.DECLINED, at=at)


def take_away(post: Post, *, by: Person, at: datetime, reason: str) -> None:
    """Delete a post; one that was disclosed without reaching where it stands."""
    if post.topic.space.is_direct:
        remove_disclosed(post=post, topic=post.topic, by=by, at=at, reason=reason)
    else:
        delete_post(post_id=post.pk, by=by, at=at, reason=reason)


def put_back(post: Post, *, by: Person, at: datetime) -> None:
    """Show a post again; one that was disclosed without reaching where it stands."""
    if post.topic.space.is_direct:
        restore_disclosed(post=post, topic=post.topic, by=by, at=at)
    else:
        restore_post(post_id=post.pk, by=by, at=at)


def approve(made: Decision, held: HeldPost, *, by: Person, at: datetime) -> None:
    """Write what was held, or show it again; where nothing can be written any more, decline it and say why."""
    try:
        with transaction.atomic():
            if held.post_id is not None:
                restore_post(post_id=held.post_id, by=by, at=at)
            else:
                held.post = write_held(held, at=at)
    except Refusal as no:
        settle(made, held, State.DECLINED, reason=no.title[:MOST_REASON], by=by, at=at)
        return
    settle(made, held, State.APPROVED, by=by, at=at)


def settle(
    made: Decision, held: HeldPost, state: State, *, by: Person, at: datetime, reason: str = ""
) -> None:
    """Write onto a held post what became of it."""
    held.state, held.decided_at, held.by, held.reason = state, at, by, reason
    held.save(update_fields=["state", "decided_at", "by", "reason", "post"])
    Step.objects.create(decision=made, held=held)


def close(made: Decision, reports: list[Report], outcome: Outcome, *, at: datetime) -> None:
    """Tell whoever reported what became of it."""
    Report.objects.filter(pk__in=[each.pk for each in reports]).update(outcome=outcome, decided_at=at)
    Step.objects.bulk_create(Step(decision=made, report=each) for each in reports)


@transaction.atomic
def undo(*, decision_id: int, by: Person, at: datetime) -> Decision:
    """Undo a decision: exactly what it changed is as it was, and waits again; what others changed since stays.

    Raises ``NotFound`` unless whoever undoes it looks after all of it, ``NotYourOwnCase`` and ``IsUndone``.
    """
    about_id = Decision.objects.filter(pk=decision_id).values_list("about_id", flat=True).first()
    take_turn_about(about_id or 0)
    found = Decision.objects.select_for_update(of=("self",)).filter(pk=decision_id).first()
    if found is None or not sees_every_step(found, by):
        raise NotFound
    if found.about_id == by.pk:
        raise NotYourOwnCase
    if found.undone_at is not None:
        raise IsUndone
    if found.strike_id is not None and found.strike is not None and found.strike.lifted_at is None:
        lift(strike_id=found.strike_id, by=by, at=at)
    steps = list(found.steps.select_related("post__deletion", "held", "report").order_by("pk"))
    topics = {each.post.topic_id for each in steps if each.post is not None}
    posts = [each.held.post_id for each in steps if each.held is not None and each.held.post_id is not None]
    hold_topics(topics | set(Post.objects.filter(pk__in=posts).values_list("topic_id", flat=True)))
    for step in found.steps.select_related("post__deletion", "post__topic__space", "held", "report").order_by(
        "pk"
    ):
        take_back(found, step, by=by, at=at)
    found.undone_at, found.undone_by = at, by
    found.save(update_fields=["undone_at", "undone_by"])
    record(UNDONE, by_id=by.pk, about_id=found.about_id, at=at, decision_id=found.pk)
    note(DecisionUndone(decision_id=found.pk, by_person_id=by.pk, at=at))
    tell_all(What.UNDONE, at=at, why=found.why, posts=len(steps))
    return found


def sees_every_step(found: Decision, by: Person) -> bool:
    """Say whether somebody looks after every space that a decision reached into."""
    return not found.steps.exclude(step_seen_by(by.pk)).exists()


def take_back(found: Decision, step: Step, *, by: Person, at: datetime) -> None:
    """Put one thing back as it was before a decision."""
    if step.report is not None:
        Report.objects.filter(pk=step.report.pk).update(outcome=Outcome.OPEN, decided_at=None)
    elif step.held is not None:
        wait_again(step.held, by=by, at=at)
    elif step.post is not None and found.verdict == Verdict.REMOVE:
        show_again(found, step.post, step, by=by, at=at)
    elif step.post is not None and not hasattr(step.post, "deletion"):
        hide_post(post=step.post, topic=Topic.objects.get(pk=step.post.topic_id), at=at)


def wait_again(held: HeldPost, *, by: Person, at: datetime) -> None:
    """Have a held post wait again; one that was written meanwhile leaves its place empty."""
    if held.post_id is not None:
        delete_post(post_id=held.post_id, by=by, at=at)
    held.state, held.decided_at, held.by, held.reason = State.WAITING, None, None, ""
    held.save(update_fields=["state", "decided_at", "by", "reason"])


def show_again(found: Decision, post: Post, step: Step, *, by: Person, at: datetime) -> None:
    """Restore a post that a decision deleted, or have it gone as it was; one that was deleted anew since stays."""
    theirs = Deletion.objects.filter(post=post, at=found.at, by=found.by_id, by_author=False)
    if step.was_hidden:
        theirs.update(is_hidden=True, by=None, reason="")
    elif step.was_by_author:
        theirs.update(by_author=True, by=post.author_id, reason="")
    elif theirs.exists():
        put_back(post, by=by, at=at)


def tell_author(made: Decision, *, at: datetime) -> None:
    """Tell whoever waited what became of their posts: one letter for all of them."""
    is_out = made.verdict == Verdict.REMOVE
    tell(
        made.about,
        head=_("Your posts were not posted") if is_out else _("Your posts are posted"),
        text=_("Somebody has looked at what you wrote. It stays out.")
        if is_out
        else _("Somebody has looked at what you wrote. Everyone reads it now."),
        reason=made.reason or (str(Why(made.why).label) if is_out else ""),
        label=_("Your posts that waited"),
        page="held-posts",
        at=at,
    )
