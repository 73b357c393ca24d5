"""What is typed right does it, what is typed wrong says what would do; scripts read the exit code."""

from pathlib import Path

import pytest

from porch.web.cli.base import COMMANDS
from tests.web.cli.conftest import Run


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "manage"])
def test_every_command_explains_itself_and_leaves_no_folder_behind(
    command: str, porch_anew: Run, tmp_path: Path
) -> None:
    done = porch_anew(command, "--help")
    assert done.returncode == 0
    assert f"Usage: porch {command}" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_help_lists_every_command(porch: Run) -> None:
    done = porch("--help")
    assert done.returncode == 0
    for name, (_, text) in COMMANDS.items():
        assert name in done.stdout
        assert text in " ".join(done.stdout.split())


def test_a_wrong_word_is_answered_with_a_guess(porch: Run) -> None:
    done = porch("serv")
    assert done.returncode == 2
    assert "Did you mean 'serve'?" in done.stderr


def test_a_word_that_is_like_none_is_answered_with_where_to_look(porch: Run) -> None:
    done = porch("bananas")
    assert done.returncode == 2
    assert "porch --help" in done.stderr


def test_a_wrong_option_is_named(porch: Run) -> None:
    done = porch("check", "--jsno")
    assert done.returncode == 2
    assert "--jsno" in done.stderr


def test_the_version_is_one_line(porch: Run) -> None:
    assert porch("--version").stdout.startswith("porch, version ")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"url": "ftp://porch.example"}, "PORCH_URL is 'ftp://porch.example'; it has to be an address"),
        ({"threads": "many"}, "PORCH_THREADS is 'many'; it has to be a whole number from 1 to 64"),
        ({"bind": "8000"}, "PORCH_BIND is '8000'; it has to be a host and a port"),
        ({"colour": "red"}, "PORCH_COLOUR is not a setting of Porch"),
        ({"data": "/proc/nowhere"}, "the data folder cannot be used"),
    ],
)
def test_a_setting_that_does_not_fit_ends_with_78_and_its_name(
    settings: dict[str, str], said: str, porch: Run
) -> None:
    done = porch("check", **settings)
    assert done.returncode == 78
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
