"""For every kind of fact: what measures it, or why nothing does. A law holds this to the kinds there are."""

from collections.abc import Callable

from porch.audience.articles.facts import ArticlePublished
from porch.bridge.door_sign.facts import DoorSignChanged
from porch.community.membership.facts import MemberJoined
from porch.engine.facts.kinds import Fact
from porch.insight.joins.joins import joins_this_week
from porch.insight.measure import Figure
from porch.people.sessions.facts import SessionEnded

MEASURED: dict[type[Fact], tuple[Callable[..., Figure], ...]] = {
    MemberJoined: (joins_this_week,),
}
UNMEASURED: dict[type[Fact], str] = {
    ArticlePublished: "How much is written says nothing of what it is to its readers; they are counted when they read.",
    SessionEnded: "It tells servers to hang up; when people sign out is nobody's to count.",
    DoorSignChanged: "It happens once or twice in the life of a house.",
}
