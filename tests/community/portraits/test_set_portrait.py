"""A member sets their own portrait, from a form that works without scripts."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from porch.community.membership.reads import NEWEST_MEMBERS
from porch.community.portraits.actions import set_portrait
from porch.community.portraits.models import Portrait
from porch.engine.files.actions import forget_files_of
from porch.engine.files.models import Holding, StoredFile
from porch.engine.files.places import store
from porch.kit.refusals import NotAllowed
from tests.community.portraits.pictures import as_bytes, hang, picture
from tests.village import NOON, Village, browser

PAGE = "/account/portrait/"


def send(who: object, data: bytes, name: str = "me.png") -> object:
    return browser(who).post(PAGE, {"picture": SimpleUploadedFile(name, data)})  # type: ignore[arg-type]


def test_a_portrait_is_a_square_and_stands_beside_the_name(village: Village) -> None:
    answer = send(village.ben, picture(size=(300, 200)))
    assert answer.headers["Location"] == PAGE  # type: ignore[attr-defined]
    portrait = Portrait.objects.get(member__person=village.ben)
    stored = portrait.holding.files.get(size="full").stored
    assert (stored.width, stored.height) == (200, 200)
    with store().open(stored.sha256) as file:
        assert Image.open(file).size == (200, 200)
    assert f"/files/{portrait.holding_id}/small" in browser(village.ada).get("/inside/").content.decode()
    assert 'alt="Ben"' in browser(village.ben).get(PAGE).content.decode()


def test_a_new_one_takes_the_place_of_the_one_before(village: Village) -> None:
    first, second = hang(village.ben, "red"), hang(village.ben, "blue")
    assert list(Portrait.objects.filter(member__person=village.ben)) == [second]
    assert not Holding.objects.filter(pk=first.holding_id).exists()
    assert StoredFile.objects.filter(goes_at=NOON + timedelta(days=1)).exists(), (
        "its bytes may go after the grace"
    )


def test_the_same_one_again_stays(village: Village) -> None:
    hang(village.ben)
    hang(village.ben)
    assert not StoredFile.objects.filter(goes_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg onload=alert(1)/>", "What is taken: JPEG, PNG, WebP, GIF, AVIF"),
        (b"", "This file is empty"),
        (picture()[:60], "cannot be read to its end"),
    ],
)
def test_what_is_refused_is_told_beside_the_field(data: bytes, why: str, village: Village) -> None:
    answer = send(village.ben, data)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert why in answer.content.decode()  # type: ignore[attr-defined]
    assert 'aria-describedby="picture-hint picture-error"' in answer.content.decode()  # type: ignore[attr-defined]
    assert not Portrait.objects.exists()


def test_a_form_without_a_file_is_told_so(village: Village) -> None:
    assert "No picture was chosen." in browser(village.ben).post(PAGE, {}).content.decode()


def test_who_is_no_member_sets_none(village: Village) -> None:
    assert send(village.dov, picture()).status_code == 404  # type: ignore[attr-defined]
    assert send(None, picture()).status_code == 403  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed):
        set_portrait(stream=io.BytesIO(picture()), name="a.png", by=village.dov, at=NOON)
    assert not Holding.objects.exists()


def test_nobody_removes_another_s(village: Village) -> None:
    hang(village.ben)
    for who in (village.ada, village.dov, None):
        browser(who).post(f"{PAGE}removal/")
    assert Portrait.objects.count() == 1
    assert browser(village.ben).post(f"{PAGE}removal/").headers["Location"] == PAGE
    assert not Portrait.objects.exists()


def test_to_forget_a_person_s_files_takes_the_portrait_along(village: Village) -> None:
    hang(village.ben), hang(village.ada, "red")
    assert forget_files_of(village.ben.pk, at=NOON) == 1
    assert [each.portrait is not None for each in NEWEST_MEMBERS.all()] == [False, True]


def test_a_transparent_one_stays_so(village: Village) -> None:
    send(village.ben, as_bytes(Image.new("RGBA", (50, 50), (1, 2, 3, 0)), "PNG"))
    stored = Portrait.objects.get().holding.files.get(size="full").stored
    assert stored.media_type == "image/webp"
