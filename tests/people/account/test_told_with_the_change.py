"""Whatever changes how somebody comes in is told by a letter that commits with it: without the one not the other."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from porch.kit.time import now
from porch.people.account import actions, factors, passwords
from porch.people.account.factors import TooManyPasskeys
from porch.people.identity.addresses import give_address
from porch.people.identity.models import Person
from porch.people.sign_in import letters
from porch.people.sign_in.second_step import APP, PASSKEY, check_step, factors_of, make_recovery_codes
from porch.people.tokens.actions import make_token
from tests.engine.promises.owing import at_once
from tests.people.erasure.fullness import everything_kept
from tests.people.hands import SECRET, app_shows, give_app, newest, throw_letters_away
from tests.people.hands import letters as sent
from tests.village import Village

ASKED = {"browser": "Firefox on Linux", "at": now()}
STRONG = "correct horse battery"
Change = Callable[[Person], object]


def second(person: Person) -> int:
    return int(EmailAddress.objects.get(user_id=person.pk, primary=False).pk)


def add_passkey(person: Person) -> Authenticator:
    return factors.add_passkey(person=person, name="Key", credential={}, **ASKED)


def passkey_of(person: Person) -> int:
    return int(factors_of(person, PASSKEY)[0].pk)


# Each verb by the name of what its letter tells.
CHANGES: dict[str, Change] = {
    "name": lambda who: actions.change_name(person=who, name="Another", **ASKED),
    "address-added": lambda who: actions.add_address(person=who, address="third@example.org", **ASKED),
    "address-main": lambda who: actions.change_main(person=who, number=second(who), **ASKED),
    "address-removed": lambda who: actions.remove_address(person=who, number=second(who), **ASKED),
    "password-set": lambda who: passwords.set_password(person=who, password=STRONG, keep=0, **ASKED),
    "password-removed": lambda who: passwords.remove_password(person=who, keep=0, **ASKED),
    "passkey-added": add_passkey,
    "passkey-removed": lambda who: factors.remove_passkey(person=who, number=passkey_of(who), **ASKED),
    "app-added": lambda who: factors.keep_app(person=who, secret=SECRET, **ASKED),
    "app-removed": lambda who: factors.remove_app(person=who, **ASKED),
    "second-on": lambda who: factors.start_second_step(person=who, **ASKED),
    "second-off": lambda who: factors.end_second_step(person=who, **ASKED),
    "recovery-new": lambda who: factors.new_recovery_codes(person=who, **ASKED),
    "token-made": lambda who: make_token(person=who, name="A program", scopes=["me:read"], **ASKED),
    "recovery-used": lambda who: check_step(
        person=who, code=make_recovery_codes(person=who)[0], at=now(), browser=""
    ),
}


def prepare(change: str, person: Person) -> None:
    """Have there be what is changed, and no letters."""
    give_address(person=person, address="second@example.org")
    passwords.set_password(person=person, password=STRONG + "!", keep=0, **ASKED)
    add_passkey(person)
    if change != "app-added":
        give_app(person)
    throw_letters_away()


def test_every_change_that_a_letter_tells_of_is_made_here() -> None:
    assert CHANGES.keys() == letters.CHANGES.keys()


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_change_is_told_by_what_it_was_made_with(village: Village, change: str) -> None:
    prepare(change, village.ben)
    CHANGES[change](village.ben)
    assert sent()
    assert all(each.ground == "security notice" for each in sent())
    assert change == "recovery-used" or "Firefox on Linux" in newest()


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_what_cannot_be_told_is_not_changed(
    village: Village, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(change, village.ben)
    before = what_opens(village.ben)
    monkeypatch.setattr(letters, "send", trip)
    with pytest.raises(ZeroDivisionError):
        CHANGES[change](village.ben)
    assert what_opens(village.ben) == before


def what_opens(person: Person) -> str:
    """Read everything that is kept but what is counted, and recovery codes made anew to be used."""
    apart = ("people_tally", "sqlite_sequence", "mfa_authenticator")
    rows = [line for line in everything_kept().splitlines() if not line.startswith(apart)]
    ways = [(each.type, each.data.get("used_mask"), each.last_used_at) for each in factors_of(person)]
    return "\n".join([*sorted(rows), str(ways)])


def trip(*_: object, **__: object) -> None:
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_of_two_passkeys_at_once_one_is_the_tenth(village: Village) -> None:
    ben = village.ben
    for _ in range(factors.MOST - 1):
        add_passkey(ben)
    came = at_once(lambda: add_passkey(ben), lambda: add_passkey(ben))
    assert sum(isinstance(each, TooManyPasskeys) for each in came) == 1
    assert len(factors_of(ben, PASSKEY)) == factors.MOST


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_opens_one_door_of_two(village: Village) -> None:
    ben = village.ben
    give_app(ben)
    code = make_recovery_codes(person=ben)[0]
    came = at_once(*[lambda: check_step(person=ben, code=code, at=now())] * 2)
    assert sum(isinstance(each, Exception) for each in came) == 1


def test_a_second_app_is_refused(village: Village) -> None:
    factor = give_app(village.ben)
    with pytest.raises(factors.StepIsWrong):
        factors.add_app(person=village.ben, secret=SECRET, code=app_shows(factor), **ASKED)
    assert len(factors_of(village.ben, APP)) == 1


def test_somebody_else_s_passkey_is_not_found(village: Village) -> None:
    row = add_passkey(village.ben)
    for verb in (
        lambda: factors.rename_passkey(person=village.dov, number=row.pk, name="Mine"),
        lambda: factors.remove_passkey(person=village.dov, number=row.pk, **ASKED),
    ):
        with pytest.raises(factors.NotFound):
            verb()
    assert factors_of(village.ben, PASSKEY)[0].data["name"] == "Key"
