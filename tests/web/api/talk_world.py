"""What there is for operations of conversation to be asked about: all of it said in a circle, or by a pair."""

from collections.abc import Callable, Collection
from datetime import timedelta

from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.conversation.asks.asking import make_ask
from porch.conversation.asks.whom import Whom
from porch.conversation.blocks.actions import block
from porch.conversation.bookmarks.actions import bookmark
from porch.conversation.drafts.actions import Place, Words, keep_draft
from porch.conversation.polls.models import Option, Poll
from porch.conversation.posts.changing import delete_post, edit_post
from porch.conversation.posts.models import Post
from porch.conversation.reactions.actions import react
from porch.conversation.reading.actions import mark_read
from porch.conversation.rituals.beating import beat_due
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import Topic
from porch.kit.time import now
from porch.moderation.appeals.actions import make_appeal
from porch.moderation.holding.models import HeldPost
from porch.moderation.queue.actions import decide
from porch.moderation.reports.actions import report_post
from porch.moderation.sanctions.actions import Sentence, strike
from porch.moderation.sanctions.models import Strike
from porch.notices.waiting.kinds import Kind
from porch.notices.waiting.models import Notice
from porch.people.identity.models import Person
from tests.conversation.direct.whispers import join, write_to
from tests.conversation.polls.polling import choose, poll_in
from tests.conversation.rituals.keeping import FIRST, ritual_in
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.village import NOON, add_steward

LATE = now() + timedelta(days=3)


def person(name: str) -> Person:
    return Person.objects.get(email=f"{name}@example.org")


def owner() -> Person:
    return Person.objects.get(operator__isnull=False)


def add_bakers(*people: Person) -> Circle:
    circle = Circle.objects.create(slug="bakers", name="Bakers", made_at=NOON)
    for each in people:
        member = Member.objects.get(person=each)
        CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
    return circle


def build_talk() -> dict[str, int]:
    """Have ada, ben and gil talk in spaces of the bakers, and in a group of the three; give the numbers of all that."""
    ada, ben, gil = owner(), person("ben"), join("gil")
    circle = add_bakers(ada, ben, gil)
    kitchen = space_for(ada, "Kitchen", circle=circle)
    topic = topic_in(kitchen, ben, tags="Rye")
    question = topic_in(kitchen, ben, "Rolls", kind="question")
    say(question, gil, "With butter.")
    hers, theirs = say(topic, ada, "Ada's wheat."), say(topic, gil, "Gil's corn.")
    edit_post(post_id=hers.pk, source="Ada's oats.", edits=0, by=ada, at=NOON)
    gone, bens = say(topic, ben, "Ben's slip."), say(topic, ben, "Ben's page.")
    delete_post(post_id=gone.pk, by=ben, at=NOON)
    Post.objects.filter(pk=bens.pk).update(link_card="<p>A page</p>")
    secret = write_to(ada, gil, by=ben)
    for each in (ada, ben):
        keep(theirs, each)
    return {
        "space": kitchen.pk,
        "pantry": space_for(ada, "Pantry", circle=circle).pk,
        "topic": topic.pk,
        "question": question.pk,
        "direct": secret.topic_id,
        "hers": hers.pk,
        "theirs": theirs.pk,
        "gone": gone.pk,
        "bens": bens.pk,
        "secret": secret.pk,
        "circle": circle.pk,
        "gil": Member.objects.get(person=gil).pk,
    }


def keep(post: Post, by: Person) -> None:
    """Have somebody react to a post, bookmark it and read on."""
    react(post_id=post.pk, emoji="👍", by=by, at=NOON)
    bookmark(post_id=post.pk, by=by, at=NOON, note="Corn.")
    member = Member.objects.get(person=by)
    mark_read(topic_id=post.topic_id, member_id=member.pk, number=2, at=NOON)


def ask_and_vote() -> dict[str, int]:
    """Have a poll in which both voted, a post that asks them, one of ada's that asks others, and a ritual."""
    ada, ben, sol = owner(), person("ben"), add_steward()
    topic = Topic.objects.select_related("space").get(pk=THERE["topic"])
    poll = poll_in(topic.space, ben)
    for each in (ada, ben):
        choose(poll, each, 1)
    until = now() + timedelta(days=3)
    sols, asks = (say(topic, by, "When?") for by in (sol, ada))
    for post, by in ((sols, sol), (asks, ada)):
        make_ask(post_id=post.pk, whom=Whom(), until=until, by=by, at=now())
    ritual = ritual_in(topic.space, ada, keeper="Ben")
    beat_due(at=FIRST)
    return {
        "poll": poll.pk,
        "option": Option.objects.get(poll=poll, place=2).pk,
        "sols": sols.pk,
        "asks": asks.pk,
        "where": say(topic, ada, "And where?").pk,
        "ritual": ritual.pk,
    }


def write_and_tell(topic: Topic, to: Person) -> None:
    """Have somebody be told of a post, write on without posting it, and have a post that waits and a sanction."""
    member = Member.objects.get(person=to)
    post = Post.objects.filter(topic=topic).exclude(author=to).latest("pk")
    Notice.objects.create(member=member, post=post, kind=Kind.REPLY, at=NOON)
    words = {"words": Words("Rye is", "", ""), "version": 0, "by": to, "at": NOON}
    keep_draft(place=Place(topic_id=topic.pk), **words)  # type: ignore[arg-type]
    HeldPost.objects.create(author=to, space=topic.space, topic=topic, source="Pills", html="Pills", at=NOON)
    Strike.objects.create(person=to, kind="warning", why="spam", message="Mind.", at=now(), expires_at=LATE)


