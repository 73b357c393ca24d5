from django.urls import path

from porch.community.entrance.views import enter_code, show_join
from porch.community.invites.views.arriving import enter_code_of_invite, show_invite

urlpatterns = [
    path("", show_join, name="join"),
    path("code/", enter_code, name="join-code"),
    path("<str:token>/", show_invite, name="join-by-invite"),
    path("<str:token>/code/", enter_code_of_invite, name="join-by-invite-code"),
]
