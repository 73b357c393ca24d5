"""The API reaches exactly what the pages reach, over every operation of conversation, for the whole cast."""

import re
from dataclasses import replace

import pytest
from django.http import HttpResponse

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.conversation.blocks.actions import block
from porch.conversation.bookmarks.actions import bookmark
from porch.conversation.drafts.actions import Place, Words, keep_draft
from porch.conversation.spaces.models import Space
from porch.kit.time import now
from porch.moderation.sanctions.models import Strike
from porch.notices.waiting.kinds import Kind
from porch.notices.waiting.models import Notice
from porch.people.identity.models import Person
from tests.conversation.direct.whispers import join
from tests.village import NOON, Village, add_person, browser
from tests.web.api.callers import EVERY_SCOPE, Program, program_of
from tests.web.api.calls import PLACE, Call
from tests.web.api.talk_operations import TALK
from tests.web.api.talk_world import LATE, POSTS, person, talk_filling

READS = [each for each in TALK if each.method == "GET"]
# The page on which members read the same.
PAGES = {
    "list_spaces": "/inside/spaces/",
    "show_space": "/inside/spaces/{slug}/",
    "list_topics": "/inside/spaces/{slug}/",
    "list_latest": "/inside/latest/",
    "show_topic": "/inside/topics/{topic}/",
    "list_posts": "/inside/topics/{topic}/?page=1",
    "show_post": "/inside/topics/{topic}/?page=1",
    "list_editions": "/inside/posts/{hers}/editions/",
    "list_reactions": "/inside/posts/{theirs}/reactions/",
    "list_bookmarks": "/inside/bookmarks/",
    "show_poll": "/inside/topics/{poll}/",
    "list_ballots": "/inside/topics/{poll}/ballots/",
    "list_asks": "/inside/topics/{topic}/",
    "list_asked": "/inside/posts/{asks}/ask/",
    "list_waiting": "/inside/asked/",
    "list_rituals": "/inside/spaces/{slug}/rituals/",
    "list_directs": "/inside/direct/",
    "show_direct": "/inside/direct/{direct}/",
    "list_blocks": "/account/blocks/",
    "show_who_may_write": "/account/blocks/",
    "search_posts": "/inside/search/?q=oats",
    "list_notices": "/inside/notices/",
    "list_notice_topics": "/inside/notices/",
    "show_choices": "/account/notices/",
    "list_drafts": "/inside/drafts/",
    "list_reports": "/inside/standing/",
    "show_standing": "/inside/standing/",
    "list_held": "/inside/held/",
    "read_safety_log": "/inside/moderation-log/",
    "list_cases": "/inside/review/",
    "show_case": "/inside/review/{case}/",
    "list_decisions": "/inside/review/decisions/",
    "list_own_strikes": "/account/sanctions/",
    "list_strikes": "/inside/members/{gil}/sanctions/",
    "list_appeals": "/inside/review/",
}
# What tells that something was read; each stands in what is said in the circle, or in the direct conversation.
MARKS = ("Rye", "Bread", "corn", "oats", "When?", "Which flour", "Between us", "Corn")
# What each answer says to those of the circle to whom it is given; what of that is for all members, and what is one's
# own.
SAYS = {
    "list_spaces": "Kitchen",
    "show_space": "Kitchen",
    "list_topics": "Which flour",
    "list_latest": "Which flour",
    "show_topic": "Bread",
    "list_posts": "corn",
    "show_post": "corn",
    "list_editions": "wheat",
    "list_reactions": '"name": "Ben"',
    "list_bookmarks": "Corn.",
    "show_poll": "Rye",
    "list_ballots": "Rye",
    "list_asks": '"post_id": {asks},',
    "list_asked": '"name": "Ben"',
    "list_waiting": '"post_id": {asks},',
    "list_rituals": '"id": {ritual},',
    "list_directs": '"id": {direct},',
    "show_direct": '"id": {direct},',
    "list_blocks": "Eve",
    "show_who_may_write": '"who": ',
    "search_posts": "oats",
    "list_notices": "Bread",
    "list_notice_topics": "Bread",
    "show_choices": '"reply": ',
    "list_drafts": "Rye is",
    "list_reports": '"why": "spam"',
    "show_standing": '"posts_an_hour": ',
    "list_held": "Pills",
    "read_safety_log": '"what": ',
    "list_cases": '"person_id": {case},',
    "show_case": "ike sells.",
    "list_decisions": '"id": {decision},',
    "list_own_strikes": "Mind.",
    "list_strikes": "Gently.",
    "list_appeals": "A joke.",
}
FOR_ALL = {
    "list_spaces",
    "show_space",
    "show_who_may_write",
    "show_choices",
    "show_standing",
    "read_safety_log",
}
OWN = {
    "list_bookmarks": {"ada", "ben"},
    "list_blocks": {"ada", "ben"},
    "list_notices": {"ada", "ben"},
    "list_notice_topics": {"ada", "ben"},
    "list_drafts": {"ada", "ben"},
    "list_held": {"ada", "ben"},
    "list_own_strikes": {"ada", "ben"},
    "list_reports": {"ben"},
    "list_waiting": {"ben", "sol", "gil"},
    "list_directs": {"ada", "ben", "gil"},
}
OF_THE_CIRCLE = {"ada", "ben", "sol", "gil"}
# The page says who may know of a space for whom it is; the API says that what is in it is not there.
TOLD_OTHERWISE = {"list_topics"}
OF_TOPICS = ("topic", "question", "poll")


