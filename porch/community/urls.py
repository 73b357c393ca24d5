from django.urls import include, path

from porch.community.membership.views import show_members

urlpatterns = [
    path("", show_members, name="inside"),
    path("", include("porch.community.bookkeeping.urls")),
    path("", include("porch.community.tiers.urls")),
    path("", include("porch.community.payments.urls")),
]
