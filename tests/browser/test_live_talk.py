"""What is said while somebody looks: the page that was open all the time is the page that is opened now."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, open_page

pytestmark = pytest.mark.browser

BEGIN = """
from porch.community.roles.founding import admit_founder
from porch.conversation.answers.actions import *
from porch.conversation.posts.changing import *
from porch.conversation.posts.writing import *
from porch.conversation.spaces.actions import *
from porch.conversation.spaces.terms import SpaceTerms
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import *
from porch.kit.time import now
from porch.people.identity import operators
from porch.people.identity.models import Person
owner = Person.objects.order_by("pk").first()
ben = Person.objects.filter(name="Ben Live").first()
if ben is None:
    ben = operators.add_person(address="ben-live@example.org", name="Ben Live", at=now())
    admit_founder(person=ben, at=now())
"""
MAKE = """
from porch.people.identity.actions import issue_sign_in_link
s = make_space(terms=SpaceTerms(name="Live talk", shape={shape!r}), by=owner, at=now())
if {shape!r} == "room":
    t = Topic.objects.get(space=s).pk
else:
    t = begin_topic(space_id=s.pk, title="Live", source="Which?", by=ben, at=now(), kind="question").topic_id
print(t, s.slug, issue_sign_in_link(person=ben, at=now()))
"""
# The posts as they are, without what is each page's own: the token of its forms.
LIST = """() => [...document.querySelectorAll("#posts > .post, #topic-head")].map(
  (each) => each.outerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, ""))"""


def do(house: House, code: str) -> list[str]:
    """Do something as another server would, and give what it printed last."""
    ran = house.server.run("manage", "shell", "-v", "0", "-c", BEGIN + code)
    return ran.stdout.strip().splitlines()[-1].split() if ran.stdout.strip() else []


def made(house: House, page: Page, shape: str) -> tuple[str, str]:
    """Make a space, have Ben come in on a page, and give the numbers of the topic and the name of the space."""
    topic, slug, link = do(house, MAKE.format(shape=shape))
    page.goto(f"/sign-in/link/{link}/")
    page.click("main button")
    page.wait_for_load_state()
    return topic, slug


def equals_a_fresh_one(page: Page, path: str) -> bool:
    there = page.evaluate(LIST)
    fresh = page.context.new_page()
    open_page(fresh, path)
    now_there = fresh.evaluate(LIST)
    fresh.close()
    assert there == now_there
    return True


def test_what_is_told_to_open_pages_makes_them_what_fresh_ones_are(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit() as bens, house.visit(signed_in=True) as owners:
        topic, _slug = made(house, bens, "topics")
        path = f"/inside/topics/{topic}/"
        for page in (bens, owners):
            open_page(page, path)
        do(
            house,
            f"""
write_post(topic_id={topic}, source="Rye, **of course**.", by=ben, at=now())
write_post(topic_id={topic}, source="```\\nx = 1\\n```", by=owner, at=now(), reply_to=1)
p = write_post(topic_id={topic}, source="Spelt? the secret word", by=ben, at=now())
""",
        )
        for page in (bens, owners):
            expect(page.locator("#p4")).to_contain_text("Spelt?")
            assert equals_a_fresh_one(page, path)
        expect(owners.locator("#posts-voice")).to_have_text("New post by Ben Live")
        do(
            house,
            f"""
of = lambda n: Post.objects.get(topic_id={topic}, number=n).pk
edit_post(post_id=of(2), source="Wheat.", edits=0, by=ben, at=now())
choose_answer(topic_id={topic}, number=2, by=ben, at=now())
choose_answer(topic_id={topic}, number=3, by=ben, at=now())
delete_post(post_id=of(4), by=ben, at=now())
""",
        )
        for page in (bens, owners):
            expect(page.locator("#p4")).to_contain_text("was deleted")
            assert "secret word" not in page.content()
            expect(page.locator("#p3.is-answer")).to_be_visible()
            assert equals_a_fresh_one(page, path)
        expect(bens.locator("#p4").get_by_role("link", name="Restore")).to_be_visible()
        do(
            house,
            f"""
