"""What members read all day, in the reference: a topic and a space."""

import secrets

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tests.bench.reference import statements as talk
from tests.bench.reference.shell import db, env, instant, page_for, who_asks

topic_page = env.get_template("conversation/topics/topic.html")
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
        talk.Post(*each[:4], instant(each[4]), *each[5:], each[8] is not None, ())
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
        talk.Line(*each[:5], instant(each[5]), *each[6:], each[4] - (each[9] or 0))
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
