"""Double opt-in: a link proves the address, once, and what opens links by itself says yes to nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from porch.engine.outbox.models import Delivery
from porch.people.consent.models import Consent, ConsentAddress, Proof
from porch.people.consent.subjects import address_subject
from porch.people.opt_in.actions import LIFE, RequestIsOver, ask_for_consent, confirm_consent, forget_requests
from porch.people.opt_in.models import ConsentRequest
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason
from tests.people.consent.words import stands
from tests.people.mails import html_of, text_of, token_in
from tests.village import NOON, browser

pytestmark = pytest.mark.django_db
CLEO = "cleo@example.org"


def ask(address: str = CLEO, minutes: int = 0) -> Delivery:
    at = NOON + timedelta(minutes=minutes)
    ask_for_consent(address=address, purpose="news", wording=1, source="front page", at=at)
    return Delivery.objects.latest("id")


def test_asking_is_no_yes() -> None:
    mail = ask()
    assert not stands(address_subject(CLEO), "news")
    assert not ConsentAddress.objects.exists()
    assert mail.is_secret
    assert token_in(mail) in html_of(mail)


def test_the_link_says_yes_once() -> None:
    token = token_in(ask())
    row = confirm_consent(token=token, at=NOON)
    assert (row.proof, row.source, row.wording) == (Proof.MAIL_LINK, "front page", 1)
    assert stands(address_subject(CLEO), "news")
    with pytest.raises(RequestIsOver):
        confirm_consent(token=token, at=NOON)


@pytest.mark.parametrize("late", [LIFE, timedelta(days=400), timedelta(seconds=-1)])
def test_a_link_left_too_long_or_out_of_a_future_is_over(late: timedelta) -> None:
    token = token_in(ask())
    with pytest.raises(RequestIsOver):
        confirm_consent(token=token, at=NOON + late)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "\ud800", "0" * 10_000])
def test_a_guess_looks_like_a_link_that_was_used(token: str) -> None:
    ask()
    with pytest.raises(RequestIsOver):
        confirm_consent(token=token, at=NOON)


def test_the_secret_is_stored_nowhere_but_in_the_mail() -> None:
    token = token_in(ask())
    assert token not in str(list(ConsentRequest.objects.values()))


def test_nobody_can_fill_a_mailbox_with_questions() -> None:
    for minute in range(9):
        ask(minutes=minute)
    assert Delivery.objects.count() == 1
    first = token_in(Delivery.objects.get())
    second = token_in(ask(minutes=11))
    with pytest.raises(RequestIsOver):
        confirm_consent(token=first, at=NOON)
    confirm_consent(token=second, at=NOON + timedelta(minutes=12))


def test_whoever_complained_is_not_even_asked() -> None:
    suppress(address=CLEO, reason=Reason.COMPLAINT, at=NOON)
    assert ask().state == "excluded"


def test_whoever_was_erased_can_come_back_by_their_own_link() -> None:
    suppress(address=CLEO, reason=Reason.ERASED, at=NOON)
    confirm_consent(token=token_in(ask()), at=NOON)
    assert stands(address_subject(CLEO), "news")


def test_erasure_takes_what_waits() -> None:
    ask()
    forget_requests(address="CLEO@example.org")
    assert not ConsentRequest.objects.exists()


def test_the_page_shows_the_words_and_only_a_press_agrees(cleo: Client) -> None:
    from porch.kit.time import now

    ask_for_consent(address=CLEO, purpose="news", wording=1, source="front page", at=now())
    path = f"/consents/{token_in(Delivery.objects.get())}/"
    for _ in range(3):
        assert "given to nobody" in cleo.get(path).text
    assert not Consent.objects.exists()
    assert cleo.head(path).status_code == 200
    assert "Thank you" in cleo.post(path).text
    assert Consent.objects.count() == 1
    assert cleo.post(path).status_code == cleo.get(path).status_code == 410


def test_a_form_from_elsewhere_agrees_to_nothing() -> None:
    from porch.kit.time import now

    ask_for_consent(address=CLEO, purpose="news", wording=1, source="front page", at=now())
    path = f"/consents/{token_in(Delivery.objects.get())}/"
    assert browser(enforce_csrf_checks=True).post(path).status_code == 403


def test_the_text_says_what_is_asked() -> None:
    text = text_of(ask())
    assert "News by mail" in text
    assert "If it was not you, do nothing" in text
    assert "&" not in text.replace("&quot;", "&")
