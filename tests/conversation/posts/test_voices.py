"""In whose voice something is said: a member's, a steward's, or that of the organisation."""

import pytest
from django.conf import settings

from porch.community.roles.models import RoleHolder
from porch.conversation.blocks.actions import block
from porch.conversation.moving.actions import split_topic
from porch.conversation.pages.live import fragment_of
from porch.conversation.posts.changing import delete_post, edit_post, restore_post
from porch.conversation.posts.models import Post
from porch.conversation.reactions.actions import react
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import SPEAK_FOR_ALL, TEND_TOPICS
from porch.conversation.topics.models import Topic
from porch.conversation.topics.voices import NotYourVoice, Voice
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.notices.mailing.letters import what_happened
from porch.notices.waiting.models import Notice
from porch.people.erasure.actions import erase_person
from porch.people.identity.models import Person
from tests.community.circles.making import bakers
from tests.community.roles.giving import role_with
from tests.conversation.direct.whispers import join, number, pair
from tests.conversation.naming import findable
from tests.conversation.search.seeking import found
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.notices.telling import hear, told
from tests.village import NOON, Village, add_steward, browser


@pytest.fixture
def sol(village: Village) -> Person:
    made = add_steward()
    findable()
    return made


@pytest.fixture
def topic(village: Village, sol: Person) -> Topic:
    """A topic of Ben's, in which Sol answers as the organisation."""
    made = topic_in(space_for(village.ada), village.ben)
    say(made, sol, "We bake on Monday.", as_organisation=True)
    return made


def page(who: Person | None, topic: Topic) -> str:
    return browser(who).get(f"/inside/topics/{topic.pk}/").content.decode()


def test_who_looks_after_the_space_is_marked_as_it_was_when_they_wrote(village: Village, sol: Person) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    before = say(topic, sol)
    RoleHolder.objects.filter(member__person=sol).delete()
    after = say(topic, sol)
    edit_post(post_id=before.pk, source="Changed.", edits=0, by=sol, at=LATER)
    assert list(Post.objects.order_by("pk").values_list("voice", flat=True)) == [0, 1, 0]
    assert page(village.ben, topic).count('<span class="badge">Steward</span>') == 1
    assert after.voice == Voice.MEMBER


def test_a_steward_of_a_circle_is_one_in_its_spaces_only(village: Village) -> None:
    circle = bakers(village.ada, village.ben)
    role_with(TEND_TOPICS, circle=circle, held_by=village.ben)
    inside, outside = space_for(village.ada, "Kitchen", circle=circle), space_for(village.ada)
    voices = [Post.objects.get(topic=topic_in(each, village.ben)).voice for each in (inside, outside)]
    assert voices == [Voice.STEWARD, Voice.MEMBER]


def test_nobody_is_a_steward_in_a_direct_conversation(village: Village, sol: Person) -> None:
    topic = pair(sol, village.ben)
    assert Post.objects.get().voice == Voice.MEMBER
    with pytest.raises(NotYourVoice):
        say(topic, sol, as_organisation=True)
    assert "as_organisation" not in page(sol, topic)


@pytest.mark.parametrize("who", ["ben", "dov", "cleo"])
def test_only_who_may_speaks_for_all(village: Village, topic: Topic, who: str) -> None:
    person = getattr(village, who)
    browser(person).post(
        f"/inside/topics/{topic.pk}/posts/", {"source": "We are sorry.", "as_organisation": "yes"}
    )
    browser(person).post(
        "/inside/spaces/workshop/new/", {"title": "Sorry", "source": "We are.", "as_organisation": "yes"}
    )
    assert Post.objects.filter(voice=Voice.ORGANISATION).count() == 1
    assert Post.objects.count() == 2
    assert "as_organisation" not in page(village.ben, topic)


def test_the_right_alone_is_enough_and_is_asked_when_it_is_written(village: Village, topic: Topic) -> None:
    role = role_with(SPEAK_FOR_ALL, held_by=village.ben)
    assert "as_organisation" in page(village.ben, topic)
    assert say(topic, village.ben, as_organisation=True).voice == Voice.ORGANISATION
    RoleHolder.objects.filter(role=role).delete()
    with pytest.raises(NotYourVoice):
        say(topic, village.ben, "Again.", as_organisation=True)


def test_a_steward_begins_a_topic_as_the_organisation_in_the_form(village: Village, sol: Person) -> None:
    space_for(village.ada)
    client, address = browser(sol), "/inside/spaces/workshop/new/"
    assert f"Post as {settings.PORCH_NAME}" in client.get(address).content.decode()
    form = {"title": "News", "source": "We move.", "kind": "announcement", "as_organisation": "yes"}
    assert client.post(address, form).status_code == 302
    topic = Topic.objects.get()
    assert (topic.voice, Post.objects.get().voice, topic.author) == (2, 2, sol)
    shown = browser(village.ben).get("/inside/spaces/workshop/").content.decode()
    assert f"by {settings.PORCH_NAME}" in shown
    assert "Sol" not in shown.partition('<ol class="rows topics">')[2].partition("</ol>")[0]


