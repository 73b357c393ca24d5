from django.urls import path

from porch.community.profiles.views import delete_answer, edit_profile

urlpatterns = [
    path("", edit_profile, name="profile"),
    path("answers/<int:field>/removal/", delete_answer, name="answer-removal"),
]
