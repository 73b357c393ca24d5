"""Deciding by the API: what has no sense is refused, and deciders learn who reported, as was said before."""

import json
from datetime import timedelta

import pytest

from porch.community.membership.models import Member
from porch.conversation.asks.asking import make_ask
from porch.conversation.asks.whom import Whom
from porch.conversation.direct.beginning import begin_direct
from porch.conversation.posts.models import Deletion
from porch.kit.time import now
from porch.moderation.appeals.actions import make_appeal
from porch.moderation.queue.models import Decision
from porch.moderation.sanctions.models import Strike
from porch.web.api.schema import describe
from tests.conversation.direct.whispers import join
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.village import Village, add_steward, browser
from tests.web.api.callers import program_of


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"why": "spam"}, ["body.why"]),
        ({"whole_burst": True}, ["body.whole_burst"]),
        ({"why": "abuse", "whole_burst": True}, ["body.why", "body.whole_burst"]),
        (
            {"sentence": {"kind": "warning", "why": "abuse", "message": "Kindly."}},
            ["body.sentence"],
        ),
    ],
)
def test_what_stands_is_not_removed(village: Village, more: dict[str, object], fields: list[str]) -> None:
    post = say(topic_in(space_for(village.ada), village.ada), village.ben)
    program = program_of(village.ada)
    sent = program_of(add_steward()).send("POST", f"/posts/{post.pk}/reports", '{"why": "spam"}')
    assert sent.status_code == 200
    path = f"/review/{village.ben.pk}/decision"
    answer = program.send("POST", path, json.dumps({"verdict": "stand", **more}))
    assert (answer.status_code, answer.json()["code"]) == (422, "does-not-fit")
    assert [each["field"] for each in answer.json()["errors"]] == fields
    assert not Decision.objects.exists()
    assert program.send("POST", path, json.dumps({"verdict": "stand", "reason": "Fine."})).status_code == 200
    assert not Deletion.objects.exists()


def test_who_reports_a_direct_post_is_told_before_that_deciders_read_their_name(village: Village) -> None:
    ben = Member.objects.get(person=village.ben)
    post = begin_direct(with_ids=[ben.pk], source="Give me money.", by=village.ada, at=LATER)
    form = browser(village.ben).get(f"/inside/posts/{post.pk}/report/").content.decode()
    assert "your name and words" in form
    said = describe("en")["paths"]["/api/v1/posts/{post}/reports"]["post"]["description"]
    assert "my name and words" in said
    body = '{"why": "abuse", "words": "He asks for money."}'
    assert program_of(village.ben).send("POST", f"/posts/{post.pk}/reports", body).status_code == 200
    sol = add_steward()
    page = browser(sol).get(f"/inside/review/{village.ada.pk}/").content.decode()
    shown = program_of(sol).get(f"/review/{village.ada.pk}").json()
    assert "Ben" in page
    assert [each["by"] for each in shown["reported"][0]["reports"]] == ["Ben"]
    assert (shown["reported"][0]["topic_id"], shown["reported"][0]["number"]) == (None, None)


def test_the_list_of_an_ask_is_for_the_same_people_on_its_page(village: Village) -> None:
    topic, eve, sol = topic_in(space_for(village.ada), village.ada), join("eve"), add_steward()
    post = say(topic, village.ada, "When?")
    make_ask(post_id=post.pk, whom=Whom(), until=now() + timedelta(days=3), by=village.ada, at=now())
    for person, status in (
        (village.ada, 200),
        (sol, 200),
        (village.ben, 403),
        (eve, 403),
        (village.dov, 403),
    ):
        page = browser(person).get(f"/inside/posts/{post.pk}/ask/").status_code
        told = program_of(person).get(f"/posts/{post.pk}/ask/members").status_code
        assert told == status, person
        assert page == (404 if person == village.dov else status), person


def test_nobody_reads_their_own_case_or_appeal_on_a_page_or_by_the_api(village: Village) -> None:
    sol = add_steward()
    struck = Strike.objects.create(
        person=sol,
        kind="warning",
        why="abuse",
        message="Calm.",
        at=now(),
        expires_at=now() + timedelta(days=9),
    )
    make_appeal(strike_id=struck.pk, words="A joke.", by=sol, at=now())
    for person, status in ((sol, 404), (village.ada, 200)):
        assert browser(person).get(f"/inside/review/appeals/{struck.pk}/").status_code == status, person
        listed = program_of(person).get("/appeals").json()["items"]
        assert [each["strike_id"] for each in listed] == ([struck.pk] if status == 200 else []), person
        assert (f"/appeals/{struck.pk}/" in browser(person).get("/inside/review/").content.decode()) is (
            status == 200
        ), person
    assert program_of(sol).get(f"/review/{sol.pk}").status_code == 404
    assert browser(sol).get(f"/inside/review/{sol.pk}/").status_code == 404
