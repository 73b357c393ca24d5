"""The pages of those who want in, of those who decide, and of those who vouch, each for the whole cast."""

import pytest
from django.test import Client

from porch.community.circles.models import Circle, WayIn
from porch.community.membership.models import Member
from porch.community.requests.actions import ask_to_join
from porch.community.requests.deciding import decide_request
from porch.community.requests.models import JoinRequest, Question, State, Vouch
from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.vouching.actions import vouch
from tests.community.requests.wishes import answers_to, ask_what, asked, is_member, make_circle, whole
from tests.village import NOON, Village, add_person, add_steward, browser

JOIN = "/join/request/"


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_somebody_outside_asks_on_a_page_and_follows_it(village: Village) -> None:
    circle, dov = whole(vouches=1, ceiling=2), browser(village.dov)
    why = ask_what(circle, "Why <us>?")
    shown = page(dov, JOIN)
    for words in ("Why &lt;us&gt;?", "1 member has to vouch", "waiting list", "60 days"):
        assert words in shown
    sent = dov.post(JOIN, {f"answer-{why.pk}": "So.", "note": "Met at the fair"}, follow=True)
    assert sent.redirect_chain == [("/account/requests/", 302)]
    shown = sent.content.decode()
    assert "Your request is sent" in shown
    assert "0 of 1 vouches" in shown
    assert "Your request is sent" not in page(dov, "/account/requests/")
    assert "You have asked" in page(dov, JOIN)
    wish = JoinRequest.objects.get()
    dov.post(f"/account/requests/{wish.pk}/withdrawal/")
    wish.refresh_from_db()
    assert wish.state == State.WITHDRAWN


def test_a_refusal_gives_back_what_was_written(village: Village) -> None:
    circle, dov = whole(), browser(village.dov)
    why, more = ask_what(circle, "Why?"), ask_what(circle, "What else?")
    answer = dov.post(JOIN, {f"answer-{why.pk}": "Kept words", f"answer-{more.pk}": ""})
    assert answer.status_code == 422
    for words in ("Kept words", "needs an answer", f'href="#answer-{more.pk}"'):
        assert words in answer.content.decode()
    Question.objects.filter(pk=more.pk).delete()
    answer = dov.post(
        JOIN, {f"answer-{why.pk}": "Kept words", f"answer-{more.pk}": "x", "answer-": "", "answer-²": ""}
    )
    assert (answer.status_code, "Kept words" in answer.content.decode()) == (409, True)
    assert not JoinRequest.objects.exists()


def test_an_open_house_lets_in_at_once_and_leads_inside(village: Village) -> None:
    whole(way_in=WayIn.OPEN)
    dov = browser(village.dov)
    assert "in at once" in page(dov, JOIN)
    assert dov.post(JOIN).headers["Location"] == "/inside/"
    assert is_member(village.dov)
    assert dov.get(JOIN).headers["Location"] == "/inside/"


def test_by_invitation_the_page_says_what_to_do(village: Village) -> None:
    dov = browser(village.dov)
    whole(way_in=WayIn.INVITE)
    assert "Ask a member whom you know" in page(dov, JOIN)
    assert dov.post(JOIN).status_code == 403


def test_members_knock_at_circles(village: Village) -> None:
    make_circle("readers", village.ada)
    make_circle("secret", village.ada, is_hidden=True)
    ben, ada, dov = browser(village.ben), browser(village.ada), browser(village.dov)
    door = "/inside/circles/readers/knock/"
    assert "decide" in page(ben, door)
    assert "You are in it" in page(ada, door)
    assert "You are in it" in page(ada, "/inside/circles/secret/knock/")
    for client, path in (
        (ben, "/inside/circles/secret/knock/"),
        (ben, "/inside/circles/no/knock/"),
        (dov, door),
    ):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    ben.post(door)
    assert JoinRequest.objects.get().person == village.ben


def test_nobody_withdraws_the_request_of_another(village: Village) -> None:
    wish = asked(village.dov, whole())
    for person in (village.ada, village.ben):
        assert browser(person).post(f"/account/requests/{wish.pk}/withdrawal/").status_code == 404
    assert browser().post(f"/account/requests/{wish.pk}/withdrawal/").status_code == 403
    wish.refresh_from_db()
    assert wish.state == State.ASKED
    assert "Community" not in page(browser(village.ben), "/account/requests/")