of = lambda n: Post.objects.get(topic_id={topic}, number=n).pk
restore_post(post_id=of(4), by=ben, at=now())
delete_post(post_id=of(3), by=owner, at=now(), reason="Off the point")
rename_topic(topic_id={topic}, title="Another name", by=owner, at=now())
""",
        )
        for page in (bens, owners):
            expect(page.get_by_role("heading", name="Another name")).to_be_visible()
            expect(page.locator("#p4")).to_contain_text("Spelt?")
            assert equals_a_fresh_one(page, path)


def test_a_page_that_missed_what_was_said_catches_up(house: House) -> None:
    with house.visit() as page:
        topic, _slug = made(house, page, "topics")
        path = f"/inside/topics/{topic}/"
        page.route(
            "**/live/**",
            lambda route: route.fulfill(content_type="text/event-stream", body="event: stale\ndata: \n\n"),
            times=1,
        )
        with page.expect_request("**/live/**"):
            page.goto(path)
        do(house, f"for n in range(40): write_post(topic_id={topic}, source=str(n), by=owner, at=now())")
        expect(page.locator("#p41")).to_be_attached()
        assert page.evaluate("[...document.querySelectorAll('#posts > .post')].map((p) => p.id)") == [
            f"p{n}" for n in range(1, 42)
        ]
        read = "1"
        for _ in range(20):
            # What came onto the screen counts a moment later.
            page.wait_for_timeout(500)
            before, (read,) = read, do(house, READ.format(topic=topic))
            if read == before != "1":
                break
        assert 1 < int(read) < 20, "what was not on the screen is not read"
        page.locator("#p41").scroll_into_view_if_needed()
        page.wait_for_timeout(1_000)
        assert do(house, READ.format(topic=topic)) == [read], "nor what comes after it"


READ = """
from porch.conversation.reading.models import Reading
print(Reading.objects.get(member__person=ben, topic_id={topic}).number)
"""


def test_a_room_is_talked_in_without_leaving_the_page(house: House) -> None:
    with house.visit() as page:
        topic, slug = made(house, page, "room")
        open_page(page, f"/inside/spaces/{slug}/")
        expect(page.get_by_text("Nothing was said yet")).to_be_visible()
        field = page.get_by_label("Your message")
        field.fill("Good **morning**")
        field.press("Shift+Enter")
        field.press_sequentially("all")
        field.press("Enter")
        expect(page.locator("#p1 strong")).to_have_text("morning")
        expect(field).to_have_value("")
        field.fill("And again")
        field.press("Enter")
        expect(page.locator("#p2.follows")).to_contain_text("And again")
        do(house, f"write_post(topic_id={topic}, source='Hello Ben', by=owner, at=now())")
        expect(page.locator("#p3:not(.follows)")).to_contain_text("Hello Ben")
        page.locator("#p3").hover()
        page.locator("#p3").get_by_role("button", name="Reply").click()
        expect(page.get_by_text("You reply to #3")).to_be_visible()
        field.fill("Yes")
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#p4")).to_contain_text("reply to #3")
        assert equals_a_fresh_one(page, f"/inside/spaces/{slug}/")
        page.wait_for_timeout(1_000)
        assert do(house, READ.format(topic=topic)) == ["4"]
        field.fill("<b></b>\u200b")
        page.route("**/posts/*", lambda route: route.abort(), times=1)
        field.press("Enter")
        expect(page.get_by_text("It was not sent.")).to_be_visible()
        expect(field).to_have_value("<b></b>\u200b")
    house.complaints[:] = [each for each in house.complaints if "ERR_FAILED" not in each]


def test_keys_go_from_post_to_post_and_can_be_switched_off(house: House) -> None:
    with house.visit() as page:
        topic, slug = made(house, page, "topics")
        do(house, f"write_post(topic_id={topic}, source='One', by=owner, at=now())")
        open_page(page, f"/inside/topics/{topic}/?page=1")
        page.keyboard.press("j")
        expect(page.locator("#p1")).to_be_focused()
        page.keyboard.press("j")
        expect(page.locator("#p2")).to_be_focused()
        page.keyboard.press("k")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_label("Use these keys in this browser").uncheck()
        page.keyboard.press("Escape")
        page.locator("#p1").focus()
        page.keyboard.press("j")
        expect(page.locator("#p2")).not_to_be_focused()
        page.get_by_role("button", name="Keys").click()
        page.get_by_label("Use these keys in this browser").check()
        page.keyboard.press("Escape")
        page.get_by_label("Your post").fill("jku")
        expect(page.get_by_label("Your post")).to_have_value("jku")
        page.get_by_label("Your post").fill("")
        page.locator("#p1").evaluate("(each) => { each.tabIndex = -1; each.focus(); }")
        page.keyboard.press("u")
        page.wait_for_url(f"**/inside/spaces/{slug}/")


SAYS = """
from porch.community.membership.models import Member
from porch.conversation.blocks.actions import block
eve = operators.add_person(address="eve-live@example.org", name="Eve Live", at=now())
admit_founder(person=eve, at=now())
if {blocked}:
    block(member_id=Member.objects.get(person=eve).pk, by=ben, at=now())
