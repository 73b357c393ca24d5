"""A life in full: Dov does whatever one can do here, and it is all found again cell by cell."""

from django.core.cache import cache
from django.db import connection, transaction

from porch.audience.articles.actions import publish_article
from porch.bridge.door_sign.actions import put_up_sign
from porch.community.away.models import Suspension, SuspensionHash, SuspensionKept
from porch.community.invites.actions import make_link
from porch.community.invites.models import HeldUse
from porch.community.leaving.actions import Answers, leave
from porch.community.leaving.models import LeavingTerms
from porch.community.membership.models import Member
from porch.community.memory.actions import choose_memory, notice
from porch.community.newcomers.actions import dismiss_first_steps, mark_greeted, name_greeter
from porch.community.notes.actions import write_note
from porch.community.ownership.actions import hand_over
from porch.community.payments.actions import Received, record_payment
from porch.community.profiles.indexing import index_name
from porch.community.removal.actions import remove_member
from porch.community.requests.actions import ask_to_join
from porch.community.requests.deciding import decide_request
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder
from porch.community.tiers.actions import make_tier
from porch.community.tiers.holding import set_tier
from porch.community.vouching.actions import vouch
from porch.conversation.blocks.actions import block, choose_who_may_write
from porch.conversation.bookmarks.actions import bookmark
from porch.conversation.direct.changing import name_group
from porch.conversation.drafts.actions import Place, Words, keep_draft
from porch.conversation.moving.actions import split_topic
from porch.conversation.posts.changing import delete_post, edit_post
from porch.conversation.posts.models import Post
from porch.conversation.reactions.actions import react
from porch.conversation.reading.hearing import choose_space_level
from porch.conversation.topics.tending import close_topic
from porch.engine.audit.recording import record
from porch.engine.promises.actions import keep_promise
from porch.engine.promises.acts import MADE
from porch.engine.promises.by_hand import promise_by_hand, settle_by_hand
from porch.engine.promises.kinds import Keeper, Whom
from porch.moderation.appeals.models import Appeal
from porch.moderation.holding.models import HeldPost
from porch.moderation.queue.models import Decision, Step
from porch.moderation.reports.models import Report
from porch.moderation.sanctions.models import Strike
from porch.notices.broadcasts.models import Broadcast
from porch.notices.choosing.actions import choose as choose_notices
from porch.notices.digest.models import LastDigest
from porch.notices.telling.telling import tell
from porch.notices.waiting.kinds import Kind as NoticeKind
from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.models import Operator
from porch.people.sessions.models import Session
from porch.people.suppression.hashing import hash_address
from tests.community.leaving.helpers import in_circle
from tests.community.profiles.asking import ask, member_of
from tests.community.profiles.asking import tell as tell_profile
from tests.community.requests.wishes import add_members, answers_to, ask_what, asked, make_circle, whole
from tests.community.tiers.gold import DUE as RENEWAL
from tests.community.tiers.gold import terms
from tests.conversation.asks.asking import ask_of
from tests.conversation.direct.whispers import group, number, write_to
from tests.conversation.polls.polling import choose, poll_in
from tests.conversation.rituals.keeping import ritual_in
from tests.conversation.talk import say, space_for, topic_in
from tests.engine.promises.owing import DUE, owe
from tests.village import NOON, Village, add_person, browser
from tests.web.api.callers import service_token, token_of


def live_fully(village: Village) -> None:
    """Have Dov do whatever there is to do, leave, and be removed."""
    live_here(village)
    leave_and_be_removed(village)


def live_here(village: Village) -> None:
    """Have Dov do whatever one can do here, and have it done to him."""
    dov = village.dov
    admit_founder(person=dov, at=NOON)
    Operator.objects.create(person=dov, since=NOON)
    browser(dov)
    issue_sign_in_link(person=dov, at=NOON)
    publish_article(title="By hand", source="Text", by=dov, at=NOON)
    put_up_sign(by=dov, at=NOON)
    token_of(dov)
    service_token(dov)
    to_dov = promise_by_hand(
        text="Call Dov back", to=Whom("person", dov.pk), due_at=DUE, by_id=village.ada.pk, at=NOON
    )
    settle_by_hand(promise_id=to_dov.pk, way="withdrawn", reason="Dov called.", by_id=village.ada.pk, at=NOON)
    by_dov = owe(keeper=Keeper("person", dov.pk), by_id=dov.pk)
    keep_promise(promise_id=by_dov.pk, at=NOON, by_id=dov.pk)
    belong(village)
    want_in(village)
    pay(village)
    talk(village)
    be_told(village)
    be_kept_in_check(village)
    cache.set("codes:dov@example.org", 3)
    stranger("s", data='{"wants":"dov@example.org"}')


