"""A poll that the organisation opens: nothing that members get says who did."""

import json

import pytest

from porch.conversation.polls.closing import close_poll
from porch.conversation.polls.models import Poll
from porch.conversation.polls.opening import PollTerms, open_poll
from porch.conversation.posts.models import Post
from porch.conversation.topics.voices import NotYourVoice, Voice
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import newest, pull
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.talk import LATER, space_for
from tests.village import Village, add_steward, browser
from tests.web.api.callers import program_of
from tests.web.api.test_talk_says import send

TERMS = PollTerms(options=["Rye", "Oats"])


def opened(village: Village, by: Person, *, as_organisation: bool = True) -> Post:
    space = space_for(village.ada)
    return open_poll(
        space_id=space.pk, title="Which?", source="Choose.", terms=TERMS, by=by, at=LATER,
        as_organisation=as_organisation,
    )  # fmt: skip


def test_members_see_the_organisation_and_no_fact_names_who_it_was(village: Village) -> None:
    sol = add_steward()
    after = newest("community")
    post = opened(village, sol)
    close_poll(topic_id=post.topic_id, by=sol, at=LATER)
    facts = pull("community", after=after)
    kinds = {fact.kind: fact.ids for fact in facts}
    assert {"PollOpened", "PollClosed", "TopicBegun", "PostWritten"} <= kinds.keys()
    assert kinds["PollOpened"]["member_id"] is None
    assert kinds["PollClosed"]["by_person_id"] is None
    for kind in ("PollOpened", "PollClosed"):
        assert member_of(sol).pk not in [
            kinds[kind][name] for name in ("member_id", "by_person_id") if name in kinds[kind]
        ]
    assert (post.voice, post.topic.voice) == (Voice.ORGANISATION, Voice.ORGANISATION)
    page = browser(village.ben).get(f"/inside/topics/{post.topic_id}/").content.decode()
    assert '<span class="badge">Organisation</span>' in page
    assert sol.name not in page
    assert AuditEntry.objects.filter(by_id=sol.pk, ids__post_id=post.pk).exists(), "who wrote it is recorded"


def test_a_member_does_not_ask_as_the_organisation(village: Village) -> None:
    with pytest.raises(NotYourVoice):
        opened(village, village.ben)
    assert not Poll.objects.exists()


def test_others_who_close_it_are_named(village: Village) -> None:
    post = opened(village, add_steward())
    after = newest("community")
    close_poll(topic_id=post.topic_id, by=village.ada, at=LATER)
    (fact,) = [each for each in pull("community", after=after) if each.kind == "PollClosed"]
    assert fact.ids["by_person_id"] == village.ada.pk


@pytest.mark.parametrize(("who", "offered"), [("ada", True), ("sol", True), ("ben", False)])
def test_the_form_offers_it_to_those_who_may(who: str, offered: bool, village: Village) -> None:
    space = space_for(village.ada)
    person = add_steward() if who == "sol" else village.cast()[who]
    client, path = browser(person), f"/inside/spaces/{space.slug}/new-poll/"
    assert ('name="as_organisation"' in client.get(path).text) is offered
    form = {
        "title": "Which?",
        "source": "Choose.",
        "options": "Rye\nOats",
        "most": "1",
        "as_organisation": "yes",
    }
    answer = client.post(path, form)
    assert answer.status_code == (302 if offered else 403)
    assert list(Post.objects.values_list("voice", flat=True)) == ([Voice.ORGANISATION] if offered else [])


def test_programs_do_it_too(village: Village) -> None:
    space = space_for(village.ada)
    body = {"title": "Which?", "source": "Choose.", "options": ["Rye", "Oats"], "as_organisation": True}
    assert send(program_of(village.ben), "POST", f"/spaces/{space.pk}/polls", body).status_code == 403
    answer = send(program_of(village.ada), "POST", f"/spaces/{space.pk}/polls", body)
    assert answer.status_code == 200
    assert Post.objects.get(topic=answer.json()["topic_id"]).voice == Voice.ORGANISATION
    assert "Owner" not in json.dumps(answer.json())
