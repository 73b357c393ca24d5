"""A sanction shows the post that it was about: to whom it is about, and to those who decide and may see it."""

from datetime import timedelta

from django.test import Client

from porch.community.removal.rights import REMOVE_MEMBERS
from porch.conversation.posts.changing import edit_post
from porch.kit.time import now
from porch.moderation.appeals.actions import make_appeal
from porch.moderation.queue.about import MOST_SHOWN, first_steps, posts_about
from porch.moderation.queue.models import Decision, Step
from porch.moderation.sanctions.actions import Sentence
from porch.people.identity.models import Person
from tests.community.roles.giving import role_with
from tests.conversation.direct.whispers import join, pair
from tests.conversation.talk import kitchen, say, space_for, topic_in
from tests.moderation.hands import SPAM, newcomer, remove, report, try_to_say
from tests.village import Village, add_steward, browser

BAD, OTHER = "You are a turnip.", "Bread is nice."


def warned(about: Person, by: Person, kind: str = "warning") -> Decision:
    at = now()
    until = None if kind == "warning" else at + timedelta(days=3)
    sentence = Sentence(kind=kind, why="abuse", message="Calm.", until=until)
    return remove(about, by, at=at, sentence=sentence)


def own_page(client: Client) -> str:
    return client.get("/account/sanctions/").content.decode()


def test_whom_it_is_about_reads_their_words_and_comes_to_the_place(village: Village) -> None:
    eve, topic = join("eve"), topic_in(space_for(village.ada), village.ben)
    bad = say(topic, eve, BAD)
    say(topic, eve, OTHER)
    report(bad, village.ben)
    warned(eve, village.ada)
    page = own_page(browser(eve))
    assert (page.count(BAD), OTHER in page) == (1, False)
    assert f"/inside/topics/{topic.pk}/{bad.number}/" in page
    assert village.ben.name not in page


def test_whoever_decides_about_the_appeal_reads_it_too(village: Village) -> None:
    eve, topic = join("eve"), topic_in(space_for(village.ada), village.ben)
    report(say(topic, eve, BAD), village.ben)
    made = warned(eve, village.ada, "silence")
    make_appeal(strike_id=made.strike_id, words="It was a joke.", by=eve, at=now())
    sol = add_steward()
    for place in (f"/inside/review/appeals/{made.strike_id}/",):
        assert BAD in browser(sol).get(place).content.decode()


def test_whoever_decides_and_does_not_look_after_the_place_does_not(village: Village) -> None:
    eve = join("eve")
    report(say(topic_in(kitchen(village, village.ada, eve), eve), eve, BAD), village.ada)
    made = warned(eve, add_steward())
    make_appeal(strike_id=made.strike_id, words="It was a joke.", by=eve, at=now())
    judge = join("judge")
    role_with(REMOVE_MEMBERS, held_by=judge)
    page = browser(judge).get(f"/inside/review/appeals/{made.strike_id}/").content.decode()
    assert ("It was a joke." in page, BAD in page, "Kitchen" in page) == (True, False, False)
    assert "It was not about a post that you look after." in page


def test_of_a_direct_conversation_only_what_was_disclosed(village: Village) -> None:
    eve = join("eve")
    talk = pair(village.ben, eve)
    bad = say(talk, eve, BAD)
    report(bad, village.ben)
    edit_post(post_id=bad.pk, source="Something else between us.", edits=0, by=eve, at=now())
    made = warned(eve, village.ada)
    make_appeal(strike_id=made.strike_id, words="It was a joke.", by=eve, at=now())
    page = browser(add_steward()).get(f"/inside/review/appeals/{made.strike_id}/").content.decode()
    assert (BAD in page, "between us" in page, f"/topics/{talk.pk}/" in page) == (True, False, False)


def test_what_was_held_stands_there_as_well(village: Village) -> None:
    nia = newcomer()
    try_to_say(topic_in(space_for(village.ada), village.ben), nia, SPAM)
    warned(nia, village.ada)
    assert SPAM in own_page(browser(nia))


def test_it_stands_there_as_it_was_reported(village: Village) -> None:
    eve = join("eve")
    bad = say(topic_in(space_for(village.ada), village.ben), eve, BAD)
    report(bad, village.ben)
    edit_post(post_id=bad.pk, source=OTHER, edits=0, by=eve, at=now())
    made = warned(eve, village.ada)
    for who, is_own in ((eve, True), (village.ada, False)):
        shown = posts_about([made.strike_id], person_id=who.pk, is_own=is_own)[made.strike_id]
        assert [each.words for each in shown] == [BAD]


def test_of_many_posts_five_are_read_and_those_reported_come_first(village: Village) -> None:
    eve, topic = join("eve"), topic_in(space_for(village.ada), village.ben)
    said = [say(topic, eve, f"Turnip {n}.") for n in range(8)]
    for each, who in ((said[7], village.ben), (said[6], village.ben), (said[7], join("ana"))):
        report(each, who)
    made = warned(eve, village.ada)
    Step.objects.bulk_create(Step(decision=made, post=each) for each in said)
    for who, is_own in ((eve, True), (village.ada, False)):
        rows = first_steps([made.strike_id], person_id=who.pk, is_own=is_own)
        assert len(rows) == MOST_SHOWN
        shown = posts_about([made.strike_id], person_id=who.pk, is_own=is_own)[made.strike_id]
        assert [each.words for each in shown] == [f"Turnip {n}." for n in (7, 6, 0, 1, 2)]
