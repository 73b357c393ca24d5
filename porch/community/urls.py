from django.urls import include, path

from porch.community.membership.views import show_members

urlpatterns = [
    path("", show_members, name="inside"),
    path("", include("porch.community.lists.urls")),
    path("circles/", include("porch.community.circles.urls")),
    path("roles/", include("porch.community.roles.urls")),
    path("register/", include("porch.community.register.urls")),
    path("invites/", include("porch.community.invites.urls")),
    path("invites/list/", include("porch.community.invite_lists.urls")),
    path("", include("porch.community.profiles.urls")),
    path("newcomers/", include("porch.community.newcomers.urls")),
    path("members/", include("porch.community.notes.urls")),
    path("", include("porch.community.knocking.urls")),
    path("", include("porch.community.requests.urls")),
    path("vouches/", include("porch.community.vouching.urls")),
    path("", include("porch.community.leaving.steward_urls")),
    path("", include("porch.community.removal.urls")),
    path("", include("porch.community.away.urls")),
    path("", include("porch.community.bookkeeping.urls")),
    path("", include("porch.community.tiers.urls")),
    path("", include("porch.community.payments.urls")),
]
