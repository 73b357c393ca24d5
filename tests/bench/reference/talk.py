"""What members do all day, in the reference: read a topic and a space, search, and answer.

What a post says is rendered, told apart into words and shown with marks by the functions that Porch has for it: they
are the work itself, and not what is measured here.

An answer does what any server has to do of which the same is wanted, each in plain SQL: the token of the form is held
against that of the cookie; whoever writes is present and reaches the topic; a key that was sent before writes
nothing; a silence and the limits of newcomers hold; the post, its words for the search, the numbers on the topic
and the space, how far its writer has read, and the fact are written in one transaction, in a database that
holds its own references; and the draft of what was posted is dropped.
"""

import hmac
import json
import re
import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from porch.conversation.search.asking import Term
from porch.conversation.search.showing import excerpt, marked
from porch.conversation.search.words import words_of
from porch.kit.markdown import render
from tests.bench.reference import statements as talk
from tests.bench.reference.shell import STRANGER, db, env, instant, page_for, who_asks

MENTION = re.compile(r'<a href="/[^"]{1,200}" class="mention">([^<]*)</a>')

topic_page = env.get_template("conversation/topics/topic.html")
glass_page = env.get_template("public/glass/topic.html")
search_page = env.get_template("conversation/search/search.html")
space_page = env.get_template("conversation/spaces/space.html")


