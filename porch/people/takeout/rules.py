"""How a take-out is kept: what kind of file it is, for how long, and how often one may be made."""

from datetime import timedelta

from django.http import HttpRequest

from porch.engine.files.kinds import FileKind
from porch.engine.files.reads import Held
from porch.kit.formats.known import ZIP
from porch.people.sign_in.limits import Rate

LASTS = timedelta(days=7)
# What has not come to an end by then never will: its worker died more often than a job is taken up again.
LONGEST_MAKING = timedelta(hours=12)
IN_A_DAY = Rate("take-outs", 3, timedelta(days=1))


def nobody(request: HttpRequest, held: Held) -> bool:
    """Let nobody read it at the address of files: it has one of its own, which asks for a recent proof."""
    return False


# Porch writes it itself, so nothing limits its size.
TAKE_OUT = FileKind("take-out", accepts=(ZIP,), most_bytes=0, may_read=nobody)
