"""What nobody holds goes after a grace; what somebody holds stays."""

import io
import os
import threading
from datetime import timedelta

import pytest
from django.db import connection

from porch.engine.files.actions import GRACE, forget_files_of, release, take_in
from porch.engine.files.models import HeldFile, Holding, StoredFile
from porch.engine.files.store import LocalStore
from porch.engine.files.upkeep import check_files, look_over_files, sweep
from tests.engine.files.samples import ANYTHING, PDF, WHOLE
from tests.village import NOON

LATER = NOON + GRACE + timedelta(seconds=1)


def take(data: bytes = PDF, by: int = 7, about: int | None = None) -> Holding:
    return take_in(io.BytesIO(data), name="a", kind=ANYTHING, by_id=by, about_id=about, at=NOON)


def names(shelf: LocalStore) -> list[str]:
    return [name for name, _, _ in shelf.walk()]


def test_bytes_go_when_the_last_holding_went_and_a_grace_passed(shelf: LocalStore, db: None) -> None:
    first, second = take(), take()
    release(holdings=[first.pk], at=NOON)
    sweep(at=LATER)
    assert len(names(shelf)) == 1, "somebody holds them still"
    assert release(holdings=[second.pk], at=NOON) == 1
    sweep(at=NOON)
    assert len(names(shelf)) == 1, "the grace"
    sweep(at=LATER)
    assert names(shelf) == []
    assert not StoredFile.objects.exists()


def test_what_is_taken_in_again_within_the_grace_stays(shelf: LocalStore, db: None) -> None:
    release(holdings=[take().pk], at=NOON)
    again = take()
    sweep(at=LATER)
    assert shelf.size(again.files.get().stored.sha256) == len(PDF)


def test_a_picture_goes_in_all_its_sizes(shelf: LocalStore, db: None) -> None:
    release(holdings=[take(WHOLE["JPEG"]).pk], at=NOON)
    sweep(at=LATER)
    assert names(shelf) == []
    assert not HeldFile.objects.exists()


def test_releasing_nothing_and_twice_is_harmless(shelf: LocalStore, db: None) -> None:
    holding = take()
    assert release(holdings=[], at=NOON) == 0
    assert release(holdings=[holding.pk, "nothing-here"], at=NOON) == 1
    assert release(holdings=[holding.pk], at=NOON) == 0


def test_a_person_s_files_are_forgotten_at_once_and_no_one_else_s(shelf: LocalStore, db: None) -> None:
    take(b"by seven"), take(b"about seven", by=8, about=7)
    theirs, both = take(b"by eight", by=8), take(b"by seven", by=9)
    assert forget_files_of(7, at=NOON) == 2
    sweep(at=NOON)
    assert set(Holding.objects.values_list("pk", flat=True)) == {theirs.pk, both.pk}
    assert len(names(shelf)) == 2


def test_forgetting_shortens_a_grace_that_runs(shelf: LocalStore, db: None) -> None:
    release(holdings=[take().pk], at=NOON)
    take()
    forget_files_of(7, at=NOON)
    sweep(at=NOON)
    assert names(shelf) == []


def test_old_drafts_and_strays_are_swept_and_young_ones_stay(shelf: LocalStore, db: None) -> None:
    held = take()
    stray = shelf.path("ab" * 32)
    stray.parent.mkdir(parents=True)
    draft = shelf.folder.parent / "tmp" / "file-left-by-a-crash"
    for path in (stray, draft):
        path.write_bytes(b"half")
    sweep(at=NOON)
    assert stray.exists()
    assert draft.exists()
    for path in (stray, draft, shelf.path(held.files.get().stored.sha256)):
        os.utime(path, (0, 0))
    assert sweep(at=NOON) == 2
    assert names(shelf) == [held.files.get().stored.sha256]
    assert not draft.exists()


def test_a_check_finds_what_is_missing_damaged_and_stray(shelf: LocalStore, db: None) -> None:
    assert check_files(at=NOON).findings == ""
    kept, lost, bent = (take(data).files.get().stored.sha256 for data in (b"kept", b"lost", b"bent"))
    shelf.delete(lost)
    shelf.path(bent).chmod(0o600)
    shelf.path(bent).write_bytes(b"Bent")
    stray = shelf.path("ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    os.utime(stray, (0, 0))
    quick = look_over_files(at=NOON, is_thorough=False)
    assert (quick.missing, quick.damaged, quick.is_good) == ([lost], [], False), "the size is right"
    found = check_files(at=NOON)
    assert (found.files, found.missing, found.damaged, found.strays) == (3, 1, 1, 1)
    assert found.findings.splitlines() == [f"missing {lost}", f"damaged {bent}", f"stray {'ab' * 32}"]
    assert kept not in found.findings


def together(*works: object) -> list[BaseException]:
    errors: list[BaseException] = []
    start = threading.Barrier(len(works))

    def do(work: object) -> None:
        start.wait()
        try:
            work()  # type: ignore[operator]
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_twice_at_once_are_stored_once(shelf: LocalStore, transactional_db: None) -> None:
    assert together(*[take] * 6) == []
    assert (StoredFile.objects.count(), Holding.objects.count(), len(names(shelf))) == (1, 6, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_in_while_it_is_swept_is_there(shelf: LocalStore, transactional_db: None) -> None:
    for _ in range(12):
        release(holdings=list(Holding.objects.values_list("pk", flat=True)), at=NOON)
        assert together(take, lambda: sweep(at=LATER), lambda: sweep(at=LATER)) == []
        assert Holding.objects.count() == 1
        assert look_over_files(at=NOON, is_thorough=True).is_good
        assert len(names(shelf)) == 1
