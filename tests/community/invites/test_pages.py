"""The pages of those who invite: the list, a link that is shown once, a list of addresses with its report."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from porch.community.invites.jobs import write_some
from porch.community.invites.models import Invite
from porch.kit.time import now
from tests.community.invites.hands import bakers, let_invite, link, listed
from tests.village import Village, add_steward, browser

PAGES = ["/inside/invites/", "/inside/invites/new/", "/inside/invites/list/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("sol", 200), ("ben", 404), ("dov", 404), ("cleo", 302)]
)
def test_who_may_invite_comes_in(village: Village, path: str, who: str, status: int) -> None:
    person = add_steward() if who == "sol" else village.cast()[who]
    assert browser(person).get(path).status_code == status


@pytest.mark.parametrize("who", ["ben", "dov", "cleo"])
def test_nobody_else_changes_anything(village: Village, who: str) -> None:
    invite, _ = link(village.ada, at=now())
    client = browser(village.cast()[who])
    for path in (
        *PAGES[1:],
        f"/inside/invites/{invite.pk}/revocation/",
        f"/inside/invites/{invite.pk}/letter/",
    ):
        assert client.post(path, {"uses": "1", "days": "1", "list": "a@x.org"}).status_code in (403, 404)
    invite.refresh_from_db()
    assert (Invite.objects.count(), invite.revoked_at) == (1, None)


def test_a_link_is_shown_once_and_leads_in(village: Village) -> None:
    ada = browser(village.ada)
    made = ada.post("/inside/invites/new/", {"uses": "2", "days": "30", "note": "Come"}).text
    found = re.search(r"/join/([\w-]{43})/", made)
    assert found
    assert found[1] not in ada.get("/inside/invites/").text
    assert "Come" in browser().get(f"/join/{found[1]}/").text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"uses": "many", "days": "1"},
        {"uses": "1", "days": "0"},
        {"uses": "٣", "days": "1"},
        {"uses": "1" * 40},
    ],
)
def test_what_does_not_fit_is_told_and_nothing_made(village: Village, form: dict[str, str]) -> None:
    assert browser(village.ada).post("/inside/invites/new/", form).status_code == 422
    assert not Invite.objects.exists()


def test_a_list_and_a_file_are_reported_line_by_line(village: Village) -> None:
    file = SimpleUploadedFile("list.csv", b"name,address\nFay,fay@example.org\nnobody\n")
    form = {"list": "eve@example.org\nben@example.org", "days": "7", "note": "Come", "file": file}
    ada = browser(village.ada)
    page = ada.post("/inside/invites/list/", form).text
    for said in ("2 addresses are new", "Nothing is sent yet", "is in already", "nobody", "Send 2 letters"):
        assert said in page
    assert page.index('<th scope="row">5') < page.index('<th scope="row">2'), (
        "what can be mended stands first"
    )
    assert not Invite.objects.exists()
    report = ada.post("/inside/invites/list/", fields_of(page)).text
    assert "2 addresses are invited" in report
    assert set(Invite.objects.values_list("note", flat=True)) == {"Come"}
    assert set(Invite.objects.values_list("address", flat=True)) == {"eve@example.org", "fay@example.org"}


def fields_of(page: str) -> dict[str, str]:
    """Give what the form below a list sends that was looked through."""
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    found = re.search(r'<textarea name="list" hidden>([^<]*)</textarea>', page)
    assert found
    return {**fields, "list": found[1]}


def test_a_list_is_grave_and_asks_who_it_is(village: Village) -> None:
    late = browser(village.ada, recent=False)
    assert late.post("/inside/invites/list/", {"list": "eve@example.org", "days": "7"}).status_code == 403
    assert not Invite.objects.exists()


def test_it_is_revoked_and_that_undone(village: Village) -> None:
    invite, _ = link(village.ada, at=now(), note="For the choir")
    ada = browser(village.ada)
    page = ada.post(f"/inside/invites/{invite.pk}/revocation/", follow=True).text
    assert "The invitation is revoked" in page
    assert "For the choir" in ada.get("/inside/invites/?state=revoked").text
    ada.post(f"/inside/invites/{invite.pk}/revocation/", {"then": "undo"})
    assert "For the choir" in ada.get("/inside/invites/?state=open").text


def test_states_and_addresses_filter(village: Village) -> None:
    listed(village.ada, "eve@example.org", at=now())
    link(village.ada, note="long over")
    ada = browser(village.ada)
    assert "eve@example.org" in ada.get("/inside/invites/?state=open").text
    assert "long over" in ada.get("/inside/invites/?state=expired").text
    assert "long over" not in ada.get("/inside/invites/?address=EVE@example.org").text
    assert "No invitation here" in ada.get("/inside/invites/?state=used").text
    assert "No invitation here" in ada.get("/inside/invites/?address=%00%27--").text
    assert ada.get("/inside/invites/?state=nonsense").status_code == 200


def test_a_letter_is_sent_again_from_the_list(village: Village) -> None:
    listed(village.ada, "eve@example.org", at=now())
    write_some(at=now())
    invite = Invite.objects.get()
    answer = browser(village.ada).post(f"/inside/invites/{invite.pk}/letter/", follow=True).text
    assert "A new letter is on its way" in answer
    assert "letter sent twice" in answer


def test_a_greeter_of_a_circle_sees_its_invites_and_no_others(village: Village) -> None:
    circle = bakers()
    let_invite(village.ben, circle)
    link(village.ada, circle=circle, at=now(), note="bread")
    other, _ = link(village.ada, at=now(), note="everyone")
    ben = browser(village.ben)
    page = ben.get("/inside/invites/").text
    assert "bread" in page
    assert "everyone" not in page
    assert ben.post(f"/inside/invites/{other.pk}/revocation/").status_code == 404
    answer = ben.post("/inside/invites/new/", {"uses": "1", "days": "1", "circle": str(other.circle_id)})
    assert answer.status_code == 404
    assert ben.post("/inside/invites/new/", {"uses": "1", "days": "1"}).status_code == 200
    assert Invite.objects.latest("pk").circle == circle


def test_markup_in_notes_and_lists_is_shown_as_it_is(village: Village) -> None:
    link(village.ada, at=now(), note="<script>alert(1)</script>")
    ada = browser(village.ada)
    assert "<script>alert" not in ada.get("/inside/invites/").text
    report = ada.post("/inside/invites/list/", {"list": "x\n<img src=x>@x", "days": "7"}).text
    assert "<img src=x>" not in report
