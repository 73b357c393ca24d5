from django.urls import include, path

from porch.community.membership.views import show_members

urlpatterns = [
    path("", show_members, name="inside"),
    path("register/", include("porch.community.register.urls")),
]
