from porch.notices.choosing.models import Choice, Pace
from porch.notices.waiting.kinds import Kind

# Which column says how soon a kind is mailed. An announcement is mailed where whoever looks after it sends it to all.
COLUMNS: dict[Kind, str] = {
    Kind.MENTION: "mention",
    Kind.REPLY: "reply",
    Kind.ASKED: "asked",
    Kind.DIRECT: "direct",
    Kind.FOLLOWED: "followed",
    Kind.BROADCAST: "announcement",
    Kind.REMINDER: "reminder",
}
KINDS = {column: kind for kind, column in COLUMNS.items()}


def choice_of(member_id: int) -> Choice:
    """Give what a member chose; where they chose nothing, the defaults, in a row that is not kept."""
    return Choice.objects.filter(member_id=member_id).first() or Choice(member_id=member_id)


def pace_of(choice: Choice, kind: int) -> str:
    """Give how soon a kind is mailed."""
    column = COLUMNS.get(Kind(kind))
    return getattr(choice, column) if column else Pace.NEVER
