"""A house in which everything happens that templates show: members talk, ask, report, and are told."""

from datetime import timedelta

from porch.community.memory.models import Noticed
from porch.community.notes.actions import write_note
from porch.community.profiles.models import Kind
from porch.community.requests.actions import ask_to_join
from porch.community.requests.deciding import decide_request
from porch.community.roles.founding import admit_founder
from porch.community.vouching.actions import vouch
from porch.conversation.pages.live import fragment_of, head_of
from porch.conversation.posts.changing import edit_post
from porch.conversation.posts.models import Post
from porch.conversation.previews.actions import card_of
from porch.conversation.previews.models import LinkedPage
from porch.conversation.rituals.beating import beat_due
from porch.conversation.topics.models import Topic
from porch.kit.time import now
from porch.moderation.appeals.actions import make_appeal
from porch.moderation.sanctions.actions import Sentence, strike
from porch.notices.digest.letters import digest_letter
from porch.notices.digest.reads import missed_by
from porch.notices.mailing.looking import mail_what_is_due
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from tests.community.profiles.asking import ask as ask_members
from tests.community.profiles.asking import member_of, tell
from tests.community.requests.wishes import answers_to, ask_what, make_circle, whole
from tests.conversation.asks.asking import ask_of
from tests.conversation.direct.whispers import pair
from tests.conversation.polls.polling import choose, poll_in
from tests.conversation.rituals.keeping import FIRST, ritual_in
from tests.conversation.talk import say, space_for, topic_in
from tests.moderation.hands import SPAM, newcomer, report, try_to_say
from tests.moderation.hands import remove as turn_down
from tests.notices.telling import hear
from tests.notices.test_mail_what_is_due import agree
from tests.village import NOON, Village, add_person, browser


def talk(village: Village) -> dict[str, int]:
    """Have members talk, and give the numbers of a topic and of a post in it that was changed."""
    topic = topic_in(space_for(village.ada), village.ben, tags="Rye")
    post = say(topic, village.ada)
    edit_post(post_id=post.pk, source="Wheat.", edits=0, by=village.ada, at=NOON)
    glass = topic_in(space_for(village.ada, "Window", is_glass=True), village.ben)
    heard_and_found(village, topic, post)
    announcement = topic_in(space_for(village.ada, "News"), village.ben, kind="announcement")
    browser(village.ada).get(f"/inside/topics/{announcement.pk}/care/")
    merge = {"do": "merge", "into": str(topic.pk)}
    browser(village.ada).post(f"/inside/topics/{announcement.pk}/splitting/", merge)
    be_told(village)
    return {
        "topic": topic.pk,
        "post": post.pk,
        "glass": glass.pk,
        "announcement": announcement.pk,
        "direct": pair(village.ben, village.ada).pk,
        **asked_and_repeated(village, topic, post),
    }


def asked_and_repeated(village: Village, topic: Topic, post: Post) -> dict[str, int]:
    """Have members vote, be asked, and begin what comes again and again; give the numbers of each."""
    poll = poll_in(topic.space, village.ben)
    choose(poll, village.ada, 1)
    browser(village.ada).get(f"/inside/posts/{post.pk}/ask/")
    ask_of(post, village.ada)
    ritual = ritual_in(topic.space, village.ada, keeper="Ben")
    beat_due(at=FIRST)
    return {"poll": poll.pk, "ask": post.pk, "ritual": ritual.pk}


def be_told(village: Village) -> None:
    """Have members be told of what was said, by mail too, and of what they missed."""
    for purpose in ("conversation-mail", "digest"):
        agree(village.ben, purpose)
    hear()
    mail_what_is_due(at=NOON + timedelta(days=20), hold=False)
    missed = missed_by(member_of(village.ben), NOON - timedelta(days=1))
    send(
        digest_letter(missed),
        to="ben@example.org",
        grounds=Transactional(Reason.TEST_MAIL),
        at=NOON,
    )


def kept_safe(village: Village) -> dict[str, int]:
    """Have posts held, reported and decided, and somebody silenced who appeals; give the numbers."""
    topic = topic_in(space_for(village.ada, "Yard"), village.ada)
    suspect, other = newcomer("spike"), newcomer("spam")
    for each in (suspect, other):
        try_to_say(topic, each, f"{SPAM} {each.pk}")
    report(say(topic, village.ben, "Hm."), suspect)
    report(say(topic, suspect, "Hm, hm."), village.ben)
    decision = turn_down(other, village.ada)
    sentence = Sentence(kind="silence", why="abuse", message="Calm.", until=now() + timedelta(days=9))
    struck = strike(person=suspect, sentence=sentence, by=village.ada, at=now())
    make_appeal(strike_id=struck.pk, words="A joke.", by=suspect, at=now())
    for path in ("/account/sanctions/", "/inside/held/", "/inside/standing/"):
        browser(suspect).get(path)
    return {"suspect": suspect.pk, "decision": decision.pk, "strike": struck.pk}


def known_to_each_other(village: Village) -> dict[str, int]:
    """Have members ask, answer, note and welcome; give the numbers of two of them and of a question."""
    fields = [ask_members(village, kind, kind, choices="one\ntwo") for kind in Kind.values]
    owner, ben = member_of(village.ada), member_of(village.ben)
    tell(village.ben, fields[0], "A gardener")
    write_note(member_id=ben.pk, text="Likes roses.", by=village.ada, at=NOON)
    eve = add_person("newcomer")
    admit_founder(person=eve, at=now())
    browser(eve).get("/inside/")
    Noticed.objects.create(member=ben, on=now().date(), occasion="first-circle")
    return {"member": owner.pk, "fellow": ben.pk, "field": fields[0].pk, "person": village.ben.pk}


def someone_wants_in(village: Village) -> int:
    """Have Dov ask to join, and be declined once before; a circle stands there for members to knock at."""
    make_circle("readers")
    circle = whole(vouches=1)
    ask_what(circle)
    first = ask_to_join(person=village.dov, circle=circle, answers=answers_to(circle), at=NOON)
    decide_request(request_id=first.pk, is_yes=False, reason="Not yet.", by=village.ada, at=NOON)
    wish = ask_to_join(person=village.dov, circle=circle, answers=answers_to(circle), at=NOON)
    browser(village.ben).get("/inside/")
    vouch(request_id=wish.pk, by=village.ben, at=NOON)
    return wish.pk


def heard_and_found(village: Village, topic: Topic, post: Post) -> None:
    """Have pages hear what happens, a preview stand under a post, and members search."""
    room = space_for(village.ada, "Lounge", shape="room")
    for number in (post.number, 0):
        fragment_of(topic.pk, number)
    head_of(topic.pk)
    card_of(LinkedPage(url="https://example.org/", title="A page"))
    ada = browser(village.ada)
    ada.get(f"/inside/spaces/{room.slug}/")
    ada.get("/inside/search/?q=ben&what=people")
    ada.post(f"/inside/posts/{post.pk}/reactions/", {"emoji": "👍"}, headers={"Porch-Fragment": "reactions"})
