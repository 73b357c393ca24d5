"""A request with an Idempotency-Key is done once, however often it is sent."""

from datetime import datetime, timedelta

import pytest

from porch.community.circles.models import Circle
from porch.community.invites.models import Invite
from porch.community.payments.models import Payment
from porch.kit.time import now
from porch.people.erasure.actions import erase_person
from porch.people.tokens.models import KeptAnswer
from porch.people.tokens.repeating import KEPT, do_once, forget_answers
from tests.community.requests.wishes import at_once
from tests.village import Village
from tests.web.api.callers import Program, program_of, token_of
from tests.web.api.world import filling

SECOND = timedelta(seconds=1)


def make(program: Program, key: str, name: str = "Readers") -> object:
    return program.send("POST", "/circles", f'{{"name": "{name}"}}', headers={"idempotency-key": key})


def circles() -> int:
    return Circle.objects.filter(is_whole=False).count()


def test_what_is_sent_twice_is_done_once_and_answered_alike(village: Village) -> None:
    program = program_of(village.ada)
    first, second = make(program, "k1"), make(program, "k1")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert circles() == 1


def test_another_key_and_no_key_do_it_again(village: Village) -> None:
    program = program_of(village.ada)
    for key in ("k1", "k2"):
        make(program, key)
    program.send("POST", "/circles", '{"name": "Readers"}')
    program.send("POST", "/circles", '{"name": "Readers"}')
    assert circles() == 4


def test_the_same_key_with_another_body_or_address_is_refused(village: Village) -> None:
    program = program_of(village.ada)
    make(program, "k1")
    other = make(program, "k1", name="Writers")
    assert (other.status_code, other.json()["code"]) == (422, "key-was-used")
    elsewhere = program.send("PATCH", "/me", '{"name": "Readers"}', headers={"idempotency-key": "k1"})
    assert elsewhere.json()["code"] == "key-was-used"
    assert circles() == 1


def test_each_token_has_keys_of_its_own(village: Village) -> None:
    make(program_of(village.ada), "k1")
    assert "Idempotency-Replayed" not in make(program_of(village.ada), "k1").headers
    assert circles() == 2


def test_a_refusal_is_not_kept_since_nothing_was_done(village: Village) -> None:
    program = program_of(village.ada)
    assert make(program, "k1", name=" ").status_code == 422
    assert not KeptAnswer.objects.exists()
    assert make(program, "k1").status_code == 200


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a b", "h\xe4"])
def test_a_key_that_is_none_is_refused(key: str, village: Village) -> None:
    answer = make(program_of(village.ada), key)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "header.Idempotency-Key"
    assert circles() == 0


def test_a_right_that_went_meanwhile_keeps_the_answer_shut(village: Village) -> None:
    program = program_of(village.ben, "me:write", "circles:write")
    assert make(program, "k1").status_code == 403
    assert not KeptAnswer.objects.exists()


def test_without_an_answer_to_give_it_says_so_again(village: Village) -> None:
    there, program = filling(), program_of(village.ada)
    path, headers = f"/invites/{there['invite']}", {"idempotency-key": "k1"}
    answers = [program.send("DELETE", path, headers=headers) for _ in range(2)]
    assert [each.status_code for each in answers] == [204, 204]
    assert [each.content for each in answers] == [b"", b""]


def test_the_database_alone_does_not_tell_what_was_answered(village: Village) -> None:
    there, program = filling(), program_of(village.ada)
    body = f'{{"circle_id": {there["circle"]}}}'
    headers = {"idempotency-key": "k1"}
    link = program.send("POST", "/invites", body, headers=headers).json()["link"]
    (row,) = KeptAnswer.objects.values_list("key", "asked", "answer")
    assert not [each for each in row if link in each or each == "k1"]
    assert program.send("POST", "/invites", body, headers=headers).json()["link"] == link
    assert Invite.objects.count() == 2, "the one of the world, and this"


def once(token_id: int, at: datetime) -> bool:
    return do_once(token_id=token_id, secret="s", key="k", asked=b"x", do=lambda: "1", at=at)[1]


def test_an_answer_is_kept_for_a_day_to_the_second(village: Village) -> None:
    token, at = token_of(village.ada).token.pk, now()
    assert once(token, at) is False
    assert once(token, at + KEPT - SECOND) is True
    assert once(token, at + KEPT) is False
    assert KeptAnswer.objects.count() == 1


def test_they_are_forgotten_after_a_day_though_nobody_asks_again(village: Village) -> None:
    token, at = token_of(village.ada).token.pk, now()
    once(token, at)
    assert forget_answers(at=at + KEPT - SECOND) == 0
    assert forget_answers(at=at + KEPT, hold=True) == 0
    assert KeptAnswer.objects.count() == 1
    assert forget_answers(at=at + KEPT) == 1
    assert not KeptAnswer.objects.exists()


def test_they_go_with_their_person(village: Village) -> None:
    make(program_of(village.ada), "k1")
    token = token_of(village.ben).token.pk
    once(token, now())
    erase_person(person=village.ben, at=now(), by=None)
    assert not KeptAnswer.objects.filter(token=token).exists()
    assert KeptAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_done_once(village: Village) -> None:
    there, secret = filling(), token_of(village.ada).secret
    path, before = f"/members/{there['fay']}/payments", Payment.objects.count()
    body = f'{{"amount": 900, "currency": "USD", "received_on": "{there["today"]}"}}'

    def pay() -> tuple[int, bytes]:
        answer = Program(secret).send("POST", path, body, headers={"idempotency-key": "k1"})
        return answer.status_code, answer.content

    came = at_once(pay, pay, pay)
    assert len(set(came)) == 1, came
    assert came[0][0] == 200  # type: ignore[index]
    assert Payment.objects.count() == before + 1
