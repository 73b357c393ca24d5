"""Which sessions still let somebody in: asked for live lines, which have outlived their request."""

from datetime import timedelta

from django.contrib.auth import HASH_SESSION_KEY
from django.test import Client

from porch.community.membership.models import Member
from porch.kit.time import now
from porch.people.sessions.jobs import which_sessions_stand
from porch.people.sessions.models import Session
from porch.web.live.leave import which_stand
from tests.people.sessions.test_store import row_of
from tests.village import Village, browser


def test_it_is_asked_once_for_all(village: Village, django_assert_num_queries: object) -> None:
    ids = {row_of(browser(person)).pk for person in (village.ada, village.ben, village.dov)}
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert which_sessions_stand(ids | {0, 999}) == ids


def test_whoever_is_shut_out_stands_no_more(village: Village, ben: Client) -> None:
    pk = row_of(ben).pk
    village.ben.is_active = False
    village.ben.save()
    assert which_sessions_stand({pk}) == set()


def test_nor_do_the_sessions_of_an_older_password(village: Village, ben: Client) -> None:
    pk = row_of(ben).pk
    village.ben.set_password("another")
    village.ben.save()
    assert which_sessions_stand({pk}) == set()


def test_nor_what_is_over_or_gone(ben: Client, dov: Client) -> None:
    ids = {row_of(ben).pk, row_of(dov).pk}
    Session.objects.filter(pk=row_of(ben).pk).update(
        begun_at=now() - timedelta(days=9), ends_at=now() - timedelta(seconds=1)
    )
    Session.objects.filter(pk=row_of(dov).pk).delete()
    assert which_sessions_stand(ids) == set()


def test_nor_one_whose_data_was_tampered_with(ben: Client) -> None:
    session = ben.session
    session[HASH_SESSION_KEY] = "x"
    session.save()
    assert which_sessions_stand({row_of(ben).pk}) == set()


def test_a_membership_is_a_leave_too(village: Village) -> None:
    leaves = {f"member:{person.pk}" for person in (village.ada, village.ben, village.dov)}
    assert which_stand(leaves) == leaves - {f"member:{village.dov.pk}"}
    Member.objects.filter(person=village.ben).delete()
    assert which_stand(leaves) == {f"member:{village.ada.pk}"}
