from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

DEFINE_FIELDS = declare("define-profile-fields", _("say what members are asked about themselves"), STEWARD)
SEE_FOR_STEWARDS = declare("see-answers-for-stewards", _("see what members show to stewards alone"), STEWARD)
