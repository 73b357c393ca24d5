"""The page of all members says by what it is filtered, and takes each part off again."""

from html import unescape

from porch.community.joining.models import Way
from tests.community.profiles.asking import member_of
from tests.community.requests.wishes import make_circle
from tests.village import Village, browser


def test_each_filter_in_use_is_shown_and_can_be_taken_off(village: Village) -> None:
    circle = make_circle("bakers", village.ben)
    ada = browser(village.ada)
    page = unescape(ada.get(f"/inside/members/?name=Be&circle={circle.pk}&way={Way.FOUNDED}").text)
    assert "Circle: Bakers" in page
    assert "Name: Be" in page
    assert f"Way in: {Way.FOUNDED.label}" in page
    assert f'href="/inside/members/?name=Be&way={Way.FOUNDED}"' in page, "without the circle"
    alone = unescape(ada.get("/inside/members/?name=Be").text)
    assert 'aria-label="Take off Name: Be"' in alone
    assert "Filters in use" not in ada.get("/inside/members/").text


def test_what_a_form_makes_up_is_no_number(village: Village) -> None:
    make_circle("bakers")
    ada, ben = browser(village.ada), member_of(village.ben)
    for number in ("²", "-1", "1" * 19, "x"):
        assert ada.post("/inside/members/placing/", {"to": number, "member": str(ben.pk)}).status_code == 404
        assert ada.post("/inside/members/sets/", {"delete": number}).status_code == 404
