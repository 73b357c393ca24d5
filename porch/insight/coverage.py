"""For every kind of fact: what measures it, or why nothing does. A law holds this to the kinds there are."""

from collections.abc import Callable

from porch.audience.articles.facts import ArticlePublished
from porch.bridge.door_sign.facts import DoorSignChanged
from porch.community.membership.facts import MemberJoined
from porch.engine.facts.kinds import Fact
from porch.insight.joins.joins import joins_this_week
from porch.insight.measure import Figure
from porch.people.consent.facts import ConsentGiven, ConsentWithdrawn, YesGiven, YesWithdrawn
from porch.people.suppression.facts import SuppressionAdded, SuppressionLifted

MEASURED: dict[type[Fact], tuple[Callable[..., Figure], ...]] = {
    MemberJoined: (joins_this_week,),
}
UNMEASURED: dict[type[Fact], str] = {
    ArticlePublished: "How much is written says nothing of what it is to its readers; they are counted when they read.",
    ConsentGiven: "How many stand on each purpose is the operator's register, exact and at the desk.",
    ConsentWithdrawn: "The same: the register counts who stands where, and nobody's change of mind is scored.",
    YesGiven: "Subscriptions are counted by the newsletter that they are to, once there is one.",
    YesWithdrawn: "The same: by the newsletter that they are to, once there is one.",
    SuppressionAdded: "A protection, and no behaviour: the fewer draw conclusions from it the better.",
    SuppressionLifted: "The same: nothing is concluded from it.",
    DoorSignChanged: "It happens once or twice in the life of a house.",
}
