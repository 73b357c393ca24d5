"""The built wheel works by itself: templates, static files and migrations are inside."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.porch_server import running_porch

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    return next(folder.glob("porch-*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed into a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    run(
        sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--no-index", "--target", str(folder), str(wheel)
    )  # fmt: skip
    return folder


def run(*words: str, cwd: Path | None = None) -> None:
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_file_of_the_tree_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    tree = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "porch").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == tree


@pytest.mark.slow
def test_a_porch_from_the_wheel_serves_pages_files_and_its_first_link(
    unpacked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(unpacked))
    with running_porch("--owner-link", is_new=True) as server, server.client() as stranger:
        where = server.run("manage", "shell", "-v0", "-c", "import porch; print(porch.__file__)").stdout
        assert Path(where.strip()).is_relative_to(os.path.realpath(unpacked))
        page = stranger.get("/")
        assert page.status_code == 200
        addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        assert addresses
        assert {stranger.get(address).status_code for address in addresses} == {200}
        assert re.search(r"/sign-in/link/\S+/", server.log)
        assert server.run("check").stdout == "Everything fits together.\n"


def test_the_command_is_declared(unpacked: Path) -> None:
    (entry,) = unpacked.glob("porch-*.dist-info/entry_points.txt")
    assert "porch = porch.web.cli:main" in entry.read_text()
