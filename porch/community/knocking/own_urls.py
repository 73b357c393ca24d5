"""Under /account/requests/."""

from django.urls import path

from porch.community.knocking.views import show_my_requests, withdraw_my_request

urlpatterns = [
    path("", show_my_requests, name="my-requests"),
    path("<int:pk>/withdrawal/", withdraw_my_request, name="my-request-withdrawal"),
]
