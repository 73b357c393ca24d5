from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MADE = declare(Act("role-made", _("Made a role"), ids=("role_id", "circle_id")))
CHANGED = declare(Act("role-changed", _("Changed a role or its rights"), ids=("role_id", "circle_id")))
DELETED = declare(Act("role-deleted", _("Deleted a role"), ids=("role_id", "circle_id")))
GIVEN = declare(Act("role-given", _("Gave somebody a role"), ids=("role_id", "circle_id")))
TAKEN = declare(Act("role-taken", _("Took a role from somebody"), ids=("role_id", "circle_id")))
