"""For every kind of fact: what measures it, or why nothing does. A law holds this to the kinds there are."""

from collections.abc import Callable

from porch.audience.articles.facts import ArticlePublished
from porch.bridge.door_sign.facts import DoorSignChanged
from porch.community.away.facts import MemberPaused, MemberResumed, MemberSuspended, MemberUnpaused
from porch.community.circles.facts import (
    CircleChanged,
    CircleClosed,
    CircleJoined,
    CircleLeft,
    CircleMade,
    CircleMemberRemoved,
)
from porch.community.invites.facts import (
    AddressesInvited,
    InviteAccepted,
    InviteMade,
    InviteRestored,
    InviteRevoked,
)
from porch.community.leaving.facts import MemberArchived, MemberLeft, MemberReturned
from porch.community.membership.facts import MemberJoined
from porch.community.newcomers.facts import NewcomerGreeted
from porch.community.notes.facts import NoteRemoved, NoteWritten
from porch.community.ownership.facts import (
    OwnershipAccepted,
    OwnershipDeclined,
    OwnershipOffered,
    OwnershipOfferWithdrawn,
)
from porch.community.payments.facts import PaymentCountered, PaymentRecorded
from porch.community.removal.facts import MemberRemoved, RemovalLifted
from porch.community.requests.facts import (
    JoinAsked,
    JoinDecided,
    JoinExpired,
    JoinGranted,
    JoinReopened,
    JoinWithdrawn,
    MemberVouched,
    SeatAwaited,
    VouchWithdrawn,
)
from porch.community.roles.facts import RoleChanged, RoleDeleted, RoleGiven, RoleMade, RoleTaken
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
from porch.conversation.asks.facts import (
    AskAnswered,
    AskDeclined,
    AskEnded,
    AskMade,
    AskReminded,
    MemberAsked,
)
from porch.conversation.bookmarks.facts import ReminderReached
from porch.conversation.direct.facts import DirectBegun, DirectLeft, DirectRenamed
from porch.conversation.polls.facts import PollClosed, PollOpened, VoteChanged, VoteGiven
from porch.conversation.posts.facts import (
    DirectDeleted,
    DirectEdited,
    DirectRestored,
    DirectWritten,
    MemberMentioned,
    PostDeleted,
    PostEdited,
    PostMoved,
    PostRestored,
    PostWritten,
    RoleMentioned,
)
from porch.conversation.previews.facts import LinkPreviewed
from porch.conversation.reactions.facts import PostReacted, ReactionWithdrawn
from porch.conversation.rituals.facts import (
    RitualAwaited,
    RitualEnded,
    RitualLateOpened,
    RitualMade,
    RitualMissed,
    RitualOpened,
    RitualPaused,
    RitualResumed,
)
from porch.conversation.spaces.facts import SpaceArchived, SpaceChanged, SpaceMade, SpaceReopened
from porch.conversation.tags.facts import TagRenamed, TopicTagged
from porch.conversation.topics.facts import (
    AnswerAccepted,
    AnswerWithdrawn,
    TopicBegun,
    TopicClosed,
    TopicMerged,
    TopicMoved,
    TopicParted,
    TopicPinned,
    TopicRenamed,
    TopicReopened,
    TopicSplit,
    TopicUnpinned,
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
from porch.moderation.facts import (
    AppealDecided,
    AppealMade,
    CaseDecided,
    DecisionUndone,
    MemberSanctioned,
    PostHeld,
    PostReported,
    SanctionLifted,
    SlowModeChosen,
)
from porch.notices.broadcasts.facts import BroadcastSent
from porch.notices.telling.facts import NoticeMade
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
        (InviteMade, AddressesInvited, InviteAccepted, InviteRevoked, InviteRestored),
        "Who came is counted by MemberJoined, and by whom in the graph; how much is invited is no success.",
    ),
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
    CircleLeft: "The same: the list of a circle says who is in it, and nobody's going is scored.",
    CircleMemberRemoved: "Rare and grave: each has its reason in the audit, and a rate of them would say nothing.",
    **dict.fromkeys(
        (CircleMade, CircleChanged, CircleClosed),
        "The list of circles shows them all; how often somebody arranges them anew says nothing of members.",
    ),
    **dict.fromkeys(
        (RoleMade, RoleChanged, RoleDeleted, RoleGiven, RoleTaken),
        "Who may do what is read in the list of roles, name by name, and never in a number.",
    ),
    **dict.fromkeys(
        (OwnershipOffered, OwnershipAccepted, OwnershipDeclined, OwnershipOfferWithdrawn),
        "It happens once or twice in the life of a house.",
    ),
    NewcomerGreeted: "The list of newcomers shows who waits; how quickly somebody greets is not scored.",
    NoteWritten: "What stewards remember of people is read by those people, one by one, and never counted.",
    NoteRemoved: "The same: that somebody has a note removed is theirs alone.",
    **dict.fromkeys(
        (JoinAsked, JoinDecided, JoinExpired, JoinGranted, JoinReopened, JoinWithdrawn, SeatAwaited),
        "Stewards read who waits, and for what, from the list itself; who came in is counted by MemberJoined.",
    ),
    **dict.fromkeys(
        (MemberVouched, VouchWithdrawn),
        "Who vouches for whom is read with each request: counting it would make a contest of trust.",
    ),
    **dict.fromkeys(
        (MemberLeft, MemberReturned, MemberArchived),
        "Few leave, and each for a reason: what they said is read one by one. Who is left is counted exactly.",
    ),
    **dict.fromkeys(
        (MemberRemoved, RemovalLifted, MemberSuspended, MemberResumed),
        "Rare and grave: each is read one by one, and a rate of them would say nothing.",
    ),
    **dict.fromkeys(
        (MemberPaused, MemberUnpaused), "A pause is nobody's to count: who is here is counted exactly."
    ),
    **dict.fromkeys(
        (SpaceMade, SpaceChanged, SpaceArchived, SpaceReopened),
        "The list of spaces shows them all; how often somebody arranges them anew says nothing of members.",
    ),
    **dict.fromkeys(
        (
            TopicClosed,
            TopicReopened,
            TopicPinned,
            TopicUnpinned,
            TopicMoved,
            TopicRenamed,
            TopicSplit,
            TopicMerged,
            TopicParted,
            PostMoved,
            TopicTagged,
            TagRenamed,
        ),
        "It tidies up what was said, and says nothing of those who said it.",
    ),
    **dict.fromkeys(
        (TopicBegun, PostWritten, AnswerAccepted, AnswerWithdrawn),
        "Answered rate, response rate and reciprocity come from these, once the scoreboards are there.",
    ),
    ReminderReached: "What somebody wants to come back to is theirs alone.",
    **dict.fromkeys(
        (PostReacted, ReactionWithdrawn),
        "Reciprocity counts words; an emoji is a nod, and members who count nods end up asking for them.",
    ),
    **dict.fromkeys(
        (AskMade, MemberAsked, AskAnswered, AskDeclined, AskReminded, AskEnded),
        "Response rate stands on each ask, exact; its trend comes from these, once the scoreboards are there.",
    ),
    **dict.fromkeys(
        (
            RitualMade,
            RitualAwaited,
            RitualOpened,
            RitualLateOpened,
            RitualMissed,
            RitualPaused,
            RitualResumed,
            RitualEnded,
        ),
        "The heartbeat of a space shows each of them, kept, late or missed: so few are better seen than summed up.",
    ),
    **dict.fromkeys(
        (PollOpened, VoteGiven, VoteChanged, PollClosed),
        "Each poll says its exact turnout on its own page, against the member list; a sum over polls would say less.",
    ),
    **dict.fromkeys(
        (PostEdited, PostDeleted, PostRestored),
        "It corrects what other measures read, and is nobody's score.",
    ),
    LinkPreviewed: "It shows what another page says, and nothing that a member did.",
    **dict.fromkeys(
        (DirectBegun, DirectRenamed, DirectLeft, DirectWritten, DirectEdited, DirectDeleted, DirectRestored),
        "What members say to each other in direct conversations is theirs: it is no measure, and nobody counts it.",
    ),
    NoticeMade: "Who is told of what is theirs alone: whether they answered is measured from what they wrote.",
    BroadcastSent: "What goes to everyone is set aside by measures of conversation: nobody chose to hear it.",
    **dict.fromkeys(
        (MemberMentioned, RoleMentioned),
        "Whom somebody calls is told to those called; that they answered is what counts.",
    ),
    **dict.fromkeys(
        (PostHeld, PostReported, CaseDecided, DecisionUndone, SlowModeChosen),
        "The log that every member reads lists them one by one; a score of them would invite deciding for the score.",
    ),
    **dict.fromkeys(
        (MemberSanctioned, SanctionLifted, AppealMade, AppealDecided),
        "Rare and grave: each is read one by one, and whether appeals are answered in time is a promise.",
    ),
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
