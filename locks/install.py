"""Install a lock into this interpreter's environment, saying how far it is; pip's own words only where it fails."""

import subprocess
import sys
from pathlib import Path


def main(lock: str) -> int:
    total = sum("==" in line for line in Path(lock).read_text().splitlines())
    words = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    said, seen = [], 0
    is_terminal = sys.stdout.isatty()
    with subprocess.Popen(
        [*words, "--require-hashes", "-r", lock], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                name = line.removeprefix("Requirement already satisfied:").split()[
                    -1 if line[0] == "R" else 1
                ]
                if is_terminal:
                    print(f"\r\033[K  {min(seen, total)} of {total}  {name[:60]}", end="", flush=True)
                elif seen % 10 == 0:
                    print(f"  {min(seen, total)} of {total}", flush=True)
            elif line.startswith("Installing collected"):
                print(("\r\033[K" if is_terminal else "") + "  unpacking", flush=True)
    if pip.returncode:
        print("".join(said), file=sys.stderr)
        print(
            "The packages could not be installed; pip's words are above. Is a package index in reach?",
            file=sys.stderr,
        )
    return pip.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
