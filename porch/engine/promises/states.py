"""What may become of a promise, on one screen.

owed ─→ kept, broken or withdrawn. A broken one that is kept late is made good: it stays broken, and says when.
What was marked by mistake is reopened, with a reason, and the story shows both.
"""

from typing import Literal

State = Literal["owed", "kept", "broken", "made-good", "withdrawn"]

GRAPH: dict[str, frozenset[str]] = {
    "owed": frozenset({"kept", "broken", "withdrawn"}),
    "kept": frozenset({"owed"}),
    "withdrawn": frozenset({"owed"}),
    # Back to owed only where the deadline is still ahead: then a wrong clock has broken it.
    "broken": frozenset({"made-good", "owed"}),
    "made-good": frozenset({"broken"}),
}
BROKEN = ("broken", "made-good")
