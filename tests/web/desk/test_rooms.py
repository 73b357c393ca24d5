"""The rooms behind the engine room's door: each has the same head, which leads back."""

import pytest
from django.test import Client
from django.urls import reverse

from porch.web.desk.rooms import ROOMS, Room
from tests.village import browser


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.url)
def test_each_room_says_where_one_is_and_leads_back(room: Room, ada: Client) -> None:
    assert f'href="{reverse(room.url)}"' in ada.get("/desk/engine/").text
    crumbs = ada.get(reverse(room.url)).text.partition('<nav class="crumbs"')[2].partition("</nav>")[0]
    assert 'href="/desk/engine/"' in crumbs
    assert f'<span aria-current="page">{room.title}</span>' in crumbs
    assert browser().get(reverse(room.url)).status_code == 302


@pytest.mark.parametrize("state", ["", "failed"])
def test_mail_shows_which_of_its_tabs_is_open(state: str, ada: Client) -> None:
    page = ada.get("/desk/mail/" + (f"?state={state}" if state else "")).text
    tabs = page.partition('aria-label="By state"')[2].partition("</nav>")[0]
    assert tabs.count("aria-current") == 1
    assert 'aria-current="page">' + (state.capitalize() or "All") in tabs
