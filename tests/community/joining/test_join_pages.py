"""Joining as somebody new does it: by a link, by a letter, through the open door; and everything that is refused."""

import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from porch.community.circles.models import Circle
from porch.community.invites.actions import revoke_invite
from porch.community.invites.jobs import write_some
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from porch.community.requests.models import JoinRequest, State
from porch.engine.outbox.models import Delivery
from porch.kit.time import now
from porch.people.delivery.server import read_server
from porch.people.identity.models import Person
from porch.people.sign_in.models import MailedCode
from tests.community.invites.hands import bakers, is_in, is_member, join, let_invite, link, listed, member
from tests.people.hands import app_shows, code_in_mail, give_app, let_time_pass, letters, newest
from tests.people.mails import text_of
from tests.village import Village, browser


def open_link(village: Village, **terms: object) -> str:
    return f"/join/{link(village.ada, at=now(), **terms)[1]}/"


def open_door() -> None:
    Circle.objects.filter(is_whole=True).update(way_in="open")


def people() -> int:
    return Person.objects.count()


def body(client: Client, path: str) -> str:
    text = client.get(path).text
    return re.sub(r'nonce="[^"]+"|value="[A-Za-z0-9]{64}"|[a-z]+@example\.org|value="[A-Za-z]+"', "", text)


def test_eve_joins_by_a_link_in_two_forms(village: Village) -> None:
    eve = browser()
    answer = join(eve, open_link(village))
    assert answer.headers["Location"] == "/inside/"
    assert "Welcome, Eve." in eve.get("/inside/").text
    assert "Welcome, Eve." not in eve.get("/inside/").text, "it is said once"
    assert Arrival.objects.get(member__person__name="Eve").brought_by == member(village.ada)


def test_the_page_says_who_invites_into_what_and_is_not_told_to_other_sites(village: Village) -> None:
    path = open_link(village, circle=bakers(), note="Bring bread.")
    page = browser().get(path)
    assert "Owner invites you to Bakers" in page.text
    assert "Bring bread." in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize("has_mail", [False, True])
def test_nobody_waits_for_a_letter_that_cannot_leave(
    village: Village, settings: Settings, has_mail: bool
) -> None:
    settings.PORCH_MAIL_SERVER = read_server("smtp://localhost:2525") if has_mail else None
    open_door()
    waits, asks = "is on its way", "What would be sent is kept for whoever runs it. Ask them for your code."
    for path, form in (
        ("/sign-in/", {"address": "ben@example.org"}),
        ("/join/", {"name": "Eve", "address": "eve@example.org"}),
    ):
        stranger = browser()
        assert (asks in stranger.get(path).text) is not has_mail
        page = stranger.post(path, form, follow=True).text
        assert (waits in page, asks in page) == (has_mail, not has_mail)


def test_looking_uses_nothing_up(village: Village) -> None:
    path = open_link(village)
    for _ in range(3):
        assert browser().get(path).status_code == 200
    assert join(browser(), path).headers["Location"] == "/inside/"


def test_nothing_is_kept_of_who_does_not_prove_the_address(village: Village) -> None:
    before, eve = people(), browser()
    answer = eve.post(open_link(village), {"name": "Eve", "address": "eve@example.org"})
    for left in (4, 3, 2, 1):
        assert f"Tries left: {left}" in eve.post(answer.headers["Location"], {"code": "WRONG"}).text
    gone = eve.post(answer.headers["Location"], {"code": "WRONG"})
    assert gone.status_code == 410
    assert people() == before
    assert not MailedCode.objects.exists()


def test_a_code_of_another_browser_lets_nobody_in(village: Village) -> None:
    path, before = open_link(village), people()
    browser().post(path, {"name": "Eve", "address": "eve@example.org"})
    code = code_in_mail()
    thief = browser()
    assert thief.post(f"{path}code/", {"code": code}).headers["Location"] == path
    thief.post(path, {"name": "Thief", "address": "thief@example.org"})
    assert thief.post(f"{path}code/", {"code": code}).status_code == 422
    assert people() == before


def test_a_new_code_can_be_asked_for_and_the_old_one_is_over(village: Village) -> None:
    path, eve = open_link(village), browser()
    eve.post(path, {"name": "Eve", "address": "eve@example.org"})
    first = code_in_mail()
    eve.post(path, {"name": "Eve", "address": "eve@example.org"})
    assert eve.post(f"{path}code/", {"code": first}).status_code == 422
    assert eve.post(f"{path}code/", {"code": code_in_mail()}).headers["Location"] == "/inside/"


def test_a_wrong_address_is_mended_by_starting_again(village: Village) -> None:
    path, eve = open_link(village), browser()
    eve.post(path, {"name": "Eve", "address": "evee@example.org"})
    assert path in eve.get(f"{path}code/").text
    assert join(eve, path).headers["Location"] == "/inside/"


