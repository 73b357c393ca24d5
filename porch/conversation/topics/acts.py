from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

CLOSED = declare(Act("topic-closed", _("Closed a topic"), ids=("topic_id",)))
REOPENED = declare(Act("topic-reopened", _("Opened a topic again"), ids=("topic_id",)))
PINNED = declare(Act("topic-pinned", _("Pinned a topic"), ids=("topic_id",)))
UNPINNED = declare(Act("topic-unpinned", _("Took a pin from a topic"), ids=("topic_id",)))
MOVED = declare(Act("topic-moved", _("Moved a topic to another space"), ids=("topic_id",)))
RENAMED = declare(Act("topic-renamed", _("Gave a topic another title"), ids=("topic_id",)))
SPLIT = declare(Act("topic-split", _("Moved posts of a topic to another"), ids=("topic_id", "to_topic_id")))
MERGED = declare(Act("topic-merged", _("Merged a topic into another"), ids=("topic_id", "to_topic_id")))
MOVED_BACK = declare(
    Act("posts-moved-back", _("Undid that posts went to another topic"), ids=("topic_id", "to_topic_id"))
)
