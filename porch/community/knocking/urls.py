"""Under /inside/."""

from django.urls import path

from porch.community.knocking.views import knock_at_circle

urlpatterns = [path("circles/<str:slug>/knock/", knock_at_circle, name="knock")]
