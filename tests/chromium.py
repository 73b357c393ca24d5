"""Find a Chromium, or have the system's package manager bring one where it may."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Give the path of a Chromium that runs here, or None."""
    return look() or (install() and look()) or None


def look() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> bool:
    """Ask apt, where it exists and we may use it. Elsewhere nothing is touched."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print("  no Chromium yet: installing it with apt-get", flush=True)
    quiet = subprocess.DEVNULL
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
        if subprocess.run(words, env=environ, stdout=quiet, stderr=quiet, check=False).returncode:
            return False
    return True
