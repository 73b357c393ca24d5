"""What stands in deploy/ holds together: with the settings, with the commands, and with each other."""

import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from porch.web.cli.base import BAD_SETTINGS, BAD_UPGRADE
from porch.web.settings.options import Options
from tests.laws.trees import ROOT

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "porch.service").read_text()
CADDY = (DEPLOY / "Caddyfile").read_text()
CONTAINER = (DEPLOY / "Containerfile").read_text()


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_every_setting_in_it_exists(file: Path) -> None:
    known = {f"PORCH_{each.name.upper()}" for each in fields(Options)}
    assert set(re.findall(r"PORCH_[A-Z_]+", file.read_text())) <= known


def test_the_unit_is_understood_by_systemd(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd here")
    unit = tmp_path / "porch.service"
    unit.write_text(UNIT.replace("/opt/porch/.venv/bin/porch serve", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60
    )
    assert "porch.service" not in done.stderr, done.stderr


def test_the_unit_does_not_start_again_what_would_fail_again() -> None:
    assert f"RestartPreventExitStatus={BAD_UPGRADE} {BAD_SETTINGS}" in UNIT


def test_the_unit_holds_porch_in() -> None:
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "MemoryMax=512M",
        "StateDirectory=porch",
        "UMask=0077",
    ):
        assert f"\n{line}\n" in UNIT


def test_the_proxy_lets_in_what_porch_takes_and_tells_live_pages_at_once() -> None:
    default = next(each.default for each in fields(Options) if each.name == "upload_mb")
    assert f"max_size {default}MB" in CADDY
    assert "flush_interval -1" in CADDY
    assert CADDY.count("{") == CADDY.count("}")


def test_proxy_and_container_look_for_porch_where_it_listens() -> None:
    host, port = Options(data=ROOT, url="https://porch.example").listens_at
    assert host == "localhost"
    assert f"reverse_proxy 127.0.0.1:{port}" in CADDY
    assert f"PORCH_BIND=0.0.0.0:{port}" in CONTAINER
    assert f"http://127.0.0.1:{port}/health" in CONTAINER


def test_the_image_runs_as_somebody_with_little_and_copies_what_there_is() -> None:
    stages = CONTAINER.split("FROM ")[1:]
    assert [stage.split()[0] for stage in stages] == ["python:3.11-slim"] * 2
    assert "USER porch" in stages[-1]
    assert "locks/install.py locks/run.txt" in stages[0]
    assert {"VOLUME /data", "PORCH_DATA=/data"} <= {line.strip(" \\") for line in stages[-1].splitlines()}
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", CONTAINER, re.MULTILINE)
    assert all((ROOT / name).exists() for names in copied for name in names.split())