def test_page_and_letter_do_not_tell_who_is_here(village: Village) -> None:
    path = open_link(village)
    known, unknown = browser(), browser()
    texts = []
    for client, address in ((known, "dov@example.org"), (unknown, "zoe@example.org")):
        client.post(path, {"name": "Somebody", "address": address})
        texts.append(re.sub(r"^ {4}\S+$|\d\d:\d\d", "", newest(), flags=re.MULTILINE))
    assert texts[0] == texts[1]
    assert body(known, f"{path}code/") == body(unknown, f"{path}code/")
    let_time_pass()


def test_whoever_has_an_account_comes_in_as_who_they_are(village: Village) -> None:
    join(browser(), open_link(village), name="Other", address="DOV@example.org")
    assert is_member(village.dov)
    assert Person.objects.get(pk=village.dov.pk).name == "Dov"


def test_a_second_step_is_asked_before_anything_is_done(village: Village) -> None:
    path, app, dov = open_link(village), give_app(village.dov), browser()
    answer = join(dov, path, address="dov@example.org")
    assert answer.headers["Location"] == "/sign-in/second-step/"
    assert not is_member(village.dov)
    assert dov.post("/sign-in/second-step/", {"code": app_shows(app)}).headers["Location"] == path
    assert dov.post(path).headers["Location"] == "/inside/"
    assert is_member(village.dov)


def test_who_is_signed_in_presses_once(village: Village) -> None:
    path, dov = open_link(village), browser(village.dov)
    assert "Join as Dov" in dov.get(path).text
    assert dov.post(path).headers["Location"] == "/inside/"
    assert letters() == []


def test_a_member_is_led_inside_and_uses_nothing_up(village: Village) -> None:
    path = open_link(village)
    assert browser(village.ben).get(path).headers["Location"] == "/inside/"
    browser(village.ben).post(path)
    assert join(browser(), path).headers["Location"] == "/inside/"


def test_whoever_was_shut_out_stays_out(village: Village) -> None:
    Person.objects.filter(pk=village.dov.pk).update(is_active=False)
    answer = join(browser(), open_link(village), address="dov@example.org")
    assert answer.status_code == 403
    assert not is_member(village.dov)


def test_a_link_used_up_between_letter_and_code_leaves_nobody_behind(village: Village) -> None:
    path, late = open_link(village), browser()
    late.post(path, {"name": "Late", "address": "late@example.org"})
    code, before = code_in_mail(), people()
    join(browser(), path)
    answer = late.post(f"{path}code/", {"code": code})
    assert answer.status_code == 410
    assert "has been used already" in answer.text
    assert people() == before + 1
    assert not Person.objects.filter(name="Late").exists()


def test_a_link_revoked_in_the_meantime_lets_nobody_in(village: Village) -> None:
    invite, token = link(village.ada, at=now())
    eve = browser()
    eve.post(f"/join/{token}/", {"name": "Eve", "address": "eve@example.org"})
    revoke_invite(invite=invite, by=village.ada, at=now())
    assert "was revoked" in eve.post(f"/join/{token}/code/", {"code": code_in_mail()}).text
    assert not Person.objects.filter(name="Eve").exists()


@pytest.mark.parametrize("address", ["fay@example.org", "eve+1@example.org", "eve@ex\u0430mple.org"])
def test_a_letter_lets_in_only_whom_it_went_to(village: Village, address: str) -> None:
    listed(village.ada, "Eve@Example.org", at=now())
    write_some(at=now())
    token = text_of(Delivery.objects.get()).partition("/join/")[2].partition("/")[0]
    before = people()
    answer = join(browser(), f"/join/{token}/", address=address)
    assert answer.status_code == 403
    assert "for another address" in answer.text
    assert people() == before
    assert join(browser(), f"/join/{token}/", address="EVE@EXAMPLE.ORG").headers["Location"] == "/inside/"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("", "eve@example.org"),
        ("x" * 81, "eve@example.org"),
        ("Eve\x00", "eve@example.org"),
        ("Eve", "eve"),
        ("Eve", ""),
        ("Eve", "eve@example.org\nBcc: x@x.org"),
        ("Eve", "\u0435ve@example.org"),
    ],
)
def test_what_does_not_fit_is_told_beside_the_form(village: Village, name: str, address: str) -> None:
    eve = browser()
    answer = eve.post(open_link(village), {"name": name, "address": address})
    assert answer.status_code == 422
    assert letters() == []


def test_letters_are_counted_by_address_and_place(village: Village) -> None:
    path = open_link(village)
    statuses = [
        browser().post(path, {"name": "E", "address": "eve@example.org"}).status_code for _ in range(6)
    ]
    assert statuses == [302] * 4 + [429] * 2


