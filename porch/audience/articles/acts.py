from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

PUBLISHED = declare(Act("article-published", _("Published an article"), ids=("article_id",)))
