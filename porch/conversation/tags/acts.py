from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

TAGGED = declare(Act("topic-tagged", _("Changed the tags of a topic"), ids=("topic_id",)))
RENAMED = declare(Act("tag-renamed", _("Renamed a tag, or merged it into another"), ids=("tag_id",)))
