"""Resolve the dependencies anew into names, versions and hashes, and no address of any index."""

import subprocess
import sys
from pathlib import Path

LOCKS = Path(__file__).parent.parent / "locks"
COMPILE: list[str | Path] = [
    *(Path(sys.executable).with_name("uv"), "pip", "compile", "pyproject.toml"),
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
    *("--no-header", "--no-annotate", "--quiet", *sys.argv[1:]),
]


def main() -> None:
    subprocess.run([*COMPILE, "--group", "build", "-o", LOCKS / "run.txt"], check=True)
    everything = ["--all-extras", "--group", "build", "--group", "test", "-c", LOCKS / "run.txt"]
    subprocess.run([*COMPILE, *everything, "-o", LOCKS / "test.txt"], check=True)


if __name__ == "__main__":
    main()