def cast(village: Village) -> dict[str, Person]:
    """Give everyone who has a token: those who reach what was said, and those who do not."""
    talk_filling()
    gone, out = join("gone"), join("out")
    for each in (gone, out):
        member = Member.objects.get(person=each)
        CircleMember.objects.create(circle_id=talk_filling()["circle"], member=member, joined_at=NOON)
    people = {"ada": village.ada, "ben": village.ben, "sol": person("sol"), "gil": person("gil")}
    people |= {"dov": village.dov, "eve": join("eve"), "gone": gone, "out": out, "mia": add_person("mia")}
    for each in ("ada", "ben"):
        block(member_id=Member.objects.get(person=people["eve"]).pk, by=people[each], at=NOON)
    warning = {"kind": "warning", "why": "abuse", "message": "Gently."}
    Strike.objects.create(person=people["gil"], at=now(), expires_at=LATE, **warning)
    Member.objects.filter(person=gone).update(left_at=NOON)
    CircleMember.objects.filter(member__person=out).delete()
    return people


def marks(answer: HttpResponse) -> set[str]:
    """Say what of it is read in an answer: in words, not in addresses or names of fields."""
    text = re.sub(r"<[^>]*>", " ", answer.text)
    return {each for each in MARKS if re.search(rf"\b{re.escape(each)}(?!\w)", text)}


def whole(answer: HttpResponse) -> bool:
    return answer.status_code == 200


@pytest.mark.parametrize("call", READS, ids=str)
def test_each_read_reaches_what_its_page_reaches(call: Call, village: Village) -> None:
    people, there = cast(village), talk_filling()
    there["slug"] = Space.objects.get(pk=there["space"]).slug
    page = PLACE.sub(lambda found: there[found[1]], PAGES[call.id])
    ready, says = call.about(there), PLACE.sub(lambda found: there[found[1]], SAYS[call.id])
    for name, someone in people.items():
        seen, told = browser(someone).get(page), ready.send(program_of(someone).client)
        assert whole(seen) is whole(told) or call.id in TOLD_OTHERWISE, (name, seen.status_code, told.text)
        if not whole(told):
            assert told.status_code in (403, 404), name
            assert not marks(told), name
            assert not marks(seen), name
        else:
            assert marks(told) <= marks(seen), (name, marks(told) - marks(seen))
            is_said = call.id in FOR_ALL or name in OWN.get(call.id, OF_THE_CIRCLE)
            assert (says in told.text) is is_said, (name, told.text)
    assert ready.send(Program().client).status_code == 401


def test_each_read_has_a_page_that_it_is_held_against() -> None:
    assert {each.id for each in READS} == PAGES.keys() == SAYS.keys()


def is_about_what_is_said(call: Call) -> bool:
    names = set(PLACE.findall(call.path)) & {"space", *OF_TOPICS, *POSTS, "ritual", "direct"}
    return bool(names)


# What answers although nothing of it is reached, and why.
OPEN = {
    "show_space": "whoever may know of a space is told for whom it is, as on its page",
    "drop_this_bookmark": "a bookmark is dropped also of a post that one does not reach any more",
}


