from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

WRITTEN = declare(Act("note-written", _("Wrote a note about a member"), ids=("note_id",)))
TAKEN_BACK = declare(Act("note-taken-back", _("Took back a note about a member"), ids=("note_id",)))
