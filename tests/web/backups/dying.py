"""Porch that kills itself when it is about to touch a folder for the nth time: ``… dying <folder> <n> backup``.

Prints how often it touched it, if it lives to the end.
"""

import atexit
import os
import signal
import sys

from porch.web.cli import main

TOUCHES = {
    "open",
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.link",
    "shutil.rmtree",
    "tempfile.mkstemp",
}
FOLDER, LAST = sys.argv.pop(1), int(sys.argv.pop(1))
touched = 0


def count(event: str, words: tuple[object, ...]) -> None:
    global touched
    if event in TOUCHES and any(str(word).startswith(FOLDER) for word in words):
        touched += 1
        if touched == LAST:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    sys.addaudithook(count)
    atexit.register(lambda: print(f"touched {touched}", flush=True))
    main()
