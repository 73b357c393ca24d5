"""What is said in that world: in spaces of every kind, in a room, between few, and what is done about it."""

import io
from dataclasses import dataclass
from datetime import timedelta

from porch.conversation.answers.actions import choose_answer
from porch.conversation.asks.asking import make_ask
from porch.conversation.asks.whom import Whom
from porch.conversation.bookmarks.actions import bookmark
from porch.conversation.direct.beginning import begin_direct
from porch.conversation.direct.changing import name_group
from porch.conversation.drafts.actions import Place, keep_draft
from porch.conversation.drafts.actions import Words as Drafted
from porch.conversation.moving.actions import split_topic
from porch.conversation.polls.models import Option
from porch.conversation.polls.opening import PollTerms, open_poll
from porch.conversation.polls.voting import vote
from porch.conversation.posts.changing import delete_post, edit_post
from porch.conversation.posts.models import Post
from porch.conversation.posts.pictures import address_of, give_picture
from porch.conversation.posts.writing import WritingIsHeld, begin_topic, write_post
from porch.conversation.previews.actions import card_of, put_card
from porch.conversation.previews.models import LinkedPage
from porch.conversation.reactions.actions import react
from porch.conversation.rituals.beating import beat_due
from porch.conversation.rituals.making import RitualTerms, make_ritual
from porch.conversation.spaces.actions import make_space
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.terms import SpaceTerms
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import close_topic
from porch.moderation.appeals.actions import make_appeal
from porch.moderation.queue.actions import decide
from porch.moderation.reports.actions import report_post
from porch.moderation.sanctions.actions import Sentence, strike
from porch.notices.broadcasts.actions import broadcast_topic
from porch.people.identity.models import Person
from tests.community.portraits.pictures import picture
from tests.conversation.rituals.keeping import FIRST
from tests.notices.telling import hear
from tests.proof.world import LATER, People, Words, member_of
from tests.village import NOON

LINKED = "https://pages.example/one"


@dataclass
class Said:
    """What was said in one place."""

    space: Space
    topic: Topic
    posts: list[Post]


def converse(people: People, words: Words, open_words: Words) -> dict[str, Said]:
    """Fill a space of each kind. In the one of glass only Gil speaks, whose name may be read there."""
    kinds: dict[str, dict[str, object]] = {
        "open": {},
        "circle": {"circle": people.circle},
        "hidden": {"circle": people.circle, "is_hidden": True},
        "role": {"role": people.role},
        "sensitive": {"is_sensitive": True},
    }
    said = {name: talk_in(people, words, name, people.bea, **what) for name, what in kinds.items()}
    said["room"] = room(people, words)
    said["glass"] = talk_in(people, open_words, "glass", people.gil, is_glass=True)
    whisper(people, words)
    tend(people, words, said)
    beside(people, words, said)
    hear()
    return said


def talk_in(people: People, words: Words, name: str, by: Person, **what: object) -> Said:
    """Have a space made, and somebody talk in it about much."""
    terms = SpaceTerms(
        name=words.line(f"space {name}"), description=words.line(f"{name} is for"), icon="🍞", **what
    )
    space = make_space(terms=terms, by=people.ada, at=NOON)
    first = begin_topic(
        space_id=space.pk,
        title=words.line(f"title in {name}"),
        source=words.text(f"first in {name}"),
        by=by,
        at=NOON,
        kind="question",
        tags=words.word(f"tag{name}")[:30],
    )
    topic = first.topic
    posts = [first, say(topic, by, words.text(f"reply in {name}"), reply_to=1)]
    posts.append(
        say(topic, by, f"{words.text('quote')}\n\n@{by.name} @everyone || {words.line('spoiler')} ||")
    )
    posts.append(say(topic, by, show_picture(by, words, name)))
    posts.append(say(topic, by, f"{words.line('link')} {LINKED}"))
    put_card(post_id=posts[-1].pk, url=LINKED, card=card_of(linked(words)), at=LATER)
    choose_answer(topic_id=topic.pk, number=2, by=by, at=LATER)
    react(post_id=first.pk, emoji="👍", by=people.ada, at=LATER)
    poll_and_ritual(words, space, name, by, people.ada)
    return Said(space, topic, posts)


def linked(words: Words) -> LinkedPage:
    return LinkedPage(url=LINKED, title=words.line("linked title"), text=words.text("linked text"), site="p")


def show_picture(by: Person, words: Words, name: str) -> str:
    held = give_picture(
        stream=io.BytesIO(picture()), name=f"{words.word(f'picture{name}')}.png", by=by, at=NOON
    )
    return f"![{words.word('described')}]({address_of(held)})"


