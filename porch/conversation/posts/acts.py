from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

DELETED = declare(Act("post-deleted", _("Deleted a post"), ids=("post_id",)))
MARKED = declare(Act("answer-marked", _("Said for whoever asked which post answers it"), ids=("topic_id",)))
SPOKEN = declare(Act("spoken-for-all", _("Posted as the organisation"), ids=("post_id",)))
RESTORED = declare(Act("post-restored", _("Restored a post"), ids=("post_id",)))
