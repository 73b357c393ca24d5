"""Under /join/request/, for those outside."""

from django.urls import path

from porch.community.knocking.views import ask_to_come_in

urlpatterns = [path("", ask_to_come_in, name="ask-to-join")]
