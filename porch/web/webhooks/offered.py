"""Of what webhooks may tell: kinds of facts, in groups, in plain language."""

from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import Text

OFFERED: tuple[tuple[Text, tuple[tuple[str, Text], ...]], ...] = (
    (
        _("Members"),
        (
            ("MemberJoined", _("Somebody came in")),
            ("MemberLeft", _("Somebody left")),
            ("MemberReturned", _("Somebody took leaving back")),
            ("MemberRemoved", _("Somebody was removed")),
            ("MemberSuspended", _("Somebody was suspended")),
            ("JoinAsked", _("Somebody asks to join")),
        ),
    ),
    (
        _("Spaces"),
        (
            ("SpaceMade", _("A space was made")),
            ("SpaceChanged", _("A space was changed")),
            ("SpaceArchived", _("A space was archived")),
            ("SpaceReopened", _("A space was opened again")),
        ),
    ),
    (
        _("Topics and posts"),
        (
            ("TopicBegun", _("A topic was begun")),
            ("TopicClosed", _("A topic was closed")),
            ("TopicReopened", _("A topic was opened again")),
            ("TopicMoved", _("A topic was moved")),
            ("TopicRenamed", _("A topic has another title")),
            ("PostWritten", _("A post was written")),
            ("PostEdited", _("A post was changed")),
            ("PostDeleted", _("A post was deleted")),
            ("PostRestored", _("A post was restored")),
            ("AnswerAccepted", _("An answer was marked")),
        ),
    ),
)
KINDS = {name for _group, kinds in OFFERED for name, _text in kinds}
