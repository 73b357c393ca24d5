"""For every kind of fact: what measures it, or why nothing does. A law holds this to the kinds there are."""

from collections.abc import Callable

from porch.audience.articles.facts import ArticlePublished
from porch.bridge.door_sign.facts import DoorSignChanged
from porch.community.circles.facts import CircleJoined
from porch.community.membership.facts import MemberJoined
from porch.community.payments.facts import PaymentCountered, PaymentRecorded
from porch.community.tiers.facts import (
    TierChanged,
    TierCircleClosed,
    TierEnded,
    TierLapsed,
    TierMade,
    TierRenewed,
    TierRetired,
    TierSet,
)
from porch.engine.clock.facts import ClockJumpAcknowledged, ClockJumped
from porch.engine.facts.facts import FactSkipped
from porch.engine.facts.kinds import Fact
from porch.engine.jobs.facts import JobDropped, JobsRetried
from porch.engine.promises.facts import (
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseRedeemed,
    PromiseReopened,
    PromiseWithdrawn,
)
from porch.insight.joins.joins import joins_this_week
from porch.insight.measure import Figure
from porch.people.consent.facts import ConsentGiven, ConsentWithdrawn, YesGiven, YesWithdrawn
from porch.people.erasure.facts import PersonErased
from porch.people.identity.facts import (
    OperatorAppointed,
    OperatorDismissed,
    PersonAdded,
    PersonReadmitted,
    PersonRenamed,
    PersonSuspended,
)
from porch.people.sessions.facts import SessionEnded
from porch.people.suppression.facts import SuppressionAdded, SuppressionLifted

MEASURED: dict[type[Fact], tuple[Callable[..., Figure], ...]] = {
    MemberJoined: (joins_this_week,),
}
UNMEASURED: dict[type[Fact], str] = {
    **dict.fromkeys(
        (TierMade, TierChanged, TierRetired),
        "How many have each tier is counted exactly, from who has one; what the tiers are is read in their list.",
    ),
    **dict.fromkeys(
        (TierSet, TierRenewed, TierLapsed, TierEnded),
        "Renewals due, in grace and lapsed are listed exactly, from their dates; a rate waits for a year of them.",
    ),
    TierCircleClosed: "It follows from a lapse or a change of tiers, which are noted by themselves.",
    PaymentRecorded: "What members paid is summed exactly from the payments: facts hold no amounts.",
    PaymentCountered: "The same: the sum of payments has its counter-entry in it.",
    CircleJoined: "Who is in a circle is counted exactly, from its list; a trend of joins says less.",
    ArticlePublished: "How much is written says nothing of what it is to its readers; they are counted when they read.",
    ClockJumpAcknowledged: "It says something of the server, and nothing of people.",
    ClockJumped: "It says something of the server, and nothing of people.",
    **dict.fromkeys(
        (PromiseMade, PromiseKept, PromiseBroken, PromiseWithdrawn, PromiseRedeemed, PromiseReopened),
        "The page of promises counts them, each with its story: a trend of so few would say less.",
    ),
    PersonErased: "Counting those who had themselves erased would be to remember them.",
    ConsentGiven: "How many stand on each purpose is the operator's register, exact and at the desk.",
    ConsentWithdrawn: "The same: the register counts who stands where, and nobody's change of mind is scored.",
    YesGiven: "Subscriptions are counted by the newsletter that they are to, once there is one.",
    YesWithdrawn: "The same: by the newsletter that they are to, once there is one.",
    SuppressionAdded: "A protection, and no behaviour: the fewer draw conclusions from it the better.",
    SuppressionLifted: "The same: nothing is concluded from it.",
    SessionEnded: "It tells servers to hang up; when people sign out is nobody's to count.",
    PersonAdded: "A person is not yet a member; who joins is counted by MemberJoined.",
    PersonRenamed: "What somebody is called is theirs; it is noted so that pages show the new name.",
    OperatorAppointed: "Who runs the server is read in a list of a few names, not in a number.",
    OperatorDismissed: "As few as the appointments, and read in the same list.",
    PersonSuspended: "Rare and grave: each is read one by one, and a rate of them would say nothing.",
    PersonReadmitted: "As rare as the opposite, and read one by one.",
    DoorSignChanged: "It happens once or twice in the life of a house.",
    FactSkipped: "It says something of the server; the desk lists each of them.",
    JobDropped: "It says something of the server, and nothing of people.",
    JobsRetried: "It says something of the server, and nothing of people.",
}
