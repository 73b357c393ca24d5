from django.urls import include, path

from porch.community.membership.views import show_members

urlpatterns = [
    path("", show_members, name="inside"),
    path("", include("porch.community.profiles.urls")),
    path("newcomers/", include("porch.community.newcomers.urls")),
    path("members/", include("porch.community.notes.urls")),
]
