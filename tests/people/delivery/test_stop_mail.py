"""The stop link: one press, no sign-in, no cookie, and nothing by looking at it."""

import pytest
from django.test import Client

from porch.people.consent.models import Consent
from porch.people.consent.subjects import Subject, address_subject, person_subject
from porch.people.delivery.stopping import LinkIsNotWhole, read_stop_token, stop_token
from porch.people.suppression.models import Reason
from porch.people.suppression.reads import why_suppressed
from tests.people.consent.words import give, stands
from tests.village import Village, browser


@pytest.fixture
def ben(village: Village) -> Subject:
    subject = person_subject(village.ben)
    give(subject)
    return subject


def path_of(subject: Subject, purpose: str = "member-letter") -> str:
    return f"/stop/{stop_token(subject.name, purpose)}/"


def test_looking_stops_nothing(ben: Subject, cleo: Client) -> None:
    assert "One press is enough" in cleo.get(path_of(ben)).text
    assert cleo.head(path_of(ben)).status_code == 200
    assert stands(ben)


def test_one_post_stops_as_mail_programs_send_it(ben: Subject) -> None:
    program = browser(enforce_csrf_checks=True)
    answer = program.post(path_of(ben), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not stands(ben)
    assert Consent.objects.latest("id").proof == "stop link"
    assert why_suppressed("ben@example.org", "member-letter") == Reason.WITHDRAWN
    assert not answer.cookies


def test_a_second_press_is_as_good(ben: Subject, cleo: Client) -> None:
    for _ in range(2):
        assert "Stopped" in cleo.post(path_of(ben)).text
    assert Consent.objects.count() == 2


def test_a_link_works_after_its_owner_is_gone(village: Village, ben: Subject, cleo: Client) -> None:
    path = path_of(ben)
    village.ben.delete()
    assert cleo.post(path).status_code == 200


def test_an_address_stops_too(db: None) -> None:
    cleo = address_subject("cleo@example.org")
    give(cleo, "news")
    browser().post(path_of(cleo, "news"))
    assert not stands(cleo, "news")
    assert why_suppressed("cleo@example.org", "news") == Reason.WITHDRAWN


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: t + "0", lambda t: t.replace("p.", "p.1"),
                                   lambda t: t.replace("member-letter", "news"), lambda t: "", lambda t: "a.b.c.d",
                                   lambda t: "…", lambda t: t.upper()])  # fmt: skip
def test_a_link_that_was_changed_stops_nobody(spoil: object, ben: Subject, cleo: Client) -> None:
    token = spoil(stop_token(ben.name, "member-letter"))  # type: ignore[operator]
    with pytest.raises(LinkIsNotWhole):
        read_stop_token(token)
    assert cleo.post(f"/stop/{token or 'x'}/").status_code == 404
    assert stands(ben)
