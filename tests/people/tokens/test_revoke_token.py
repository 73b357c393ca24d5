"""Tokens end: by whose they are, by operators, by themselves, with their person, and when their time is over."""

from datetime import timedelta

import pytest

from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import NotAllowed, NotFound
from porch.kit.time import now
from porch.people.erasure.actions import erase_person
from porch.people.identity.models import Operator
from porch.people.identity.operators import dismiss_operator, let_in, shut_out
from porch.people.sign_in.limits import API_READS
from porch.people.tokens.actions import hand_back, revoke_service_token, revoke_token
from porch.people.tokens.models import ApiToken
from porch.people.tokens.reads import find_token
from tests.village import NOON, Village
from tests.web.api.callers import Program, program_of, service_token, token_of


def works(secret: str, at: object = None) -> bool:
    return find_token(secret, rate=API_READS, at=at or now()) is not None  # type: ignore[arg-type]


def test_a_token_ends_to_the_second(village: Village) -> None:
    for made in (token_of(village.ben, at=NOON), service_token(village.ada, at=NOON)):
        end = NOON + timedelta(days=90)
        assert works(made.secret, end - timedelta(seconds=1))
        assert works(made.secret, end - timedelta(microseconds=1))
        assert not works(made.secret, end)
        assert not works(made.secret, end + timedelta(seconds=1))


def test_mine_is_revoked_at_once_and_for_good(village: Village) -> None:
    made, other = token_of(village.ben), token_of(village.ben)
    revoke_token(token_id=made.token.pk, by=village.ben, at=NOON)
    revoke_token(token_id=made.token.pk, by=village.ben, at=NOON + timedelta(days=1))
    assert Program(made.secret).get("/me").status_code == 401
    assert Program(other.secret).get("/me").status_code == 200
    assert ApiToken.objects.get(pk=made.token.pk).revoked_at == NOON, "the first time stands"


def test_nobody_revokes_somebody_else_s(village: Village) -> None:
    bens, house = token_of(village.ben), service_token(village.ada)
    for who in (village.ada, village.dov):
        with pytest.raises(NotFound):
            revoke_token(token_id=bens.token.pk, by=who, at=NOON)
    with pytest.raises(NotFound):
        revoke_token(token_id=house.token.pk, by=village.ada, at=NOON)
    with pytest.raises(NotFound):
        revoke_service_token(token_id=bens.token.pk, by=village.ada, at=NOON)
    with pytest.raises(NotAllowed):
        revoke_service_token(token_id=house.token.pk, by=village.ben, at=NOON)
    assert works(bens.secret)
    assert works(house.secret)


def test_one_of_the_house_leaves_one_row_in_the_audit(village: Village) -> None:
    made = service_token(village.ada)
    for _ in range(2):
        revoke_service_token(token_id=made.token.pk, by=village.ada, at=NOON)
    (row,) = AuditEntry.objects.filter(act="service-token-revoked")
    assert (row.by_id, row.ids) == (village.ada.pk, {"token_id": made.token.pk})


def test_a_token_hands_itself_back(village: Village) -> None:
    for made in (token_of(village.ben), service_token(village.ada)):
        program = Program(made.secret)
        assert program.send("DELETE", "/token").status_code == 204
        assert program.send("DELETE", "/token").status_code == 401
        assert not works(made.secret)
    assert AuditEntry.objects.get(act="service-token-revoked").by_id is None
    with pytest.raises(NotFound):
        hand_back(token_id=0, at=NOON)


def test_who_is_shut_out_has_none_that_works_even_when_let_in_again(village: Village) -> None:
    program = program_of(village.ben)
    shut_out(person=village.ben, by=village.ada, reason="Spam.", at=NOON)
    assert program.get("/me").status_code == 401
    let_in(person=village.ben, by=village.ada, at=NOON)
    assert program.get("/me").status_code == 401


def test_who_is_inactive_by_any_other_way_is_out_at_the_next_request(village: Village) -> None:
    program = program_of(village.ben)
    village.ben.is_active = False
    village.ben.save()
    assert program.get("/me").status_code == 401


def test_with_an_erased_person_theirs_go(village: Village) -> None:
    made = token_of(village.ben)
    erase_person(person=village.ben, by=village.ada, at=NOON)
    assert Program(made.secret).get("/token").status_code == 401
    assert not ApiToken.objects.exists()


def test_one_of_the_house_outlives_who_made_it(village: Village) -> None:
    Operator.objects.create(person=village.ben, since=NOON)
    program = Program(service_token(village.ben).secret)
    dismiss_operator(person=village.ben, by=village.ada, at=NOON)
    assert program.get("/members").status_code == 200
    shut_out(person=village.ben, by=village.ada, reason="Spam.", at=NOON)
    assert program.get("/members").status_code == 200
    erase_person(person=village.ben, by=village.ada, at=NOON)
    assert program.get("/members").status_code == 200
    assert ApiToken.objects.get().made_by is None
