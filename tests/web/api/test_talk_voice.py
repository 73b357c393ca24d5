"""Whoever writes as the organisation is named to no member, whatever a program asks for."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings

from porch.community.membership.models import Member
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import STEWARD
from porch.conversation.posts.models import Post
from porch.conversation.topics.voices import Voice
from porch.people.identity.models import Person
from porch.people.tokens.scopes import offered_to
from porch.web.api.schema import describe
from tests.conversation.naming import findable
from tests.conversation.talk import space_for
from tests.notices.telling import hear
from tests.village import NOON, Village, browser
from tests.web.api.callers import Program, program_of
from tests.web.api.calls import PLACE, Call
from tests.web.api.talk_operations import TALK
from tests.web.api.talk_world import LATE, POSTS

# Nothing else has these numbers, so that they are found wherever they stand.
PERSON, MEMBER = 770_001, 880_001
OF_SOL = re.compile(rf"\bsol\b|(?<!\d)(?:{PERSON}|{MEMBER})(?!\d)", re.IGNORECASE)
NAME = str(settings.PORCH_NAME)
ORGANISATION = {"member_id": None, "name": NAME, "voice": "organisation"}
PLACES = {"space", "topic", *POSTS}
# What a plain member is refused.
REFUSED = {"list_cases": 403, "list_decisions": 403, "list_appeals": 403}
# What says who says it, in a word.
SAYS_WHO = ("list_topics", "list_latest", "search_posts", "list_notices")
READS = [each for each in TALK if each.method == "GET" and set(PLACE.findall(each.path)) <= PLACES]


def send(program: Program, method: str, path: str, body: object) -> Any:
    answer = program.send(method, path, json.dumps(body))
    assert answer.status_code in (200, 204), answer.text
    return answer.json() if answer.content else None


def steward() -> Person:
    """Let Sol in, with numbers of her own."""
    sol = Person(pk=PERSON, name="Sol", created_at=NOON)
    sol.set_unusable_password()
    sol.save(force_insert=True)
    member = Member(pk=MEMBER, person=sol, joined_at=NOON)
    member.save(force_insert=True)
    admit_founder(person=sol, at=NOON)
    role = Role.objects.get(key=STEWARD, circle__is_whole=True)
    RoleHolder.objects.create(role=role, member=member, given_at=NOON)
    findable()
    return sol


def speak(sol: Program, space: int) -> tuple[int, list[int]]:
    """Begin a topic as the organisation and answer in it; change one answer, delete one, and ask with another."""

    def say(path: str, **more: object) -> dict[str, Any]:
        body = {"source": "We bake on Monday, @Ben.", "as_organisation": True, **more}
        post: dict[str, Any] = send(sol, "POST", path, body)["post"]
        assert post["author"] == ORGANISATION
        return post

    topic = say(f"/spaces/{space}/topics", title="Ovens", tags=["Rye"])["topic_id"]
    answer, changed, gone, asks = (say(f"/topics/{topic}/posts", reply_to=1)["id"] for _ in range(4))
    send(sol, "PUT", f"/posts/{changed}", {"source": "We bake on Tuesday, or on Monday.", "edits": 0})
    send(sol, "PUT", f"/posts/{gone}/deletion", {"reason": "Twice."})
    send(sol, "POST", f"/posts/{asks}/ask", {"until": LATE.isoformat()})
    first = Post.objects.get(topic=topic, number=1).pk
    return topic, [first, answer, changed, gone, asks]


def take_part(ben: Person, topic: int, posts: list[int]) -> list[str]:
    """React, quote, answer, keep and report what the organisation said; give what one is answered."""
    program, said = program_of(ben), posts[0]
    form = browser(ben).post(f"/inside/topics/{topic}/posts/", {"quote": "2"}).content.decode()
    quoted = unescape(form.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0])
    assert f"[{NAME} #2]" in quoted
    done = (
        ("PUT", f"/posts/{said}/reactions/👍", None),
        ("PUT", f"/posts/{said}/bookmark", {"note": "Bake."}),
        ("POST", f"/topics/{topic}/posts", {"source": f"{quoted}\n\nWhy Monday?", "reply_to": 2}),
        ("PUT", f"/topics/{topic}/draft", {"source": quoted}),
        ("PUT", f"/topics/{topic}/level", {"level": "follow"}),
        ("POST", f"/posts/{said}/reports", {"why": "spam", "words": "Monday?"}),
    )
    return [json.dumps(send(program, *each)) for each in done]


@pytest.fixture
def there(village: Village) -> dict[str, Any]:
    space, sol = space_for(village.ada).pk, program_of(steward())
    topic, posts = speak(sol, space)
    hear()
    told = take_part(village.ben, topic, posts)
    hear()
    return {"space": str(space), "topic": str(topic), "posts": posts, "told": told}


@pytest.mark.parametrize("call", READS, ids=str)
def test_no_read_tells_a_member_who_it_was(call: Call, there: dict[str, Any], village: Village) -> None:
    program = program_of(village.ben)
    of_posts = set(PLACE.findall(call.path)) & set(POSTS)
    for post in there["posts"] if of_posts else there["posts"][:1]:
        ready = call.about(there | dict.fromkeys(POSTS, str(post)))
        ready = Call(ready.id, ready.method, ready.path.replace("oats", "monday"))
        answer = ready.send(program.client)
        assert answer.status_code == expected(call, post, there["posts"]), answer.text
        assert not OF_SOL.search(answer.text), answer.text
    if call.id in SAYS_WHO:
        assert NAME in answer.text


def expected(call: Call, post: int, posts: list[int]) -> int:
    _first, _answer, _changed, gone, asks = posts
    if call.id == "list_asked":
        return 403 if post == asks else 404
    if call.id in ("list_editions", "list_reactions") and post == gone:
        return 404
    return REFUSED.get(call.id, 200)


def test_nor_does_what_a_member_is_answered_who_takes_part(there: dict[str, Any]) -> None:
    assert [each for each in there["told"] if OF_SOL.search(each)] == []


def test_what_it_says_has_an_author_without_a_number(there: dict[str, Any], village: Village) -> None:
    program = program_of(village.ben)
    first, answer, changed, gone, asks = there["posts"]
    listed = {each["id"]: each for each in program.get(f"/topics/{there['topic']}/posts").json()["items"]}
    for post in (first, answer, changed, asks):
        shown = program.get(f"/posts/{post}").json()
        assert listed[post]["author"] == shown["author"] == ORGANISATION
        assert shown["is_mine"] is listed[post]["is_blocked"] is False
    assert listed[gone]["author"] is program.get(f"/posts/{gone}").json()["author"] is None
    for path in ("/topics", f"/spaces/{there['space']}/topics", "/search?q=ovens"):
        assert {each["author"] for each in program.get(path).json()["items"]} >= {NAME}, path


def test_a_search_by_her_name_finds_none_of_it(there: dict[str, Any], village: Village) -> None:
    program = program_of(village.ben)
    assert program.get("/search?q=monday+from:Sol").json()["items"] == []
    found = {each["id"] for each in program.get("/search?q=monday").json()["items"]}
    assert found > {there["posts"][0], there["posts"][1]}


def test_she_herself_is_seen_where_she_speaks_for_herself(there: dict[str, Any], village: Village) -> None:
    sol = program_of(Person.objects.get(pk=PERSON))
    post = send(sol, "POST", f"/topics/{there['topic']}/posts", {"source": "I bake."})["post"]
    assert post["author"] == {"member_id": MEMBER, "name": "Sol", "voice": "steward"}
    answer = program_of(village.ben).get(f"/posts/{post['id']}")
    assert len(OF_SOL.findall(answer.text)) == 2, "so it would be found elsewhere too"


@pytest.mark.parametrize("where", ["/spaces/{space}/topics", "/topics/{topic}/posts"])
def test_a_plain_member_does_not_speak_for_all(where: str, there: dict[str, Any], village: Village) -> None:
    before = Post.objects.count()
    body = {"source": "We are sorry.", "as_organisation": True}
    if where.startswith("/spaces"):
        body["title"] = "Sorry"
    answer = program_of(village.ben).send("POST", where.format_map(there), json.dumps(body))
    assert (answer.status_code, answer.json()["code"]) == (403, "not-your-voice")
    assert Post.objects.count() == before


@pytest.mark.parametrize(
    "where", ["/spaces/{space}/topics", "/topics/{topic}/posts", "/spaces/{space}/polls"]
)
def test_a_token_for_ones_own_name_does_not_speak_for_all(where: str, there: dict[str, Any]) -> None:
    before = Post.objects.count()
    sol = Person.objects.get(pk=PERSON)
    body = {"source": "We are sorry.", **({"title": "Sorry"} if where.startswith("/spaces") else {})}
    if where.endswith("/polls"):
        body["options"] = ["Yes", "No"]
    program = program_of(sol, "talk:read", "talk:write")
    answer = program.send("POST", where.format_map(there), json.dumps(body | {"as_organisation": True}))
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient-scope")
    assert 'scope="talk:speak"' in answer.headers["WWW-Authenticate"]
    assert Post.objects.count() == before
    send(program, "POST", where.format_map(there), body)
    assert Post.objects.latest("pk").voice == Voice.STEWARD


def test_nor_does_it_change_what_all_said(there: dict[str, Any]) -> None:
    sol, post = Person.objects.get(pk=PERSON), there["posts"][1]
    change = json.dumps({"source": "Never.", "edits": 0})
    answer = program_of(sol, "talk:read", "talk:write").send("PUT", f"/posts/{post}", change)
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient-scope")
    assert Post.objects.get(pk=post).edits == 0
    send(program_of(sol, "talk:write", "talk:speak"), "PUT", f"/posts/{post}", {"source": "No.", "edits": 0})
    assert Post.objects.get(pk=post).edits == 1


def test_the_scope_is_offered_to_those_who_may_speak_and_described(
    there: dict[str, Any], village: Village
) -> None:
    names = [{each.name for each in offered_to(each)} for each in (PERSON, village.ben.pk)]
    assert ["talk:speak" in each for each in names] == [True, False]
    said = describe("en")
    asked = {each["operationId"]: each for path in said["paths"].values() for each in path.values()}
    speaking = [each for each in asked.values() if "as_organisation" in fields_of(said, each)]
    assert len(speaking) == 3
    for each in [*speaking, said["paths"]["/api/v1/posts/{post}"]["put"]]:
        assert each["security"] == [{"token": ["talk:write"]}, {"token": ["talk:write", "talk:speak"]}]
    assert "as the organisation <code>talk:speak</code>" in browser().get("/api/v1/").content.decode()


def fields_of(said: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    """Name the fields that the body of an operation may have."""
    content = operation.get("requestBody", {}).get("content", {})
    name = content.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
    return set(said["components"]["schemas"].get(name, {}).get("properties", ()))