def test_stewards_read_decide_and_take_it_back(village: Village) -> None:
    circle = whole(vouches=1)
    ask_what(circle)
    wish = ask_to_join(
        person=village.dov, circle=circle, answers=answers_to(circle, "For <b>food</b>."), at=NOON
    )
    vouch(request_id=wish.pk, by=village.ben, text="Good <i>man</i>", at=NOON)
    sol = browser(add_steward())
    assert "Dov" in page(sol, "/inside/requests/")
    assert "Dov" not in page(sol, "/inside/requests/?show=vouches")
    shown = page(sol, f"/inside/requests/{wish.pk}/")
    assert "For &lt;b&gt;food&lt;/b&gt;." in shown
    assert "Good &lt;i&gt;man&lt;/i&gt;" in shown
    decision = f"/inside/requests/{wish.pk}/decision/"
    answer = sol.post(decision, {"way": "no", "reason": " "})
    assert (answer.status_code, "needs a reason" in answer.content.decode()) == (422, True)
    shown = sol.post(decision, {"way": "no", "reason": "Later."}, follow=True).content.decode()
    assert "It is decided: declined" in shown
    assert "Undo" in shown
    assert "Later." in page(sol, f"/inside/requests/{wish.pk}/")
    assert "Later." in page(browser(village.dov), "/account/requests/")
    assert "Later." in page(browser(village.dov), "/account/audit/")
    sol.post(decision, {"way": "reopen"})
    sol.post(decision, {"way": "yes"})
    assert is_member(village.dov)
    assert "Dov" in page(sol, "/inside/requests/?show=closed")
    assert sol.post(decision, {"way": "yes"}).status_code == 409
    assert sol.post(decision, {"way": "eat"}).status_code == 404
    assert sol.get("/inside/requests/?show=nothing").status_code == 404


def test_nobody_else_reads_requests_or_decides(village: Village) -> None:
    wish = asked(village.dov, whole())
    for who in (village.ben, village.dov, None):
        client = browser(who)
        for path in ("/inside/requests/", f"/inside/requests/{wish.pk}/"):
            assert client.get(path).status_code == (302 if who is None else 404)
        answer = client.post(f"/inside/requests/{wish.pk}/decision/", {"way": "yes"})
        assert answer.status_code == (403 if who is None else 404)
    assert not is_member(village.dov)


def test_who_decides_in_one_circle_sees_that_one(village: Village) -> None:
    circle = make_circle("readers", village.ben)
    role = Role.objects.create(circle=circle, name="Host", made_at=NOON)
    RoleRight.objects.create(role=role, right=DECIDE_REQUESTS.name)
    RoleHolder.objects.create(role=role, member=Member.objects.get(person=village.ben), given_at=NOON)
    theirs, other = asked(add_steward(), circle), asked(village.dov, whole())
    ben = browser(village.ben)
    shown = page(ben, "/inside/requests/")
    assert ("Sol" in shown, "Dov" in shown) == (True, False)
    assert ben.get(f"/inside/requests/{theirs.pk}/").status_code == 200
    assert ben.get(f"/inside/requests/{other.pk}/").status_code == 404
    assert ben.post(f"/inside/requests/{other.pk}/decision/", {"way": "yes"}).status_code == 404


def test_members_vouch_on_a_page_without_reading_answers(village: Village) -> None:
    circle = whole(vouches=2)
    ask_what(circle)
    wish = ask_to_join(
        person=village.dov,
        circle=circle,
        answers=answers_to(circle, "Secret answer"),
        word="From the fair",
        at=NOON,
    )
    ben = browser(village.ben)
    shown = page(ben, "/inside/vouches/")
    assert ("Dov" in shown, "From the fair" in shown, "Secret answer" in shown) == (True, True, False)
    assert (
        "You vouch for them"
        in ben.post(f"/inside/vouches/{wish.pk}/", {"is": "yes"}, follow=True).content.decode()
    )
    assert Vouch.objects.standing().get().by.person == village.ben
    assert ben.post(f"/inside/vouches/{wish.pk}/", {"is": "yes"}).status_code == 409
    ben.post(f"/inside/vouches/{wish.pk}/", {"is": "no"})
    assert not Vouch.objects.standing().exists()
    assert ben.post(f"/inside/vouches/{wish.pk}/", {"is": "?"}).status_code == 404
    for who in (village.dov, None):
        assert browser(who).post(f"/inside/vouches/{wish.pk}/", {"is": "yes"}).status_code == (
            403 if who is None else 404
        )


def test_one_sees_those_at_ones_own_doors_and_not_oneself(village: Village) -> None:
    asked(village.ben, make_circle("readers", village.ada, vouches=1))
    asked(village.dov, whole())
    assert "Ben" in page(browser(village.ada), "/inside/vouches/")
    for name in ("Nobody needs a vouch",):
        assert name in page(browser(village.ben), "/inside/vouches/")
        assert name in page(browser(add_steward()), "/inside/vouches/")


@pytest.mark.parametrize("many", [25])
def test_long_lists_have_pages(village: Village, many: int) -> None:
    circle = whole()
    for n in range(many):
        asked(add_person(f"person{n:02}"), circle)
    ada = browser(village.ada)
    assert "Person20" not in page(ada, "/inside/requests/")
    assert "Person20" in page(ada, "/inside/requests/?page=2")
    wish = JoinRequest.objects.order_by("pk")[0]
    decide_request(request_id=wish.pk, is_yes=True, by=village.ada, at=NOON)
    assert "Person20" in page(ada, "/inside/requests/")
    assert Circle.objects.count() == 1
