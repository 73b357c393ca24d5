"""Canaries (C9, B18): every string on the bounded side has a mark, and nothing that outsiders are answered holds it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from porch.audience.articles.actions import publish_article
from porch.conversation.topics.models import Topic
from porch.engine.outbox.models import Delivery
from porch.people.delivery.stopping import stop_token
from porch.people.identity.models import Person
from porch.people.opt_in.actions import ask_for_consent
from tests.laws.addresses import addresses
from tests.people.mails import token_in
from tests.proof.conftest import GLASS, INSIDE
from tests.proof.crawl import VARIABLE, Answer, Crawl, answered, asking, filled, leak, plain, values
from tests.proof.talking import Said
from tests.proof.world import People
from tests.village import NOON, add_person, browser

World = tuple[People, dict[str, Said]]
# Pages, answers for programs, lines and parts of pages.
ASKING = [{"accept": "application/json"}, {"accept": "text/event-stream"}, {"Porch-Fragment": "posts"}]
# Where what is said in glass may be read; its pictures stand in files.
OF_GLASS = re.compile(r"/(glass/|files/|: |\?)")
# Stands in what is said inside, and is no mark: whoever asks by a mark is told it again.
SAID = "reply"
SEARCHES = [f"/inside/search/?q={SAID}", f"/?q={SAID}"]


def outsiders() -> list[Person | None]:
    """Give a stranger, who may have left an address, and somebody who has an account alone."""
    return [None, add_person("dee")]


def links_of_a_reader() -> list[str]:
    """Give the addresses in the letters that somebody gets who only left an address."""
    ask_for_consent(address="reader@example.com", purpose="news", wording=1, source="test", at=NOON)
    asked = token_in(Delivery.objects.get(to_address="reader@example.com"))
    return [f"/consents/{asked}/", f"/stop/{stop_token('address:reader@example.com', 'news')}/"]


def told(crawl: Crawl) -> list[str]:
    """Give what outsiders are told that they may not be."""
    return [*crawl.marked(INSIDE), *(each for each in crawl.marked(GLASS) if not OF_GLASS.match(each))]


def test_nobody_outside_is_answered_with_anything_of_inside(world: World) -> None:
    people, _said = world
    publish_article(title="For all", source="Said to **anyone**.", by=people.ada, at=NOON)
    starts = [path for path, _ in filled()] + links_of_a_reader()
    starts += ["/", *SEARCHES, "/sign-in/?next=/inside/"]
    starts += ["/robots.txt", "/sitemap.xml", "/feed/", "/favicon.ico"]
    for person in outsiders():
        client = browser(person)
        crawl = Crawl(asking(client)).walk(starts)
        assert told(crawl) == []
        assert len(crawl.seen) > 1_000
        assert any("For all" in each.body for each in crawl.seen.values())
        assert any(
            GLASS in each.body for path, each in crawl.seen.items() if path.startswith("/glass/topics/")
        )
        for headers in ASKING:
            few = Crawl(asking(client, **headers)).walk(path for path, _ in filled(2))
            assert told(few) == [], headers
        for method in ("POST", "PUT"):
            sent = Crawl(sending(person, method))
            sent.seen |= {path: sent.get(path) for path, _ in filled(1)}
            assert told(sent) == [], method
        assert person is None or again(person).get("/account/").status_code == 200, "dee is still there"


def sending(person: Person | None, method: str) -> Callable[[str], Answer]:
    """Send nothing, with a new browser each time: an address may sign out whoever sends something to it."""
    return lambda path: answered(again(person).generic(method, path))


def again(person: Person | None) -> Client:
    """Give a browser of somebody who may just have been signed out everywhere."""
    return browser(person and Person.objects.get(pk=person.pk))


def test_what_is_there_is_answered_like_what_is_not(world: World) -> None:
    _people, said = world
    open_to_all = {f"/glass/{said['glass'].space.slug}/", *glass_topics(said)}
    for person in outsiders():
        get = asking(browser(person))
        for path, nowhere in filled(5):
            there = get(path)
            if path == nowhere or path in open_to_all or (path.startswith("/files/") and there.status == 200):
                continue
            assert plain(path, there) == plain(nowhere, get(nowhere)), path


def glass_topics(said: dict[str, Said]) -> set[str]:
    topics = Topic.objects.filter(space=said["glass"].space)
    return {f"/glass/topics/{pk}/" for pk in topics.values_list("pk", flat=True)}


def test_a_member_does_find_the_marks(world: World) -> None:
    people, _said = world
    crawl = Crawl(asking(browser(people.ben))).walk(["/inside/", "/inside/spaces/", *SEARCHES])
    kinds = {re.sub(r"\d+", "1", each.partition(":")[0]) for each in crawl.marked(INSIDE)}
    assert {"/inside/", "/inside/topics/1/", "/inside/direct/", "/inside/members/1/", SEARCHES[0]} <= kinds
    # And the world has something for every address that names what was said.
    there = values()
    assert [name for name, found in there.items() if not found] == []
    named = {":".join(found) for each in addresses() for found in VARIABLE.findall(each.path)}
    assert {name for name in there if name not in named} == set(), "no address has it any more"


PLANTED = {
    "body": Answer(200, "", f"<p>{INSIDE} bread</p>"),
    "capitals": Answer(200, "", INSIDE.upper()),
    "entity": Answer(200, "", f"&#{ord(INSIDE[0])};{INSIDE[1:]}"),
    "header": Answer(204, f"X-Space: {INSIDE}", ""),
    "redirect": Answer(302, f"Location: /inside/spaces/{INSIDE}/", ""),
    "quoted": Answer(302, f"Location: /x/?name=%{ord(INSIDE[0]):x}{INSIDE[1:]}", ""),
    "error": Answer(403, "", f"Only members of {INSIDE} circle may"),
    "document": Answer(200, "", f'{{"title": "{INSIDE}"}}'),
    "card": Answer(200, "", f'<meta content="{INSIDE}" property="og:title">'),
}


@pytest.mark.parametrize("how", PLANTED)
def test_a_planted_leak_is_found_where_only_a_link_leads(how: str) -> None:
    pages = {
        "/": Answer(200, "", '<a href="/one/">'),
        "/one/": Answer(302, "Location: /two/", ""),
        "/two/": PLANTED[how],
    }
    crawl = Crawl(lambda path: pages.get(path, Answer(404, "", ""))).walk(["/"])
    assert [each.partition(":")[0] for each in crawl.marked(INSIDE)] == ["/two/"]


def test_whoever_asks_by_a_name_is_told_it_again_and_that_is_no_leak() -> None:
    path = f"/inside/spaces/{INSIDE}/?q={INSIDE}%20x"
    assert leak(INSIDE, path, Answer(302, f"Location: /sign-in/?next={path}", f"Nothing at {path}")) == ""
    assert leak(INSIDE, "/inside/", Answer(302, f"Location: /sign-in/?next={path}", ""))


def test_an_answer_that_says_that_something_is_there_is_told_apart() -> None:
    gone, shut = Answer(404, "", "There is nothing at /a/1/."), Answer(404, "", "There is nothing at /a/2/.")
    assert plain("/a/1/", gone) == plain("/a/2/", shut)
    assert plain("/a/1/", gone) != plain("/a/2/", Answer(403, "", shut.body))
    assert plain("/a/1/", gone) != plain("/a/2/", Answer(404, "", "For members. There is nothing at /a/2/."))