def belong(village: Village) -> None:
    """Have Dov tell about himself, keep notes and be noted, greet and be greeted."""
    ada, dov = member_of(village.ada), member_of(village.dov)
    tell_profile(village.dov, ask(village, "line", "Work"), "Dovecotes")
    tell_profile(village.dov, ask(village), "Dovetails", "members")
    index_name(dov)
    hand_over(to=dov, by=village.ada, at=NOON)
    RoleHolder.objects.create(role=Role.objects.get(key="steward"), member=dov, given_at=NOON)
    write_note(member_id=dov.pk, text="Dov likes soup.", by=village.ada, at=NOON)
    write_note(member_id=ada.pk, text="Likes soup too.", by=village.dov, at=NOON)
    name_greeter(member_id=dov.pk, by=village.ada, at=NOON)
    mark_greeted(member_id=dov.pk, by=village.ada, at=NOON)
    mark_greeted(member_id=ada.pk, by=village.dov, at=NOON)
    dismiss_first_steps(by=village.dov, at=NOON)
    choose_memory(is_wanted=False, by=village.dov, at=NOON)
    notice(at=NOON.replace(year=NOON.year + 1))


def talk(village: Village) -> None:
    """Have Dov begin a topic, change and delete what he said, and close what he began."""
    dov = village.dov
    topic = topic_in(space_for(village.ada), dov, "Birds", "Write to dov@example.org")
    said = say(topic, dov, "Birds, said one.")
    edit_post(post_id=said.pk, source="Birds.", edits=0, by=dov, at=NOON)
    react(post_id=said.pk, emoji="👍", by=dov, at=NOON)
    choose_space_level(space_id=said.topic.space_id, level="topics", by=dov, at=NOON)
    bookmark(post_id=said.pk, by=dov, at=NOON, note="Write to dov@example.org")
    delete_post(post_id=said.pk, by=dov, at=NOON)
    other = say(topic, dov, "Eggs, dov@example.org says.")
    delete_post(post_id=other.pk, by=village.ada, at=NOON, reason="Dov spams")
    say(topic, village.ada, "Ask DOV@example.org about it.")
    ask_of(Post.objects.filter(topic=topic, author=village.ada).get(), village.ada, names=(dov.name,))
    ritual_in(
        topic.space,
        village.ada,
        keeper=dov.name,
        title="Write to dov@example.org",
        source="Ask dov@example.org",
    )
    poll = poll_in(topic.space, village.ada)
    choose(poll, dov, 1)
    close_topic(topic_id=topic.pk, by=village.ada, at=NOON, reason="Write to dov@example.org")
    mine = topic_in(space_for(village.ada, "Yard"), village.ada, "About dov@example.org")
    say(mine, village.ada, "Beside it")
    split_topic(topic_id=mine.pk, numbers=[2], title="Beside it", by=dov, at=NOON)
    close_topic(topic_id=mine.pk, by=dov, at=NOON)
    whisper(village)


def whisper(village: Village) -> None:
    """Have Dov write to others, block Ben, and choose who may write to him."""
    dov = village.dov
    write_to(village.ben, by=dov, source="Between us: dov@example.org")
    name_group(topic_id=group(dov, village.ada, village.ben).pk, name="dov@example.org", by=dov, at=NOON)
    block(member_id=number(village.ben), by=dov, at=NOON)
    choose_who_may_write(who="nobody", by=dov)


def be_told(village: Village) -> None:
    """Have Dov be told of what was said, choose what is mailed, get a digest, and send an announcement to all."""
    dov, member = village.dov, member_of(village.dov)
    topic = topic_in(space_for(village.ada, "News"), dov, kind="announcement")
    post = say(topic, village.ada, reply_to=1)
    tell(Member.objects.filter(pk=member.pk), post_id=post.pk, kind=NoticeKind.REPLY, at=NOON)
    choose_notices(
        member_id=member.pk, paces={"reply": "hourly"}, zone="UTC", quiet=("22:00", "07:00"), at=NOON
    )
    LastDigest.objects.create(member=member, at=NOON)
    Broadcast.objects.create(topic=topic, at=NOON, by=dov)
    index_name(Member.objects.get(person=dov))
    say(topic_in(space_for(village.ada, "Shed"), village.ada), village.ada, "Ask @Dov.")
    keep_draft(place=Place(topic_id=topic.pk), words=Words("Or dov@example.org"), version=0, by=dov, at=NOON)


