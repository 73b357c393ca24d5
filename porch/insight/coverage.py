"""For every kind of fact: what measures it, or why nothing does. A law holds this to the kinds there are."""

from collections.abc import Callable

from porch.audience.articles.facts import ArticlePublished
from porch.bridge.door_sign.facts import DoorSignChanged
from porch.community.membership.facts import MemberJoined
from porch.engine.facts.kinds import Fact
from porch.insight.joins.joins import joins_this_week
from porch.insight.measure import Figure
from porch.people.identity.facts import (
    OperatorAppointed,
    OperatorDismissed,
    PersonAdded,
    PersonReadmitted,
    PersonSuspended,
)

MEASURED: dict[type[Fact], tuple[Callable[..., Figure], ...]] = {
    MemberJoined: (joins_this_week,),
}
UNMEASURED: dict[type[Fact], str] = {
    ArticlePublished: "How much is written says nothing of what it is to its readers; they are counted when they read.",
    PersonAdded: "A person is not yet a member; who joins is counted by MemberJoined.",
    OperatorAppointed: "Who runs the server is read in a list of a few names, not in a number.",
    OperatorDismissed: "As few as the appointments, and read in the same list.",
    PersonSuspended: "Rare and grave: each is read one by one, and a rate of them would say nothing.",
    PersonReadmitted: "As rare as the opposite, and read one by one.",
    DoorSignChanged: "It happens once or twice in the life of a house.",
}
