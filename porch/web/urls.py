"""The whole site on one screen: who serves which address, and what fills the slots."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from porch.audience.articles.slots import HOME_ASIDE
from porch.community.invites.views.graph import show_own_branch
from porch.community.membership.slots import WELCOME
from porch.community.memory.views import show_remembered
from porch.community.newcomers.views import show_welcome
from porch.community.ownership.views import show_offer
from porch.community.roles.limits import require_heir
from porch.community.vouching.views import show_wanted
from porch.conversation.pages.slots import BESIDE_SPACES, POST_LINKS, SPACE_LINKS, TENDING
from porch.moderation.queue.views import show_way_to_queue
from porch.notices.pages.views import show_broadcast
from porch.people.account.slots import ROOMS
from porch.people.doors import LEADS, SECOND_LOOKS
from porch.people.erasure.actions import ASKED_BEFORE
from porch.people.sign_in.next_page import LANDINGS
from porch.people.sign_in.slots import NEWCOMERS
from porch.people.tokens.scopes import USEFUL_TO
from porch.web import refusals
from porch.web.account.rooms import show_rooms
from porch.web.joining import show_way_to_join
from porch.web.landing import (
    back_from_pause,
    first_steps_of_operator,
    inside_of_member,
    looks_again,
    why_one_is_out,
)
from porch.web.public.glass import show_glass
from porch.web.public.sign import show_sign
from porch.web.service_tokens.usable import scopes_useful_to
from porch.web.signpost import Patterns, Signpost

PATTERNS: Patterns = [
    path("", include("porch.audience.urls")),
    path("", include("porch.people.urls")),
    path("", include("porch.web.public.urls")),
    path("files/", include("porch.web.files.urls")),
    path("", include("porch.community.leaving.open_urls")),
    path("account/leaving/", include("porch.community.leaving.urls")),
    path("account/pause/", include("porch.community.away.own_urls")),
    path("account/blocks/", include("porch.conversation.own_urls")),
    path("account/removal/", include("porch.community.removal.own_urls")),
    path("account/sanctions/", include("porch.moderation.own_urls")),
    path("account/portrait/", include("porch.community.portraits.urls")),
    path("account/rights/", include("porch.community.ownership.urls")),
    path("account/profile/", include("porch.community.profiles.account_urls")),
    path("account/notes/", include("porch.community.notes.account_urls")),
    path("account/notices/", include("porch.notices.own_urls")),
    path("", include("porch.notices.open_urls")),
    path("account/requests/", include("porch.community.knocking.own_urls")),
    path("join/request/", include("porch.community.knocking.join_urls")),
    path("account/tier/", include("porch.community.payments.own_urls")),
    path("inside/", include("porch.community.urls")),
    path("inside/", include("porch.conversation.urls")),
    path("inside/", include("porch.moderation.urls")),
    path("inside/", include("porch.notices.urls")),
    path("join/", include("porch.community.entrance.urls")),
    path("account/invites/", show_own_branch, name="own-branch"),
    path("", include("porch.web.inside.urls")),
    path("account/", include("porch.web.account.urls")),
    path("account/consents/", include("porch.web.account.consents.urls")),
    path("desk/", include("porch.web.desk.urls")),
    path("api/v1/", include("porch.web.api.urls")),
]
urlpatterns = [Signpost(PATTERNS)]

HOME_ASIDE.fill(show_sign)
HOME_ASIDE.fill(show_glass)
ROOMS.fill(show_rooms)
ASKED_BEFORE[:] = [require_heir]
NEWCOMERS.fill(show_way_to_join)
POST_LINKS[:] = [("post-report", _("Report"))]
SPACE_LINKS[:] = [("space-slow", _("Slow mode"))]
TENDING.fill(show_broadcast)
BESIDE_SPACES.fill(show_way_to_queue)
WELCOME.fill(show_offer)
WELCOME.fill(show_wanted)
WELCOME.fill(show_welcome)
WELCOME.fill(show_remembered)
USEFUL_TO[:] = [scopes_useful_to]
LANDINGS[:] = [first_steps_of_operator, inside_of_member, back_from_pause]
SECOND_LOOKS[:] = [looks_again]
LEADS[:] = [why_one_is_out]

handler400 = refusals.bad_request
handler403 = refusals.not_allowed
handler404 = refusals.not_found
handler500 = refusals.broken