def test_the_choice_outlives_a_refusal(village: Village, topic: Topic, sol: Person) -> None:
    answer = browser(sol).post(f"/inside/topics/{topic.pk}/posts/", {"source": " ", "as_organisation": "yes"})
    assert (
        'value="yes" id="as_organisation" name="as_organisation" aria-describedby' in answer.content.decode()
    )
    assert "checked" in answer.content.decode().partition('id="as_organisation"')[2][:120]


def test_members_see_the_organisation_and_stewards_who_wrote_it(
    village: Village, topic: Topic, sol: Person
) -> None:
    shown = page(village.ben, topic)
    post = shown.partition('id="p2"')[2].partition("</li>")[0]
    assert settings.PORCH_NAME in post
    assert "Organisation" in post
    for said in ("Sol", f"/members/{number(sol)}/", f'data-author="{number(sol)}"', "Edit"):
        assert said not in post
    assert "written by Sol" in page(village.ada, topic)
    own = page(sol, topic).partition('id="p2"')[2].partition("</li>")[0]
    assert "written by Sol" in own
    assert "Edit" in own
    assert f'data-author="{number(sol)}"' in own


def test_what_is_sent_to_everyone_names_nobody(village: Village, topic: Topic, sol: Person) -> None:
    fragment = fragment_of(topic.pk, 2)
    assert settings.PORCH_NAME in fragment
    assert "We bake" in fragment
    assert "Sol" not in fragment
    assert 'data-author=""' in fragment


def test_it_is_recorded_who_spoke(topic: Topic, sol: Person) -> None:
    entry = AuditEntry.objects.get(act="spoken-for-all")
    assert (entry.by_id, entry.ids) == (sol.pk, {"post_id": Post.objects.get(number=2).pk})


def test_facts_name_no_member(village: Village, topic: Topic, sol: Person) -> None:
    say(topic, village.ben, "Thanks!", reply_to=2)
    post = Post.objects.get(number=2)
    edit_post(post_id=post.pk, source="On Tuesday.", edits=0, by=sol, at=LATER)
    say(topic, sol, "@Ben and more.", as_organisation=True)
    facts = [each for each in pull("community", most=1000) if each.kind.startswith(("Post", "MemberM"))]
    written = [each.ids for each in facts if each.kind == "PostWritten" and each.ids["as_organisation"]]
    assert [each["member_id"] for each in written] == [None, None]
    answer = next(each.ids for each in facts if each.ids.get("parent_post_id") == post.pk)
    assert answer["target_member_id"] is None
    assert answer["member_id"] == number(village.ben)
    assert [each.ids["by_person_id"] for each in facts if each.kind == "PostEdited"] == [None]
    assert [each.ids["by_member_id"] for each in facts if each.kind == "MemberMentioned"] == [None]


def test_what_becomes_of_it_names_its_writer_nowhere(village: Village, topic: Topic, sol: Person) -> None:
    post = Post.objects.get(number=2)
    before = max(each.id for each in pull("community", most=1000))
    react(post_id=post.pk, emoji="👍", by=village.ben, at=LATER)
    delete_post(post_id=post.pk, reason="", by=sol, at=LATER)
    restore_post(post_id=post.pk, by=sol, at=LATER)
    facts = {each.kind: each.ids for each in pull("community", after=before, most=1000)}
    assert facts["PostReacted"]["target_member_id"] is None
    assert facts["PostReacted"]["member_id"] == number(village.ben)
    assert facts["PostDeleted"]["by_person_id"] is None
    assert facts["PostRestored"]["by_person_id"] is None
    delete_post(post_id=post.pk, reason="No.", by=village.ada, at=LATER)
    last = [each for each in pull("community", after=before, most=1000) if each.kind == "PostDeleted"][-1]
    assert last.ids["by_person_id"] == village.ada.pk, "another steward acts under their own name"


def test_who_may_not_speak_for_it_any_more_changes_nothing_in_its_voice(
    village: Village, topic: Topic, sol: Person
) -> None:
    post = Post.objects.get(number=2)
    edit_post(post_id=post.pk, source="On Tuesday.", edits=0, by=sol, at=LATER)
    assert AuditEntry.objects.filter(act="spoken-for-all", by_id=sol.pk).count() == 2, "each wording"
    RoleHolder.objects.filter(member__person=sol).delete()
    with pytest.raises(NotYourVoice):
        edit_post(post_id=post.pk, source="The house is closed.", edits=1, by=sol, at=LATER)
    delete_post(post_id=post.pk, by=sol, at=LATER)
    with pytest.raises(NotYourVoice):
        restore_post(post_id=post.pk, by=sol, at=LATER)
    assert Post.objects.get(number=2).source == "On Tuesday."


