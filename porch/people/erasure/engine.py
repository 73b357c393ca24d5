"""What the engine's tables hold of people, said here since the engine knows nobody."""

from django.utils.translation import gettext_lazy as _

from porch.engine.audit.models import AuditEntry
from porch.engine.clock.models import ClockJump
from porch.engine.facts.models import CommunityFactRow, SkippedFact
from porch.engine.files.actions import forget_files_of
from porch.engine.files.models import Holding
from porch.engine.promises.models import Promise, PromiseChange
from porch.engine.shared_cache.models import CacheEntry
from porch.people.erasure.holdings import hold

hold(
    CommunityFactRow,
    _("What happened, in numbers: it keeps pages up to date and is what we count."),
    kept=_("Facts hold numbers alone. That of a person who is gone leads nowhere."),
    stays=("ids__person_id", "ids__by_person_id"),
)
hold(
    AuditEntry,
    _("What operators did, by whom and about whom, so that those concerned can read it."),
    kept=_("That it was done, and when, is evidence. It no longer says who."),
    clears={"by_id": {"by_id": None}, "about_id": {"about_id": None, "reason": ""}},
    mentions={"reason": {"reason": ""}},
    corrected_at={"account-audit": _("look at it")},
)
# Before the promises themselves: it finds its person through them.
hold(
    PromiseChange,
    _("Who marked a promise as kept, withdrawn or made good, and why."),
    kept=_("When a promise was kept is counted. It no longer says by whom."),
    clears={"by_id": {"by_id": None}, "promise__owed_to_id": {"reason": ""}},
)
hold(
    Promise,
    _("What is owed to a person, and what they promised or are to keep."),
    kept=_("Whether promises are kept is counted. It no longer says to whom or by whom."),
    clears={
        "owed_to_id": {"owed_to_id": None, "text": "", "ids": {}},
        "kept_by_id": {"kept_by_id": None},
        "promised_by_id": {"promised_by_id": None},
    },
    harmless=("key",),
    corrected_at={"account-promises": _("look at them")},
)
hold(
    SkippedFact,
    _("Which facts operators let a consumer pass over, and who did."),
    kept=_(
        "That a fact was passed over is kept for whoever looks after this server. It no longer says by whom."
    ),
    clears={"skipped_by_id": {"skipped_by_id": None}},
)
hold(
    ClockJump,
    _("When the clock jumped, and which operator agreed that it is right."),
    kept=_("That the clock jumped is kept. It no longer says who looked at it."),
    clears={"acknowledged_by_id": {"acknowledged_by_id": None}},
)
hold(
    Holding,
    _("The files that a person sent, or that show them, such as a portrait."),
    deletes=("by_id", "about_id"),
    also=lambda subject, at: forget_files_of(subject.person_id, at=at),
)
hold(
    CacheEntry,
    _("What is counted against guessing, for a short time, such as how often a code was asked for."),
    mentions={"cache_key": {}},
    secret=("value",),
    harmless=("cache_key",),
)
