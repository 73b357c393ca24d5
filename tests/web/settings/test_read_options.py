"""Settings are typed, and loud about what does not fit."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.people.delivery.server import Sender
from porch.web.settings.options import Options, SettingsError, manual, read_options

URLS = [
    ("https://porch.example", "porch.example", True, ("localhost", 8000)),
    ("HTTPS://Porch.Example/", "porch.example", True, ("localhost", 8000)),
    ("http://localhost:9000", "localhost", False, ("localhost", 9000)),
    ("http://[::1]:9000", "::1", False, ("localhost", 9000)),
]


@pytest.mark.parametrize(("url", "host", "is_secure", "listens_at"), URLS)
def test_the_address_decides_host_scheme_and_port(
    url: str, host: str, is_secure: bool, listens_at: tuple[str, int]
) -> None:
    options = read_options({"PORCH_URL": url})
    assert (options.host, options.is_secure, options.listens_at) == (host, is_secure, listens_at)


def test_the_usual_port_is_left_away_as_browsers_do() -> None:
    assert read_options({"PORCH_URL": "https://porch.example:443"}).url == "https://porch.example"
    assert read_options({"PORCH_URL": "http://porch.example:80/"}).url == "http://porch.example"


@pytest.mark.parametrize(
    "url",
    [
        "porch.example",
        "ftp://porch.example",
        "https://porch.example/sub",
        "https://porch.example?x=1",
        "https://ada:secret@porch.example",
        "https://",
        "https://porch.example:99999",
        "https://porch.example:0",
        "https://porch.example/#top",
        "http://exa mple.org",
        "http://[::1",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="PORCH_URL"):
        read_options({"PORCH_URL": url})


def test_an_unknown_name_is_refused_and_a_foreign_one_is_not_ours() -> None:
    with pytest.raises(
        SettingsError, match=r"PORCH_TREADS is not a setting of Porch\. Did you mean PORCH_THREADS"
    ):
        read_options({"PORCH_TREADS": "4"})
    assert read_options({"HOME": "/", "TZ": "nowhere"}).threads == 4


def test_a_password_is_not_repeated_where_its_address_does_not_fit() -> None:
    with pytest.raises(SettingsError, match="PORCH_DATABASE is set to something else") as raised:
        read_options({"PORCH_DATABASE": "mysql://porch:verysecret@localhost/porch"})
    assert "verysecret" not in str(raised.value)


def test_an_empty_value_is_no_value() -> None:
    assert read_options({"PORCH_THREADS": "", "PORCH_URL": "  "}) == read_options({})


def test_networks_and_the_bind_address_are_read_whole() -> None:
    options = read_options({"PORCH_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,::1", "PORCH_BIND": "[::1]:80"})
    assert [str(each) for each in options.trusted_proxies] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
    assert options.listens_at == ("::1", 80)


def test_a_home_folder_is_understood() -> None:
    assert read_options({"PORCH_DATA": "~/porch"}).data == Path("~/porch").expanduser()


NAMES = [f"PORCH_{each.name.upper()}" for each in fields(Options)]


@given(name=st.sampled_from(NAMES), value=st.text(st.characters(exclude_characters="\0"), max_size=60))
def test_any_text_is_read_or_refused_by_name(name: str, value: str) -> None:
    try:
        options = read_options({name: value})
    except SettingsError as error:
        assert str(error).startswith(f"{name} is ")
    else:
        assert isinstance(options, Options)


def test_the_manual_has_a_line_for_each() -> None:
    for name in NAMES:
        assert f"| `{name}` |" in manual()


def test_a_site_has_a_name_of_one_short_line() -> None:
    assert read_options({"PORCH_NAME": "  The   Reading Room "}).name == "The Reading Room"
    for name in ("x" * 41, "two\x07bells", "turned\u202eround"):
        with pytest.raises(SettingsError, match="PORCH_NAME"):
            read_options({"PORCH_NAME": name})


def test_mail_comes_under_the_name_of_the_site() -> None:
    given = {"PORCH_NAME": "Room, Reading", "PORCH_URL": "https://read.example.org"}
    assert read_options(given).mail_sender == Sender("Room, Reading", "porch@read.example.org")
    assert read_options({**given, "PORCH_MAIL_FROM": "Us <us@example.org>"}).mail_sender.name == "Us"