def test_the_same_words_under_the_same_key_in_another_voice_are_said_again(
    village: Village, topic: Topic, sol: Person
) -> None:
    first = say(topic, sol, "At noon.", sent_as="key")
    other = say(topic, sol, "At noon.", sent_as="key", as_organisation=True)
    assert (first.voice, other.voice) == (Voice.STEWARD, Voice.ORGANISATION)
    assert say(topic, sol, "At noon.", sent_as="key") == first


def test_whoever_spoke_is_told_of_answers(village: Village, topic: Topic, sol: Person) -> None:
    hear()
    post = say(topic, village.ben, "Thanks!", reply_to=2)
    hear()
    assert ("REPLY", post.pk) in told(sol)


def test_notices_and_mails_name_the_organisation(village: Village, topic: Topic, sol: Person) -> None:
    say(topic, sol, "@Ben, we mean you.", as_organisation=True)
    hear()
    shown = [what_happened(each) for each in Notice.objects.filter(member__person=village.ben)]
    assert f"{settings.PORCH_NAME} mentioned you" in shown
    listed = browser(village.ben).get("/inside/notices/").content.decode()
    assert f"new posts by {settings.PORCH_NAME}</span>" in listed
    assert "Sol" not in listed


def test_a_search_by_name_does_not_say_who_wrote_it(village: Village, topic: Topic, sol: Person) -> None:
    own = say(topic, sol, "We bake on Friday, I think.")
    official = Post.objects.get(number=2)
    for who in (village.ben, village.ada):
        assert found("bake from:Sol", who) == [own.pk]
        assert found("bake -from:Sol", who) == [official.pk]
        assert found(f'bake from:"{settings.PORCH_NAME}"', who) == [official.pk]
    assert found("bake from:me", sol) == [own.pk, official.pk]
    listed = browser(village.ben).get("/inside/search/?q=bake+monday").content.decode()
    assert settings.PORCH_NAME in listed
    assert "Sol" not in listed


def test_no_block_folds_the_organisation(village: Village) -> None:
    eve = join("eve")
    circle = bakers(village.ada, village.ben, eve)
    role_with(SPEAK_FOR_ALL, circle=circle, held_by=eve)
    block(member_id=number(eve), by=village.ben, at=NOON)
    topic = topic_in(space_for(village.ada, "Kitchen", circle=circle), village.ben)
    hear()
    say(topic, eve, "I say.")
    post = say(topic, eve, "We say.", as_organisation=True, reply_to=1)
    hear()
    assert page(village.ben, topic).count("<summary>Somebody you blocked wrote this") == 1
    assert told(village.ben) == [("REPLY", post.pk)]


def test_a_quotation_is_of_the_organisation(village: Village, topic: Topic) -> None:
    answer = browser(village.ben).post(f"/inside/topics/{topic.pk}/posts/", {"quote": "2"})
    assert f"[{settings.PORCH_NAME} #2]" in answer.content.decode()


def test_strangers_read_the_organisation_in_a_space_of_glass(village: Village, sol: Person) -> None:
    topic = topic_in(space_for(village.ada, is_glass=True), sol, as_organisation=True)
    say(topic, sol, "I say.")
    shown = browser().get(f"/glass/topics/{topic.pk}/").content.decode()
    assert shown.count("Sol") == 1
    assert settings.PORCH_NAME in shown.partition('id="p1"')[2]
    assert "Steward" not in shown


def test_it_stays_what_it_is_in_another_topic_and_without_its_author(
    village: Village, topic: Topic, sol: Person
) -> None:
    to = split_topic(topic_id=topic.pk, numbers=[2], title="Days", by=village.ada, at=LATER)
    assert (to.voice, Post.objects.get(topic=to).voice) == (2, 2)
    erase_person(person=sol, by=village.ada, at=LATER)
    assert settings.PORCH_NAME in page(village.ben, to).partition('id="p1"')[2]
    assert Post.objects.get(topic=to).author is None


def test_who_says_what_in_one_go_in_a_room(village: Village, sol: Person) -> None:
    space = space_for(village.ada, shape="room")
    room = Topic.objects.get(space=Space.objects.get(pk=space.pk))
    for as_organisation in (False, False, True, True, False):
        say(room, sol, as_organisation=as_organisation)
    shown = page(village.ben, room)
    follows = [f'follows" id="p{n}"' in shown for n in range(1, 6)]
    assert follows == [False, True, False, True, False]


def test_nobody_gives_the_organisations_words_a_title_who_may_not_speak_for_it(
    village: Village, topic: Topic
) -> None:
    role_with(TEND_TOPICS, held_by=village.ben)
    given = {"topic_id": topic.pk, "numbers": [2], "title": "We are closing", "at": LATER}
    with pytest.raises(NotYourVoice):
        split_topic(by=village.ben, **given)
    assert split_topic(by=village.ada, **given).voice == Voice.ORGANISATION
