from django.urls import path

from porch.community.invite_lists.views import invite_list

urlpatterns = [path("", invite_list, name="invite-list")]
