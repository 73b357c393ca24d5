"""A download asks each time who asks; what is sent says what it is and runs nowhere."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.community.membership.models import Member
from porch.community.portraits.actions import remove_portrait
from porch.engine.files.actions import take_in
from porch.engine.files.kinds import FileKind
from porch.kit.sending import FILE_HEADER
from porch.web.files.kinds import KINDS
from tests.community.portraits.pictures import hang
from tests.engine.files.samples import ANYTHING, WHOLE
from tests.village import NOON, Village, browser


def address(village: Village, name: str = "small") -> str:
    return f"/files/{hang(village.ben).holding_id}/{name}"


@pytest.mark.parametrize("who", ["ada", "ben", "cleo", "dov"])
@pytest.mark.parametrize("name", ["small", "full", "me.webp"])
def test_members_see_portraits_and_nobody_else(who: str, name: str, village: Village) -> None:
    answer = browser(village.cast()[who]).get(address(village, name))
    assert answer.status_code == (200 if who in ("ada", "ben") else 404)
    assert (FILE_HEADER in answer.headers) == (who in ("ada", "ben"))


def test_a_portrait_that_was_removed_or_replaced_is_gone_at_once(village: Village) -> None:
    first, ada = address(village), browser(village.ada)
    second = address(village)
    assert [ada.get(path).status_code for path in (first, second)] == [404, 200]
    remove_portrait(by=village.ben, at=NOON)
    assert ada.get(second).status_code == 404


def test_who_is_no_longer_active_is_not_shown(village: Village) -> None:
    path, ada, ben = address(village), browser(village.ada), browser(village.ben)
    assert "/files/" in ada.get("/inside/").content.decode()
    village.ben.is_active = False
    village.ben.save()
    assert ada.get(path).status_code == 404
    assert ben.get(path).status_code == 404
    assert "/files/" not in ada.get("/inside/").content.decode()


def test_who_is_no_longer_a_member_sees_and_shows_nothing(village: Village) -> None:
    path, ben = address(village), browser(village.ben)
    Member.objects.filter(person=village.ben).delete()
    assert ben.get(path).status_code == 404
    assert browser(village.ada).get(path).status_code == 404


def test_only_its_own_name_leads_to_a_file(village: Village) -> None:
    held = address(village, "")
    for name in ("other.webp", "me.html", "big", "me.webp.html", "\u202e", "a" * 300):
        assert browser(village.ada).get(held + name).status_code == 404
    assert browser(village.ada).post(held + "small").status_code == 405


def test_a_portrait_says_what_it_is_and_may_run_nothing(village: Village) -> None:
    headers = browser(village.ada).get(address(village)).headers
    assert headers["Content-Type"] == "image/webp"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Disposition"] == 'inline; filename="me.webp"'
    assert headers["Cache-Control"] == "private, max-age=600"
    assert "Cookie" in headers["Vary"], "a copy goes with the session it was fetched in"


def test_a_download_costs_four_queries_however_many_there_are(village: Village) -> None:
    path, ada = address(village), browser(village.ada)
    ada.get(path)
    with CaptureQueriesContext(connection) as caught:
        ada.get(path)
    assert len(caught) == 4, "the session, the file, whether one is a member, whether the portrait is set"


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_only_what_is_seen_or_heard_stays_in_the_page(
    name: str, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "anything", ANYTHING)
    holding = take_in(io.BytesIO(WHOLE[name]), name='Grüße "1"', kind=ANYTHING, by_id=1, at=NOON)
    answer = browser().get(f"/files/{holding.pk}/full")
    is_inline = name not in ("PDF", "plain text", "ZIP")
    assert answer.headers["Content-Disposition"].startswith("inline" if is_inline else "attachment")
    assert "filename*=utf-8''Gr%C3%BC%C3%9Fe" in answer.headers["Content-Disposition"]
    assert not answer.headers["Content-Type"].startswith(("text/html", "image/svg", "application/xhtml"))


def test_a_kind_that_nobody_serves_is_served_to_nobody(village: Village) -> None:
    holding = take_in(io.BytesIO(WHOLE["PDF"]), name="a", kind=ANYTHING, by_id=1, at=NOON)
    assert browser(village.ada).get(f"/files/{holding.pk}/full").status_code == 404


def test_every_kind_there_is_is_served() -> None:
    assert {kind.name for kind in FileKind.known} == set(KINDS)
