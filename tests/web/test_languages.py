"""Which language a stranger's page is kept in, where there are several."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.utils.translation import trans_real

from porch.web.languages import choose_language
from porch.web.server.front import Front


@pytest.fixture
def in_two_languages() -> Iterator[None]:
    with override_settings(LANGUAGES=[("en", "English"), ("de", "Deutsch")]):
        forget()
        yield
    forget()


def forget() -> None:
    for each in (choose_language, trans_real.get_languages, trans_real._get_supported_language_variant):
        each.cache_clear()


@pytest.mark.usefixtures("in_two_languages")
@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("fr,de;q=0.2", "de"),
        ("fr", "en"),
        ("*", "en"),
        ("\xff,;=", "en"),
    ],
)
def test_it_is_the_first_that_we_have(accepted: str, chosen: str) -> None:
    assert choose_language(accepted.encode("latin-1")) == chosen


def key(languages: tuple[str, ...], accepted: bytes) -> bytes:
    front = Front.__new__(Front)
    front.languages = languages
    return front.shared_key(b"/", {b"accept-language": accepted})


@pytest.mark.usefixtures("in_two_languages")
def test_pages_of_two_languages_are_two_pages() -> None:
    assert key(("en", "de"), b"de") != key(("en", "de"), b"en")
    assert key(("en", "de"), b"de-AT") == key(("en", "de"), b"de")


def test_with_one_language_nobody_looks() -> None:
    assert key(("en",), b"de") == key(("en",), b"") == b"/"
