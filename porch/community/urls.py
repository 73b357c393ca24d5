from django.urls import include, path

from porch.community.membership.views import show_members

urlpatterns = [
    path("", show_members, name="inside"),
    path("", include("porch.community.leaving.steward_urls")),
    path("", include("porch.community.removal.urls")),
    path("", include("porch.community.away.urls")),
]
