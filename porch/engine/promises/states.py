"""What may become of a promise, on one screen.

owed ─→ kept, broken or withdrawn. A broken one that is kept late is made good: it stays broken, and says when.
What was marked by mistake is reopened, with a reason, and the story shows both.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OWED = "owed", _("Owed")
    KEPT = "kept", _("Kept")
    BROKEN = "broken", _("Broken")
    MADE_GOOD = "made-good", _("Broken, made good late")
    WITHDRAWN = "withdrawn", _("Withdrawn")


GRAPH: dict[str, frozenset[State]] = {
    State.OWED: frozenset({State.KEPT, State.BROKEN, State.WITHDRAWN}),
    State.KEPT: frozenset({State.OWED}),
    State.WITHDRAWN: frozenset({State.OWED}),
    # Back to owed only where the deadline is still ahead: then a wrong clock has broken it.
    State.BROKEN: frozenset({State.MADE_GOOD, State.OWED}),
    State.MADE_GOOD: frozenset({State.BROKEN}),
}
# The filters of the pages: what was made good stays among the broken.
SHOWN: dict[str, tuple[State, ...]] = {
    State.OWED: (State.OWED,),
    State.KEPT: (State.KEPT,),
    State.BROKEN: (State.BROKEN, State.MADE_GOOD),
    State.WITHDRAWN: (State.WITHDRAWN,),
}