def test_a_guessed_link_leads_nowhere_and_so_does_its_code_page(village: Village) -> None:
    for path in ("/join/guess/", "/join/guess/code/"):
        assert browser().get(path).status_code == 410
        assert browser().post(path, {"code": "X"}).status_code == 410


@pytest.mark.parametrize("who", ["ada", "ben", "cleo", "dov"])
def test_by_invitation_it_says_so_and_takes_nobody(village: Village, who: str) -> None:
    client, before = browser(village.cast()[who]), Member.objects.count()
    page = client.get("/join/").text
    assert ("belong here already" if who in ("ada", "ben") else "by invitation") in page
    assert client.post("/join/", {"name": "Eve", "address": "eve@example.org"}).status_code == 403
    assert Member.objects.count() == before
    assert letters() == []


def test_through_the_open_door_one_comes_with_name_address_and_code(village: Village) -> None:
    open_door()
    eve = browser()
    assert join(eve, "/join/").headers["Location"] == "/inside/"
    arrival = Arrival.objects.get(member__person__name="Eve")
    assert (arrival.way, arrival.brought_by) == (Way.OPEN, None)


def test_who_has_an_account_takes_the_open_door_by_one_press(village: Village) -> None:
    open_door()
    assert browser(village.dov).post("/join/").headers["Location"] == "/inside/"
    assert is_member(village.dov)


def test_a_door_closed_between_letter_and_code_stays_closed(village: Village) -> None:
    open_door()
    eve = browser()
    eve.post("/join/", {"name": "Eve", "address": "eve@example.org"})
    Circle.objects.filter(is_whole=True).update(way_in="invite")
    assert eve.post("/join/code/", {"code": code_in_mail()}).status_code == 403
    assert not Person.objects.filter(name="Eve").exists()


def test_whoever_comes_to_a_full_house_stands_in_line(village: Village) -> None:
    Circle.objects.filter(is_whole=True).update(way_in="open", ceiling=2)
    eve = browser()
    answer = join(eve, "/join/")
    assert answer.headers["Location"] == "/account/requests/"
    assert not Member.objects.filter(person__name="Eve").exists()
    assert JoinRequest.objects.get(person__name="Eve").state == State.SEAT
    assert "waiting list" in eve.get("/account/requests/").text


@pytest.mark.parametrize("way_in", ["open", "request"])
def test_a_full_house_says_so_before_one_joins(village: Village, way_in: str) -> None:
    Circle.objects.filter(is_whole=True).update(way_in=way_in, ceiling=3)
    for client in (browser(), browser(village.dov)):
        assert "It is full now" not in client.get("/join/").text
    Circle.objects.filter(is_whole=True).update(ceiling=2)
    for client in (browser(), browser(village.dov)):
        assert "It is full now" in client.get("/join/").text
    assert "It is full now" not in browser(village.ben).get("/join/").text
    if way_in == "open":
        assert "Wait for a seat as Dov" in browser(village.dov).get("/join/").text


def test_on_request_it_says_so(village: Village) -> None:
    Circle.objects.filter(is_whole=True).update(way_in="request")
    assert "on request" in browser().get("/join/").text
    eve = browser()
    assert join(eve, "/join/").headers["Location"] == "/join/request/"
    assert Person.objects.filter(name="Eve").exists(), "the address is proved"
    assert not Member.objects.filter(person__name="Eve").exists()
    assert eve.get("/join/request/").status_code == 200


def test_a_house_without_a_community_takes_nobody(db: None) -> None:
    assert "by invitation" in browser().get("/join/").text


def test_an_invite_into_a_circle_is_the_whole_way_for_somebody_new(village: Village) -> None:
    circle = bakers()
    join(browser(), open_link(village, circle=circle))
    eve = Person.objects.get(name="Eve")
    assert is_member(eve)
    assert is_in(eve, circle)


def test_a_link_for_members_tells_strangers_so_and_sends_no_code(village: Village) -> None:
    circle = bakers()
    let_invite(village.ben, circle)
    path = f"/join/{link(village.ben, circle=circle, at=now())[1]}/"
    for client in (browser(), browser(village.dov)):
        page = client.get(path).text
        assert "for those who are members" in page
        assert 'name="address"' not in page
        assert "Join as" not in page
        answer = client.post(path, {"name": "Eve", "address": "eve@example.org"})
        assert answer.status_code == 403
    assert letters() == []
    assert "Join as Owner" in browser(village.ada).get(path).text


def test_where_one_signs_in_it_says_how_one_joins(village: Village) -> None:
    assert "How one joins" in browser().get("/sign-in/").text
    open_door()
    assert "Join the community" in browser().get("/sign-in/").text