def show_topic(request: Request) -> Response:
    person = who_asks(request)
    if person is None:
        return RedirectResponse("/sign-in/")
    values = {"topic": request.path_params["topic"], "person": person.pk}
    row = db.execute(talk.TOPIC, values).fetchone()
    topic = talk.Topic(*row, row[7] is None and row[12] is None)
    page = min(topic.seen // 30, (topic.posts - 1) // 30) + 1
    posts = [
        talk.Post(*each[:4], instant(each[4]), *each[5:], each[8] is not None, (), each[3], False)
        for each in db.execute(
            talk.POSTS,
            {"topic": topic.id, "after": (page - 1) * 30, "person": person.pk, "member": topic.member},
        )
    ]
    shown, headers = page_for(f"/inside/topics/{topic.id}/", person, request.cookies["porch"])
    html = topic_page.render(
        topic=topic,
        posts=posts,
        page=page,
        last=(topic.posts - 1) // 30 + 1,
        earlier=None,
        later=None,
        replied_to=None,
        source="",
        preview="",
        refusal=None,
        sent_as=secrets.token_urlsafe(16),
        told="",
        transfer=None,
        silence=None,
        read_to=topic.posts,
        follows=(),
        may_manage=False,
        talk=None,
        poll=None,
        poll_refusal=None,
        asks={},
        at_hand=("👍", "❤️", "🎉", "😄", "🤔", "👀"),
        draft=False,
        version=0,
        **shown,
    )
    return HTMLResponse(html, headers=headers)


def show_space(request: Request) -> Response:
    person = who_asks(request)
    if person is None:
        return RedirectResponse("/sign-in/")
    row = db.execute(talk.SPACE, {"slug": request.path_params["space"], "person": person.pk}).fetchone()
    space = talk.Space(*row, True)
    topics = [
        talk.Line(
            *each[:5],
            instant(each[5]),
            *each[6:],
            0 if each[9] is None and each[5] < each[14] else each[4] - (each[9] or 0),
            each[10] == "mute" or (each[15] == "mute" and each[10] not in ("follow", "track")),
        )
        for each in db.execute(talk.TOPICS, {"space": space.id, "person": person.pk})
    ]
    keepers = [name for (name,) in db.execute(talk.KEEPERS)]
    shown, headers = page_for(f"/inside/spaces/{space.slug}/", person, request.cookies["porch"])
    html = space_page.render(
        space=space,
        topics=topics[:30],
        keepers=keepers,
        told="",
        newer="",
        older="",
        heartbeats=[],
        **shown,
    )
    return HTMLResponse(html, headers=headers)


def show_glass_topic(request: Request) -> Response:
    """Show a topic of a space of glass to anyone."""
    row = db.execute(talk.GLASS_TOPIC, (request.path_params["topic"],)).fetchone()
    topic = talk.GlassTopic(*row, row[2])
    posts = [
        talk.GlassPost(
            *each[:2],
            instant(each[2]),
            *each[3:],
            MENTION.sub(r'<span class="mention">\1</span>', each[3]),
            each[1],
            False,
        )
        for each in db.execute(talk.GLASS_POSTS, (topic.id, 0))
    ]
    shown, headers = page_for(f"/glass/topics/{topic.id}/", STRANGER)
    older = "?page=2" if topic.posts > 30 else ""
    html = glass_page.render(topic=topic, posts=posts, newer="", older=older, **shown)
    return HTMLResponse(html, headers=headers)


def show_search(request: Request) -> Response:
    """Find a page of posts by one word."""
    person = who_asks(request)
    if person is None:
        return RedirectResponse("/sign-in/")
    typed = request.query_params["q"]
    word = typed.lower()
    terms = [Term((word,))]
    found: list[talk.Found] = []
    for match in (f'"={word}"', f'("{word}") NOT ("={word}")'):
        for each in db.execute(talk.FOUND, {"match": match, "person": person.pk}):
            found.append(talk.Found(*each[:2], instant(each[2]), *each[3:], each[4]))
    here = "/inside/search/?" + urlencode({"q": typed})
    shown, headers = page_for("/inside/search/", person, request.cookies["porch"])
    html = search_page.render(
        typed=typed,
        hits=[
            talk.Hit(each, marked(each.topic__title, terms), excerpt(each.html, terms)) for each in found[:20]
        ],
        problems=[],
        seeks=True,
        lacks_words=False,
        is_looking=False,
        is_newest=True,
        tabs=[here, here + "&what=people"],
        sorts=[here, here + "&sort=oldest"],
        here=here,
        first="",
        next=f"{here}&on={'t' * (found[19].topic__title.lower().find(word) >= 0)}{found[19].id}"
        if len(found) > 20
        else "",
        **shown,
    )
    return HTMLResponse(html, headers=headers)


async def answer(request: Request) -> Response:
    """Take an answer in."""
    body = await request.body()
    return await run_in_threadpool(write, request, body)


def write(request: Request, body: bytes) -> Response:
    """Render what somebody wrote, write it with all its numbers, and note the fact."""
    person = who_asks(request)
    if person is None:
        return RedirectResponse("/sign-in/")
    given = {name: each[0] for name, each in parse_qs(body.decode()).items()}
    is_ours = hmac.compare_digest(given["csrfmiddlewaretoken"], request.cookies["porch-csrf"])
    if not is_ours or db.execute(talk.IS_PRESENT, (person.pk,)).fetchone() is None:
        return Response(status_code=403)
    rendered = render(given["source"], home="http://localhost:8000")
    topic, at = request.path_params["topic"], datetime.now(UTC)
    text = str(at)[:26]
    db.execute("BEGIN IMMEDIATE")
    held = db.execute(talk.HELD, {"topic": topic, "person": person.pk}).fetchone()
    before = db.execute(talk.SENT_BEFORE, (person.pk, given["sent_as"])).fetchone()
    if held is None or before is not None:
        db.execute("ROLLBACK")
        return Response(status_code=409)
    if not may_write(person.pk, at, tends=held[4], slow=held[5]):
        db.execute("ROLLBACK")
        return Response(status_code=403)
    space, number, member = held[0], held[1] + 1, held[3]
    last = max(text, held[2])
    db.execute(talk.COUNT_ON_TOPIC, (number, last, topic))
    post = db.execute(
        talk.ADD_POST,
        (
            *(topic, number, person.pk, text, rendered.source, rendered.html, rendered.version),
            *(given["sent_as"], 1 if held[4] else 0),
        ),
    ).lastrowid
    db.execute(talk.ADD_ENTRY, (post, words_of("", rendered.html, space)))
    db.execute(talk.READ_ON, (member, topic, number, text))
    db.execute(talk.COUNT_ON_SPACE, {"at": last, "space": space})
    ids = {"post_id": post, "topic_id": topic, "space_id": space, "number": number, "member_id": member}
    ids |= {"parent_post_id": None, "target_member_id": None, "as_organisation": False}
    db.execute(talk.NOTE, (int(at.timestamp() * 1e6), json.dumps(ids)))
    db.execute("COMMIT")
    db.execute(talk.DROP_DRAFT, (person.pk, topic, rendered.source))
    page = (number - 1) // 30 + 1
    return RedirectResponse(f"/inside/topics/{topic}/?page={page}#p{number}", status_code=302)


def may_write(person: int, at: datetime, *, tends: int, slow: int) -> bool:
    """Say whether somebody may write one more post now: not silenced, and within the limits of how they stand."""
    values = {"person": person, "at": str(at)[:26], "since": str(at - timedelta(days=90))[:26]}
    joined, is_known, stood, read, upheld, silenced = db.execute(talk.STANDING, values).fetchone()
    if silenced is not None:
        return False
    if tends:
        return True
    days = (at - instant(joined)).days
    is_trusted = upheld < 1 and (is_known or (days >= 30 and stood >= 20 and read >= 20))
    is_new = upheld >= 3 or not (is_known or (days >= 3 and stood >= 3 and read >= 3))
    most = 5 if is_new else 200 if is_trusted else 40
    spans = [(most, timedelta(hours=1)), *([(1, timedelta(seconds=slow))] if slow else [])]
    written = [
        (count, db.execute(talk.WRITTEN_SINCE, (person, str(at - span)[:26])).fetchone()[0])
        for count, span in spans
    ]
    return all(found < count for count, found in written)
