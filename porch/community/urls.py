from django.urls import path

from porch.community.membership.views import show_members

urlpatterns = [path("", show_members, name="inside")]
