"""Killed at any moment, an upload leaves a draft at most: whatever has a name is whole."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from porch.engine.files.store import LocalStore

PUT = """
import sys
from pathlib import Path
from porch.engine.files.store import LocalStore, new_draft, write_draft

class Endless:
    def __init__(self, n): self.n, self.left = n, 40
    def read(self, size):
        self.left -= 1
        return bytes([self.n % 256, self.n // 256]) * 30_000 if self.left >= 0 else b""

folder = Path(sys.argv[1])
store, n = LocalStore(folder / "files"), int(sys.argv[2])
while True:
    n += 1
    draft = new_draft(folder / "tmp")
    sha256, _ = write_draft(Endless(n), draft, most=10_000_000)
    store.put(draft, sha256)
    draft.unlink()
    sys.stdout.write(sha256 + "\\n")
    sys.stdout.flush()
"""


def test_a_killed_upload_leaves_no_broken_name(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    store, told = LocalStore(tmp_path / "files"), []
    for n in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", PUT, str(tmp_path), str(n * 1_000)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        )
        told.append(process.stdout.readline().strip())  # type: ignore[union-attr]
        time.sleep(0.013 * n)
        process.kill()
        told += [line.strip() for line in process.stdout if line.endswith("\n")]  # type: ignore[union-attr]
        process.wait()
    names = [name for name, _, _ in store.walk()]
    for name in names:
        with store.open(name) as file:
            assert hashlib.sha256(file.read()).hexdigest() == name
    assert set(told) <= set(names), "what was said to be stored is there"
    assert len(list((tmp_path / "tmp").iterdir())) <= 8, "a draft for each that was killed, to be swept"
