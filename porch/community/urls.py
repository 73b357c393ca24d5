from django.urls import include, path

from porch.community.membership.views import show_members

urlpatterns = [
    path("", show_members, name="inside"),
    path("invites/", include("porch.community.invites.urls")),
]
