"""The whole site on one screen: who serves which address, and what fills the slots."""

from django.urls import include, path

from porch.audience.articles.slots import HOME_ASIDE
from porch.people.account.slots import ROOMS
from porch.people.sign_in.next_page import LANDINGS
from porch.web import refusals
from porch.web.account.rooms import show_rooms
from porch.web.landing import first_steps_of_operator, inside_of_member
from porch.web.public.sign import show_sign

urlpatterns = [
    path("", include("porch.audience.urls")),
    path("", include("porch.people.urls")),
    path("", include("porch.web.public.urls")),
    path("files/", include("porch.web.files.urls")),
    path("account/portrait/", include("porch.community.portraits.urls")),
    path("account/tier/", include("porch.community.payments.own_urls")),
    path("inside/", include("porch.community.urls")),
    path("", include("porch.web.inside.urls")),
    path("account/", include("porch.web.account.urls")),
    path("account/consents/", include("porch.web.account.consents.urls")),
    path("desk/", include("porch.web.desk.urls")),
]

HOME_ASIDE.fill(show_sign)
ROOMS.fill(show_rooms)
LANDINGS[:] = [first_steps_of_operator, inside_of_member]

handler400 = refusals.bad_request
handler403 = refusals.not_allowed
handler404 = refusals.not_found
handler500 = refusals.broken
