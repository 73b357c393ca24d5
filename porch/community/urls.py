from django.urls import include, path

from porch.community.membership.views import show_members

urlpatterns = [
    path("", show_members, name="inside"),
    path("circles/", include("porch.community.circles.urls")),
    path("roles/", include("porch.community.roles.urls")),
]
