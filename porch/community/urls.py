from django.urls import include, path

from porch.community.membership.views import show_members

urlpatterns = [
    path("", show_members, name="inside"),
    path("", include("porch.community.requests.urls")),
    path("vouches/", include("porch.community.vouching.urls")),
]
