import threading
from functools import partial

import pytest
from django.db import connection

from porch.engine.facts.models import CommunityFactRow
from porch.kit.refusals import NotAllowed
from porch.kit.text import LineIsEmpty
from porch.people.identity.actions import appoint_owner
from porch.people.identity.addresses import AddressIsTaken
from porch.people.identity.models import Operator, Person
from porch.people.identity.operators import (
    LastOperator,
    add_person,
    appoint_operator,
    dismiss_operator,
    let_in,
    rename_person,
    shut_out,
)
from tests.people.hands import is_in
from tests.village import NOON, Village, browser

shut_out_for_spam = partial(shut_out, reason="Spam.")


def kinds() -> list[str]:
    return list(CommunityFactRow.objects.order_by("pk").values_list("kind", flat=True))


def test_a_person_is_added_with_an_address_of_their_own(db: None) -> None:
    person = add_person(address="eve@example.org", name=" Eve ", at=NOON)
    assert (person.name, person.email, person.has_usable_password()) == ("Eve", "eve@example.org", False)
    assert kinds() == ["PersonAdded"]


def test_nothing_is_left_of_a_person_who_could_not_be_added(village: Village) -> None:
    before = Person.objects.count()
    for address, name, refusal in (
        ("ben@example.org", "Eve", AddressIsTaken),
        ("eve@example.org", " ", LineIsEmpty),
    ):
        with pytest.raises(refusal):
            add_person(address=address, name=name, at=NOON)
    assert Person.objects.count() == before


def test_appointing_twice_is_once(village: Village) -> None:
    before = kinds().count("OperatorAppointed")
    for _ in range(2):
        appoint_operator(person=village.ben, by=village.ada, at=NOON)
    assert kinds().count("OperatorAppointed") == before + 1
    assert browser(village.ben).get("/desk/").status_code == 200


def test_dismissing_ends_it(village: Village) -> None:
    appoint_operator(person=village.ben, by=village.ada, at=NOON)
    dismiss_operator(person=village.ada, by=village.ben, at=NOON)
    assert browser(village.ada).get("/desk/").status_code == 404
    assert kinds()[-1] == "OperatorDismissed"


def test_the_last_operator_stays(village: Village) -> None:
    for act in (dismiss_operator, shut_out_for_spam):
        with pytest.raises(LastOperator):
            act(person=village.ada, by=village.ada, at=NOON)


def test_an_operator_who_is_shut_out_does_not_count(village: Village) -> None:
    appoint_operator(person=village.ben, by=village.ada, at=NOON)
    shut_out(person=village.ben, by=village.ada, reason="Spam.", at=NOON)
    with pytest.raises(LastOperator):
        dismiss_operator(person=village.ada, by=village.ada, at=NOON)


def test_only_operators_may(village: Village) -> None:
    for act in (appoint_operator, dismiss_operator, shut_out_for_spam, let_in):
        with pytest.raises(NotAllowed):
            act(person=village.dov, by=village.ben, at=NOON)


def test_somebody_shut_out_is_out_at_once_and_comes_in_again(village: Village) -> None:
    ben = browser(village.ben)
    shut_out(person=village.ben, by=village.ada, reason="Spam.", at=NOON)
    shut_out(person=village.ben, by=village.ada, reason="Spam.", at=NOON)
    assert not is_in(ben)
    let_in(person=village.ben, by=village.ada, at=NOON)
    assert is_in(browser(village.ben))
    assert kinds()[-2:] == ["PersonSuspended", "PersonReadmitted"]


def test_another_name(village: Village) -> None:
    for _ in range(2):
        assert rename_person(person=village.ben, name="Benjamin", at=NOON).name == "Benjamin"
    assert kinds().count("PersonRenamed") == 1


@pytest.mark.django_db(transaction=True)
def test_two_operators_who_dismiss_each_other_leave_one() -> None:
    ada = appoint_owner(at=NOON)
    ben = add_person(address="ben@example.org", name="Ben", at=NOON)
    appoint_operator(person=ben, by=ada, at=NOON)
    start = threading.Barrier(2)

    def dismiss(whom: Person, by: Person) -> None:
        start.wait()
        try:
            dismiss_operator(person=whom, by=by, at=NOON)
        except (LastOperator, NotAllowed):
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=dismiss, args=pair) for pair in ((ada, ben), (ben, ada))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Operator.objects.count() == 1
