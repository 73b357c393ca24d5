from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

DECIDED = declare(Act("case-decided", _("Decided about somebody's posts"), ids=("decision_id",)))
UNDONE = declare(Act("decision-undone", _("Undid a decision about somebody's posts"), ids=("decision_id",)))
WARNED = declare(Act("member-warned", _("Warned a member"), ids=("strike_id",)))
SILENCED = declare(Act("member-silenced", _("Silenced a member"), ids=("strike_id",)))
STRUCK = declare(Act("strike-counted", _("Counted a suspension or removal as a strike"), ids=("strike_id",)))
LIFTED = declare(Act("sanction-lifted", _("Lifted a sanction"), ids=("strike_id",)))
APPEAL_DECIDED = declare(Act("appeal-decided", _("Decided an appeal"), ids=("strike_id",)))
SLOWED = declare(Act("slow-mode-chosen", _("Changed the slow mode of a space"), ids=("space_id",)))