def keep_safe() -> dict[str, int]:
    """Have one account be reported and decided about, another wait for it, and one be silenced that appeals."""
    ada, ben, topic = owner(), person("ben"), Topic.objects.get(pk=THERE["topic"])
    for each in (ada, ben):
        write_and_tell(topic, each)
    for name in ("ike", "jon"):
        said = say(topic, baker(name), f"{name} sells.")
        report_post(post_id=said.pk, why="spam", words="", by=ben, at=LATER)
    made = decide(about=person("jon"), verdict="remove", why="spam", by=person("sol"), at=LATER)
    struck = silence(person("ike"))
    return {
        "case": person("ike").pk,
        "decision": made.pk,
        "appeal": struck.pk,
        "struck": struck.pk,
        "held": HeldPost.objects.get(author=ada).pk,
        "strike": Strike.objects.get(person=ada).pk,
    }


def silence(struck: Person) -> Strike:
    """Have somebody be silenced by sol, and appeal."""
    sentence = Sentence(kind="silence", why="abuse", message="Calm.", until=LATE)
    made = strike(person=struck, sentence=sentence, by=person("sol"), at=now())
    make_appeal(strike_id=made.pk, words="A joke.", by=struck, at=now())
    return made


def baker(name: str) -> Person:
    """Let somebody into the circle of the bakers."""
    joined = join(name)
    member, circle = Member.objects.get(person=joined), Circle.objects.get(slug="bakers")
    CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
    return joined


# The numbers of all that was made, as long as it is there; and what makes which of it, each on top of those before.
THERE: dict[str, int] = {}
MADE_BY: dict[str, Callable[[], dict[str, int]]] = {
    "space": build_talk,
    "poll": ask_and_vote,
    "case": keep_safe,
}
PARTS = {
    "space": ("space", "pantry", "topic", "question", "direct", "circle", "gil"),
    "poll": ("poll", "option", "sols", "asks", "where", "ritual"),
    "case": ("case", "decision", "appeal", "struck", "held", "strike"),
}
POSTS = ("hers", "theirs", "gone", "bens", "secret", "sols", "asks", "where")


def talk_filling(names: Collection[str] = ("case",)) -> dict[str, str]:
    """Give what stands for each name in a path and in a body; of what is not there, what is needed for some names.

    A test that asks for little waits for little.
    """
    if not Space.objects.filter(pk=THERE.get("space", 0), name="Kitchen").exists():
        THERE.clear()
    last = max(
        (n for n, part in enumerate(PARTS) if {*PARTS[part], *POSTS[: 5 if n == 0 else 0]} & {*names}),
        default=-1,
    )
    for part in list(PARTS)[: last + 1]:
        if part not in THERE:
            THERE.update(MADE_BY[part]())
    return {**{name: str(each) for name, each in THERE.items()}, "later": LATE.isoformat()}


def more_talk(n: int) -> None:
    """Make one more of each row of a list."""
    talk_filling()
    ada, ben, fresh, guest = owner(), person("ben"), baker(f"baker{n}"), join(f"guest{n}")
    there = THERE
    topic = Topic.objects.get(pk=there["topic"])
    space_for(ada, f"Room {n}")
    topic_in(topic.space, ben, f"Cake {n}", tags="Rye")
    hers = Post.objects.get(pk=there["hers"])
    edit_post(post_id=hers.pk, source=f"Oats {n}", edits=hers.edits, by=ada, at=NOON)
    bookmark(post_id=say(topic, ben, f"Crumb {n}").pk, by=ada, at=NOON)
    react(post_id=there["theirs"], emoji="🎉" if n % 2 else "👀", by=fresh, at=NOON)
    choose(Poll.objects.get(pk=there["poll"]), fresh, 2)
    write_to(ada, guest, by=ben, at=NOON + timedelta(days=10 + 2 * n))
    block(member_id=Member.objects.get(person=guest).pk, by=ada, at=NOON)
    asking = say(topic, person("sol"), f"Who {n}?")
    make_ask(post_id=asking.pk, whom=Whom(), until=now() + timedelta(days=3), by=person("sol"), at=now())
    ritual_in(topic.space, ada, title=f"Bake {n}")
    more_care(topic, ada, fresh, n)


def more_care(topic: Topic, ada: Person, fresh: Person, n: int) -> None:
    """Have one more be reported, decided about, struck and told."""
    said, gone = say(topic, fresh, f"{n} sells."), say(topic, baker(f"spam{n}"), f"{n} spams.")
    for each in (said, gone):
        report_post(post_id=each.pk, why="spam", words="", by=ada, at=LATER)
    assert gone.author is not None
    decide(about=gone.author, verdict="remove", why="spam", by=person("sol"), at=LATER)
    silence(gone.author)
    write_and_tell(topic_in(topic.space, fresh, f"Draft {n}"), ada)