@pytest.mark.parametrize("call", [each for each in TALK if is_about_what_is_said(each)], ids=str)
def test_who_is_outside_the_circle_reaches_nothing(call: Call, village: Village) -> None:
    people, there = cast(village), talk_filling()
    ready = call.about(there)
    for name in ("eve", "out"):
        answer = ready.send(program_of(people[name]).client)
        assert not marks(answer), name
        if call.id in OPEN:
            assert answer.status_code in (200, 204)
        else:
            assert answer.status_code in (403, 404), (name, answer.text)
            # Only a gate says that a right is needed; a verb that says so would tell that there is something.
            assert answer.status_code == 404 or answer.json()["code"] == "needs-right", (name, answer.text)
    for name in ("dov", "mia", "gone"):
        answer = ready.send(program_of(people[name]).client)
        assert (answer.status_code, answer.json()["code"]) == (403, "members-only"), name


def private(there: dict[str, str]) -> dict[str, str]:
    """Give ids that all lead into the direct conversation."""
    return there | dict.fromkeys(OF_TOPICS, there["direct"]) | dict.fromkeys(POSTS, there["secret"])


def leads_into_topics(call: Call) -> bool:
    return bool(set(PLACE.findall(call.path)) & {*OF_TOPICS, *POSTS})


INTO_TOPICS = [each for each in TALK if leads_into_topics(each)]
WITHOUT = [each for each in EVERY_SCOPE if not each.startswith("direct:")]


@pytest.mark.parametrize("call", INTO_TOPICS, ids=str)
def test_what_is_direct_is_not_there_without_a_scope_for_it_and_for_no_steward(
    call: Call, village: Village
) -> None:
    there = talk_filling(["poll"])
    ready = replace(call.about(private(there)), body=call.about(there).body)
    tokens = [program_of(village.ben, *WITHOUT), program_of(person("sol"))]
    if call.method != "GET":
        tokens.append(program_of(village.ben, *WITHOUT, "direct:read"))
    for n, program in enumerate(tokens):
        answer = ready.send(program.client)
        is_dropped = call.id == "drop_this_bookmark"
        assert answer.status_code == (204 if is_dropped else 404), (n, answer.text)
        assert not marks(answer), n


# What one does in a direct conversation as in any topic, with both scopes.
IN_DIRECT = {
    "show_topic", "choose_this_level", "mark_as_read", "list_posts", "write_this_post", "show_post", "change_this_post",
    "list_editions", "delete_this_post", "restore_this_post", "list_reactions", "give_reaction", "take_reaction_back",
    "bookmark_this_post", "drop_this_bookmark", "list_asks", "keep_draft_in_topic", "discard_draft_in_topic",
}  # fmt: skip


@pytest.mark.parametrize("call", [each for each in TALK if each.id in IN_DIRECT], ids=str)
def test_with_its_scopes_a_token_does_in_it_what_its_person_does(call: Call, village: Village) -> None:
    body = call.body.replace('"edits": 1', '"edits": 0')
    ready = Call(call.id, call.method, call.path, body).about(private(talk_filling(["poll"])))
    answer = ready.send(program_of(village.ben).client)
    assert answer.status_code in (200, 204), answer.text


def test_no_list_tells_of_what_is_direct_without_the_scope(village: Village) -> None:
    there = talk_filling()
    bookmark(post_id=int(there["secret"]), by=village.ada, at=NOON)
    words = Words("Between us, a draft.", "", "")
    keep_draft(place=Place(topic_id=int(there["direct"])), words=words, version=0, by=village.ada, at=NOON)
    ada = Member.objects.get(person=village.ada)
    Notice.objects.create(member=ada, post_id=int(there["secret"]), kind=Kind.DIRECT, at=NOON)
    paths = {
        "/me/bookmarks": f'"post_id": {there["secret"]},',
        "/me/drafts": "Between us",
        "/me/notices": "Between us",
        "/search?q=between": '"is_hit": true',
    }
    with_it, without = program_of(village.ada), program_of(village.ada, *WITHOUT)
    for path, mark in paths.items():
        assert mark in with_it.get(path).text, path
        answer = without.get(path)
        assert answer.status_code == 200
        assert mark not in answer.text, path
    for path in ("/topics", "/spaces", "/me/asked"):
        assert "Between us" not in with_it.get(path).text
    assert without.get("/directs").json()["code"] == "insufficient-scope"
