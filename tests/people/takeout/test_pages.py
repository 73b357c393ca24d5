"""Asking for a copy, loading it and removing it, by whoever it is of and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from porch.engine.files.store import LocalStore
from porch.kit.sending import FILE_HEADER
from porch.kit.time import now
from porch.people.takeout import jobs
from porch.people.takeout.models import TakeOut
from porch.people.takeout.rules import LASTS
from tests.people.takeout.archives import take_out
from tests.village import Village, browser

PAGE = "/account/holdings/takeout/"


def test_it_is_asked_for_made_and_loaded(village: Village, ben: Client, shelf: LocalStore) -> None:
    assert "No copies" in ben.get(PAGE).text
    page = ben.post(PAGE, follow=True).text
    assert "Asked for." in page
    assert "Waiting" in page
    assert DBTaskResult.objects.filter(task_path="porch.people.takeout.jobs.make").exists()
    row = TakeOut.objects.get(person=village.ben)
    jobs.make.call(row.pk)
    assert "Ready" in ben.get(PAGE).text
    answer = ben.get(f"{PAGE}{row.pk}/file/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert len(answer.headers[FILE_HEADER]) == 64


def test_asked_for_again_it_is_refused_beside_the_button(ben: Client) -> None:
    ben.post(PAGE)
    answer = ben.post(PAGE)
    assert answer.status_code == 409
    assert "being made already" in answer.text


@pytest.mark.parametrize("who", ["ada", "cleo", "dov"])
def test_nobody_else_loads_or_removes_it(who: str, village: Village, shelf: LocalStore) -> None:
    row = take_out(village.ben, now())
    other = browser(village.cast()[who])
    denied = other.get(f"{PAGE}{row.pk}/file/")
    assert denied.status_code == (302 if who == "cleo" else 404)
    assert FILE_HEADER not in denied.headers
    assert other.post(f"{PAGE}{row.pk}/removal/").status_code == (403 if who == "cleo" else 404)
    for name in (row.holding.name, "full"):
        for each in (other, browser(village.ben)):
            assert each.get(f"/files/{row.holding_id}/{name}").status_code == 404
    assert TakeOut.objects.filter(pk=row.pk).exists()


def test_it_wants_a_fresh_proof(village: Village, shelf: LocalStore) -> None:
    row = take_out(village.ben, now())
    late = browser(village.ben, recent=False)
    for path in (PAGE, f"{PAGE}{row.pk}/file/"):
        answer = late.get(path)
        assert "/account/confirm/" in answer.headers["Location"]
        assert FILE_HEADER not in answer.headers
    assert late.post(PAGE).status_code == 403
    assert TakeOut.objects.count() == 1


def test_it_cannot_be_loaded_after_its_end(village: Village, ben: Client, shelf: LocalStore) -> None:
    row = take_out(village.ben, now())
    TakeOut.objects.filter(pk=row.pk).update(ends_at=now() - timedelta(seconds=1))
    assert ben.get(f"{PAGE}{row.pk}/file/").status_code == 404
    assert "No copies" in ben.get(PAGE).text
    TakeOut.objects.filter(pk=row.pk).update(ends_at=now() + LASTS)
    assert ben.get(f"{PAGE}{row.pk}/file/").status_code == 200


def test_it_is_removed_before_its_time(village: Village, ben: Client, shelf: LocalStore) -> None:
    row = take_out(village.ben, now())
    assert "Removed." in ben.post(f"{PAGE}{row.pk}/removal/", follow=True).text
    assert not TakeOut.objects.exists()
    assert ben.get(f"{PAGE}{row.pk}/file/").status_code == 404


def test_one_that_failed_says_what_to_do(village: Village, ben: Client) -> None:
    ben.post(PAGE)
    TakeOut.objects.update(failed_at=now())
    assert "could not be made" in ben.get(PAGE).text
    assert ben.post(PAGE).status_code == 302


def test_without_a_way_to_write_nothing_is_asked_for_by_strangers(village: Village, cleo: Client) -> None:
    assert cleo.post(PAGE).status_code == 403
    assert browser(village.ben, enforce_csrf_checks=True).post(PAGE).status_code == 403
    assert not TakeOut.objects.exists()