def be_kept_in_check(village: Village) -> None:
    """Have Dov held, reported and struck; have him report, decide and strike; each with his address in the words."""
    dov, ada, ben = village.dov, village.ada, village.ben
    topic = topic_in(space_for(ada, "Shed"), ada)
    post, theirs = say(topic, dov, "One."), say(topic, ben, "Two.")
    mine = {"space": topic.space, "topic": topic, "fingerprint": "f", "why": "links", "at": NOON}
    held = HeldPost.objects.create(
        author=dov,
        title="Dov",
        source="dov@example.org",
        html="Dov",
        reason="Dov",
        by=ada,
        sent_as="d",
        **mine,
    )
    HeldPost.objects.create(
        author=ben, source="dov@example.org", html="dov@example.org", reason="dov@example.org", by=dov, **mine
    )
    told = {"why": "spam", "said": "dov@example.org", "weight": 1, "is_of_new": False, "at": NOON}
    Report.objects.create(post=theirs, by=dov, words="Dov minds", **told)
    Report.objects.create(post=post, by=ben, words="dov@example.org", **told)
    struck, other = (
        Strike.objects.create(
            person=person,
            kind="warning",
            why="spam",
            message="dov@example.org",
            at=NOON,
            expires_at=DUE,
            by=by,
            lifted_by=by,
        )
        for person, by in ((dov, ada), (ben, dov))
    )
    for each, by in ((struck, ada), (other, dov)):
        Appeal.objects.create(
            strike=each, words="dov@example.org", at=NOON, promise_number=1, by=by, answer="dov@example.org"
        )
    for about, by in ((dov, ada), (ben, dov)):
        made = Decision.objects.create(
            about=about, by=by, undone_by=by, at=NOON, verdict="remove", why="spam", reason="dov@example.org"
        )
        Step.objects.create(decision=made, held=held)


def want_in(village: Village) -> None:
    """Have Dov ask into circles, vouch and decide, and be vouched for and declined."""
    eve, (fay,) = add_person("eve"), add_members("fay")
    circle = make_circle("readers", fay, vouches=1)
    ask_what(circle)
    dov = village.dov
    wish = ask_to_join(
        person=dov, circle=circle, answers=answers_to(circle, "I am Dov."), word="Dov", at=NOON
    )
    vouch(request_id=wish.pk, by=fay, text="I know Dov.", at=NOON)
    decide_request(request_id=wish.pk, is_yes=False, reason="Dov is early.", by=village.ada, at=NOON)
    other = asked(eve, whole(vouches=2))
    vouch(request_id=other.pk, by=dov, text="Says Dov.", at=NOON)
    owner = Role.objects.get(key="owner")
    RoleHolder.objects.create(role=owner, member=Member.objects.get(person=dov), given_at=NOON)
    decide_request(request_id=other.pk, is_yes=True, by=dov, at=NOON)


def pay(village: Village) -> None:
    """Have Dov get a tier, pay for it, and record what Ben paid."""
    dov, ben = member_of(village.dov), member_of(village.ben)
    tier = make_tier(terms=terms(), by=village.ada, at=NOON)
    set_tier(member=dov, tier=tier, renews_on=RENEWAL, by=village.ada, at=NOON)
    paid = Received(amount=2500, currency="USD", received_on=NOON.date())
    record_payment(member=dov, received=paid, by=village.ada, at=NOON)
    record_payment(member=ben, received=paid, by=village.dov, at=NOON)


def leave_and_be_removed(village: Village) -> None:
    """Have Dov suspend Ben, write the charter, leave with a word, and be removed all the same."""
    dov, ben = Member.objects.get(person=village.dov), Member.objects.get(person=village.ben)
    Suspension.objects.create(member=ben, since=NOON, until=DUE, reason="Calm", by=dov.person)
    SuspensionKept.objects.create(person=village.dov, until=DUE, reason="Calm")
    held = make_link(circle=whole(), by=village.ada, uses=1, days=1, note="", at=NOON)[0]
    HeldUse.objects.create(invite=held, person=village.dov)
    SuspensionHash.objects.create(hash=hash_address("dov@example.org"), suspension_number=1, until=DUE)
    LeavingTerms.objects.create(text="All goes.", at=NOON, by=dov)
    in_circle(village.dov)
    said = Answers(why="Moved away", may_ask_again=True)
    leave(person=village.dov, wants_erasure=False, stops_mail=False, at=NOON, answers=said)
    remove_member(
        member=dov,
        by=village.ada,
        reason="dov@example.org wrote to others.",
        message="You wrote to others.",
        appeal_to="appeals@example.org",
        expires_at=None,
        at=NOON,
    )


def stranger(digest: str, data: str) -> Session:
    """Keep a session of nobody, in which an address stands."""
    return Session.objects.create(digest=digest * 64, data=data, begun_at=NOON, seen_at=NOON, ends_at=DUE)


def everything_kept() -> str:
    """Read every cell of every table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cells = []
        for name in tables:
            cursor.execute(f'SELECT * FROM "{name}"')
            cells += [f"{name}: {row}" for row in cursor.fetchall()]
    return "\n".join(cells)


@transaction.atomic
def name_everywhere(number: int) -> None:
    owe(to=Whom("person", number), by_id=number, keeper=Keeper("person", number))
    record(MADE, by_id=number, about_id=number, at=NOON, promise_id=1, reason="Because.")
