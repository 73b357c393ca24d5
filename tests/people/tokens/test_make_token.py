"""Making tokens: what is asked for is checked, the secret is shown once, and the right ones are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from porch.engine.audit.models import AuditEntry
from porch.engine.outbox.models import Delivery
from porch.kit.ids import digest
from porch.kit.refusals import NotAllowed, NotFound, Refusal
from porch.people.identity.operators import shut_out
from porch.people.tokens.actions import (
    MOST_PERSONAL,
    LifeDoesNotFit,
    NoSuchScope,
    TooManyTokens,
    make_service_token,
    make_token,
)
from porch.people.tokens.models import ApiToken
from tests.people.erasure.fullness import everything_kept
from tests.people.mails import html_of, text_of
from tests.village import NOON, Village
from tests.web.api.callers import EVERY_SCOPE, HOUSE_SCOPES, service_token, token_of


def test_its_secret_is_kept_nowhere(village: Village) -> None:
    made = token_of(village.ben)
    assert made.secret.startswith("porch_p_")
    assert made.token.digest == digest(made.secret)
    assert made.secret not in everything_kept()
    assert made.secret.startswith(made.token.prefix)
    assert len(made.token.prefix) == 12, "what is shown leaves 230 bits to guess"


def test_a_letter_tells_whose_it_is_and_holds_no_secret(village: Village) -> None:
    made = token_of(village.ben)
    row = Delivery.objects.get(to_address="ben@example.org")
    assert "A program" in text_of(row)
    for said in (text_of(row), html_of(row), row.subject):
        assert made.secret not in said
        assert made.token.prefix not in said


def test_it_works_for_ninety_days_unless_said_otherwise(village: Village) -> None:
    assert token_of(village.ben, at=NOON).token.expires_at == NOON + timedelta(days=90)
    assert token_of(village.ben, at=NOON, days=1).token.expires_at == NOON + timedelta(days=1)
    assert service_token(village.ada, at=NOON, days=365).token.expires_at == NOON + timedelta(days=365)


@pytest.mark.parametrize("days", [0, -1, 366, 10**9])
def test_no_token_works_longer_than_a_year(days: int, village: Village) -> None:
    for make in (lambda: token_of(village.ben, days=days), lambda: service_token(village.ada, days=days)):
        with pytest.raises(LifeDoesNotFit):
            make()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("scopes", [(), ("everything",), ("me:read", "*"), ("me:read members:read",)])
def test_a_scope_that_there_is_not_makes_no_token(scopes: tuple[str, ...], village: Village) -> None:
    with pytest.raises(NoSuchScope):
        token_of(village.ben, scopes)
    with pytest.raises(NoSuchScope):
        service_token(village.ada, scopes)


def test_what_is_about_a_person_is_not_for_the_house(village: Village) -> None:
    with pytest.raises(NoSuchScope):
        service_token(village.ada, ["me:read"])
    assert {"me:read", "me:write"} <= set(EVERY_SCOPE) - set(HOUSE_SCOPES)
    assert not [each for each in HOUSE_SCOPES if each.endswith(":write")], "a verb is done by somebody"


@pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 61, "a\0b"])
def test_a_name_is_a_line_that_can_be_seen(name: str, village: Village) -> None:
    with pytest.raises(Refusal):
        make_token(person=village.ben, name=name, scopes=["me:read"], browser="", at=NOON)
    assert not ApiToken.objects.exists()


def test_only_operators_make_tokens_of_the_house_and_the_audit_has_them(village: Village) -> None:
    for who in (village.ben, village.dov):
        with pytest.raises(NotAllowed):
            service_token(who)
    made = service_token(village.ada)
    assert made.secret.startswith("porch_s_")
    row = AuditEntry.objects.latest("pk")
    assert (row.act, row.by_id, row.ids) == (
        "service-token-made",
        village.ada.pk,
        {"token_id": made.token.pk},
    )


def test_who_is_shut_out_makes_none(village: Village) -> None:
    shut_out(person=village.ben, by=village.ada, reason="Spam.", at=NOON)
    with pytest.raises(NotFound):
        token_of(village.ben)


def test_there_are_twenty_at_most_and_those_that_ended_do_not_count(village: Village) -> None:
    for _ in range(MOST_PERSONAL):
        token_of(village.ben, at=NOON, days=1)
    with pytest.raises(TooManyTokens):
        token_of(village.ben, at=NOON)
    token_of(village.dov, at=NOON)
    token_of(village.ben, at=NOON + timedelta(days=1))


def test_the_database_holds_a_token_to_its_kind(village: Village) -> None:
    cells = {"digest": "d", "prefix": "p", "name": "n", "made_at": NOON, "expires_at": NOON + timedelta(1)}
    for wrong in (
        {"person": village.ben, "made_by": village.ada, "scopes": "me:read"},
        {"scopes": ""},
        {"scopes": "me:read", "expires_at": NOON},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.create(**{**cells, **wrong})


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_make_one_too_many(village: Village) -> None:
    for _ in range(MOST_PERSONAL - 1):
        token_of(village.ben, at=NOON)

    def make(_n: int) -> bool:
        try:
            return bool(token_of(village.ben, at=NOON))
        except TooManyTokens:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(make, range(4))) == 1
    assert ApiToken.objects.count() == MOST_PERSONAL


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_cannot_be_written_leaves_no_token(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    from porch.people.tokens import actions

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no room for a letter")

    monkeypatch.setattr(actions, "tell", broken)
    with pytest.raises(RuntimeError):
        token_of(village.ben)
    assert not ApiToken.objects.exists()


def test_a_service_token_has_a_ceiling_too(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    from porch.people.tokens import actions

    monkeypatch.setattr(actions, "MOST_SERVICE", 1)
    service_token(village.ada)
    with pytest.raises(TooManyTokens):
        make_service_token(name="Two", scopes=HOUSE_SCOPES, by=village.ada, at=NOON)