def poll_and_ritual(words: Words, space: Space, name: str, by: Person, keeper: Person) -> None:
    terms = PollTerms(options=[words.line(f"option {n} in {name}") for n in "ab"])
    post = open_poll(
        space_id=space.pk,
        title=words.line(f"poll in {name}"),
        source=words.text("of a poll"),
        terms=terms,
        by=by,
        at=NOON,
    )
    option = Option.objects.filter(poll_id=post.topic_id).first()
    assert option is not None
    vote(topic_id=post.topic_id, option_ids=[option.pk], by=by, at=LATER)
    ritual = RitualTerms(
        title=words.line("ritual {n}"), source=words.text("of a ritual"), every="week", minute=960, weekday=4
    )
    make_ritual(space_id=space.pk, terms=ritual, by=keeper, at=NOON)
    beat_due(at=FIRST)


def room(people: People, words: Words) -> Said:
    space = make_space(terms=SpaceTerms(name=words.line("room"), shape="room"), by=people.ada, at=NOON)
    topic = Topic.objects.get(space=space)
    return Said(space, topic, [say(topic, people.bea, words.text("in the room")) for _ in range(3)])


def whisper(people: People, words: Words) -> None:
    """Have two, and then three, talk among themselves."""
    ben, bea, sol = (member_of(each).pk for each in (people.ben, people.bea, people.sol))
    begin_direct(with_ids=[bea], source=words.text("between two"), by=people.ben, at=NOON)
    post = begin_direct(with_ids=[bea, sol], source=words.text("between three"), by=people.ben, at=NOON)
    name_group(topic_id=post.topic_id, name=words.line("group"), by=people.bea, at=NOON)
    say(post.topic, people.bea, words.text("answer between three"))
    assert ben


def tend(people: People, words: Words, said: dict[str, Said]) -> None:
    """Have posts edited, deleted, held, reported and decided about, in glass too."""
    for name in ("open", "glass"):
        topic, by = said[name].topic, people.gil if name == "glass" else people.bea
        changed = say(topic, by, words.text(f"before an edit in {name}"))
        edit_post(post_id=changed.pk, source="Changed.", edits=0, by=by, at=LATER)
        gone = say(topic, by, words.text(f"deleted in {name}"))
        delete_post(post_id=gone.pk, by=people.sol, at=LATER, reason=words.line("why deleted"))
        reported = say(topic, people.nia, words.line(f"hidden in {name}"))
        report_post(post_id=reported.pk, why="spam", words=words.line("report"), by=people.ben, at=LATER)
        hold(topic, people.nia, f"{words.line('held')} https://pills.example/{name}")
    parted = say(said["open"].topic, people.bea, words.text("parted"))
    split_topic(
        topic_id=parted.topic_id, numbers=[parted.number], title=words.line("split"), by=people.ada, at=LATER
    )
    about = people.nia
    decide(about=about, verdict="remove", why="spam", reason=words.line("decision"), by=people.sol, at=LATER)
    # A sanction is read with the clock of the page, which is a real one.
    until = LATER + timedelta(days=3_000)
    sentence = Sentence(kind="silence", why="abuse", message=words.text("sanction"), until=until)
    struck = strike(person=about, sentence=sentence, by=people.sol, at=LATER)
    make_appeal(strike_id=struck.pk, words=words.text("appeal"), by=about, at=LATER)
    ended = begin_topic(
        space_id=said["open"].space.pk, title=words.line("ended"), source="Hm.", by=people.bea, at=NOON
    )
    close_topic(topic_id=ended.topic_id, by=people.ada, at=LATER, reason=words.line("closed"))


def hold(topic: Topic, by: Person, source: str) -> None:
    """Have somebody new write what is kept to be looked at."""
    try:
        write_post(topic_id=topic.pk, source=source, by=by, at=LATER)
    except WritingIsHeld:
        return
    raise AssertionError("it was said at once")


def beside(people: People, words: Words, said: dict[str, Said]) -> None:
    """Have members draft, bookmark, ask, announce and be told."""
    ben = people.ben
    for name in ("open", "glass"):
        topic = said[name].topic
        keep_draft(
            place=Place(topic_id=topic.pk), words=Drafted(words.text("draft")), version=0, by=ben, at=NOON
        )
        bookmark(post_id=said[name].posts[0].pk, by=ben, at=NOON, note=words.line("bookmark"))
    keep_draft(
        place=Place(space_id=said["open"].space.pk),
        words=Drafted(words.text("draft of a topic"), title=words.line("title of a draft")),
        version=0,
        by=ben,
        at=NOON,
    )
    post = say(said["open"].topic, people.ada, words.text("asking"))
    whom = Whom(names=[people.ben.name])
    make_ask(post_id=post.pk, whom=whom, until=NOON + timedelta(days=300), by=people.ada, at=NOON)
    news = begin_topic(
        space_id=said["open"].space.pk,
        title=words.line("news"),
        source=words.text("news"),
        by=people.ada,
        at=NOON,
        kind="announcement",
    )
    broadcast_topic(topic_id=news.topic_id, by=people.ada, at=LATER)


def say(topic: Topic, by: Person, source: str, **what: object) -> Post:
    return write_post(topic_id=topic.pk, source=source, by=by, at=LATER, **what)
