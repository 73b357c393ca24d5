"""Lists that are open while something is said: they say so, move nothing, and show it when they are asked."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, open_page
from tests.browser.test_live_talk import do, made

pytestmark = pytest.mark.browser

ROWS = """() => [...document.querySelectorAll('.rows > li')].map(
  (each) => [each.innerText, each.getBoundingClientRect().top])"""
FOLLOW = """
from porch.conversation.reading.actions import choose_level
choose_level(topic_id={topic}, level="follow", by=ben, at=now())
"""
IMPORT = "from porch.conversation.posts.models import Post\n"
COUNTS = "() => [...document.querySelectorAll('[data-space]')].map((each) => each.innerText)"


def write(house: House, topic: str, by: str, times: int = 1) -> None:
    do(house, f"for n in range({times}): write_post(topic_id={topic}, source=str(n), by={by}, at=now())")


def listened(page: Page, path: str) -> None:
    """Open a page, and wait until it listens."""
    with page.expect_request("**/live/**"):
        open_page(page, path)
    page.wait_for_timeout(300)


def test_the_list_of_a_space_counts_what_came_and_moves_nothing(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit() as bens:
        topic, slug = made(house, bens, "topics")
        listened(bens, f"/inside/spaces/{slug}/")
        before = bens.evaluate(ROWS)
        line = bens.locator("[data-told]")
        write(house, topic, "ben")
        write(house, topic, "owner")
        expect(line).to_contain_text("1 new topic or reply")
        do(
            house,
            f"s = Topic.objects.get(pk={topic}).space_id\n"
            "begin_topic(space_id=s, title='Another', source='Yes?', by=owner, at=now())",
        )
        expect(line).to_contain_text("2 new topics or replies")
        assert bens.evaluate(ROWS) == before, "nothing moves under the eyes of whoever reads"
        expect(bens.locator(".news [aria-live=polite]")).to_have_text("2 new topics or replies")
        line.get_by_role("link", name="Show").click()
        expect(bens.locator(".topic-row").first).to_contain_text("Another")
        expect(bens.locator("[data-told]")).to_be_hidden()


def test_what_is_deleted_counts_no_more(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit() as bens:
        topic, slug = made(house, bens, "topics")
        write(house, topic, "owner")
        listened(bens, f"/inside/spaces/{slug}/")
        delete = (
            f"p = Post.objects.get(topic={topic}, number={{}}).pk\ndelete_post(post_id=p, by=owner, at=now())"
        )
        write(house, topic, "owner", 2)
        line = bens.locator("[data-told]")
        expect(line).to_contain_text("2 new topics or replies")
        do(house, IMPORT + delete.format(2))
        do(house, IMPORT + delete.format(3))
        expect(line).to_contain_text("1 new topic or reply")
        do(house, IMPORT + delete.format(4))
        expect(line).to_be_hidden()


def test_a_list_that_missed_much_catches_up(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit() as bens:
        topic, slug = made(house, bens, "topics")
        bens.route(
            "**/live/**",
            lambda route: route.fulfill(content_type="text/event-stream", body="retry: 100\n\n"),
            times=1,
        )
        listened(bens, f"/inside/spaces/{slug}/")
        write(house, topic, "owner", 3)
        expect(bens.locator("[data-told]")).to_contain_text("3 new topics or replies")


def test_the_list_of_spaces_counts_as_a_fresh_one_does(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit() as bens:
        topic, _slug = made(house, bens, "topics")
        listened(bens, "/inside/spaces/")
        write(house, topic, "owner")
        number = do(house, f"print(Topic.objects.get(pk={topic}).space_id)")[0]
        row = bens.locator(f"[data-space='{number}']")
        expect(row).to_contain_text("1 new", timeout=15_000)
        there = bens.evaluate(COUNTS)
        open_page(bens, "/inside/spaces/")
        assert there == bens.evaluate(COUNTS)


def test_the_bell_and_the_notices_follow_what_was_read_elsewhere(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit() as bens:
        topic, _slug = made(house, bens, "topics")
        do(house, FOLLOW.format(topic=topic))
        open_page(bens, "/inside/notices/")
        number = bens.locator(".bell [data-waiting]")
        before = int(number.get_attribute("data-waiting") or 0)
        write(house, topic, "owner", 2)
        expect(number).to_have_attribute("data-waiting", str(before + 2), timeout=15_000)
        expect(bens.locator("[data-told]")).to_contain_text("Your notices have changed")
        elsewhere = bens.context.new_page()
        open_page(elsewhere, f"/inside/topics/{topic}/")
        bens.bring_to_front()
        expect(number).to_have_attribute("data-waiting", str(before), timeout=15_000)
        expect(bens.locator("[data-told]")).to_be_hidden()
        elsewhere.close()
