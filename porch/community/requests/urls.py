"""Under /inside/."""

from django.urls import path

from porch.community.requests.views.deciding import settle_request, show_request, show_requests
from porch.community.requests.views.questions import edit_questions

urlpatterns = [
    path("circles/<str:slug>/questions/", edit_questions, name="circle-questions"),
    path("requests/", show_requests, name="requests"),
    path("requests/<int:pk>/", show_request, name="request"),
    path("requests/<int:pk>/decision/", settle_request, name="request-decision"),
]
