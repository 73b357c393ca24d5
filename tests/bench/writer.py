"""One of the writers: a process that publishes pieces as fast as it is let, and counts what was acknowledged."""

import json
import sys
import time

from porch.web.cli.base import load

load()

from porch.audience.articles.actions import publish_article  # noqa: E402
from porch.kit.time import now  # noqa: E402
from porch.people.identity.models import Person  # noqa: E402

SOURCE = "A *short* piece, as somebody writes it between two meetings.\n\n" * 5


def write(name: str, seconds: float) -> dict[str, object]:
    """Publish for so long; what was not acknowledged is an error."""
    by = Person.objects.order_by("pk")[0]
    acknowledged, errors, slowest = 0, [], 0.0
    end = time.monotonic() + seconds
    while (begun := time.monotonic()) < end:
        try:
            publish_article(
                title=f"Piece {acknowledged + len(errors)} by {name}", source=SOURCE, by=by, at=now()
            )
        except Exception as error:
            errors.append(repr(error))
        else:
            acknowledged += 1
        slowest = max(slowest, time.monotonic() - begun)
    return {"acknowledged": acknowledged, "errors": errors, "slowest": slowest}


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(write(sys.argv[1], float(sys.argv[2]))))