print(Member.objects.get(person=eve).pk)
"""


def test_what_comes_in_from_somebody_blocked_is_folded(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit() as page:
        topic, _slug = made(house, page, "topics")
        do(house, SAYS.format(blocked=True))
        open_page(page, f"/inside/topics/{topic}/")
        eve = 'Person.objects.filter(name="Eve Live").first()'
        do(house, f'p = write_post(topic_id={topic}, source="Hidden words", by={eve}, at=now())')
        fold = page.locator("#p2 > details.fold")
        expect(fold.locator("summary")).to_have_text("Somebody you blocked wrote this. Show it")
        expect(page.get_by_text("Hidden words")).not_to_be_visible()
        assert equals_a_fresh_one(page, f"/inside/topics/{topic}/")
        fold.locator("summary").click()
        expect(page.get_by_text("Hidden words")).to_be_visible()
        # What whoever looks has opened stays open when it changes.
        do(
            house,
            f"from porch.conversation.posts.models import Post\np = Post.objects.get(topic={topic}, number=2)\n"
            f'edit_post(post_id=p.pk, source="Other words", edits=0, by={eve}, at=now())',
        )
        expect(page.get_by_text("Other words")).to_be_visible()


def test_the_organisation_comes_in_under_its_name(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit() as page:
        topic, _slug = made(house, page, "topics")
        open_page(page, f"/inside/topics/{topic}/")
        do(
            house,
            f'write_post(topic_id={topic}, source="From all of us", by=owner, at=now(), as_organisation=True)',
        )
        expect(page.locator("#p2 .badge")).to_have_text("Organisation")
        assert equals_a_fresh_one(page, f"/inside/topics/{topic}/")


def test_in_a_room_one_speaks_as_the_organisation_once(house: House) -> None:
    with house.visit(signed_in=True) as page:
        _topic, slug, _link = do(house, MAKE.format(shape="room"))
        open_page(page, f"/inside/spaces/{slug}/")
        field, box = page.get_by_label("Your message"), page.get_by_label("Post as")
        box.check()
        field.fill("From all of us")
        field.press("Enter")
        expect(page.locator("#p1 .badge")).to_have_text("Organisation")
        expect(box).not_to_be_checked()
        field.fill("And from me")
        field.press("Enter")
        expect(page.locator("#p2")).to_contain_text("And from me")
        expect(page.get_by_text("Organisation", exact=True)).to_have_count(1)
