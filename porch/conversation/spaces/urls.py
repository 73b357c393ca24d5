from django.urls import path

from porch.conversation.spaces.views import edit_archive, edit_space, new_space, show_space, show_spaces
from porch.conversation.topics.views import new_topic

urlpatterns = [
    path("", show_spaces, name="spaces"),
    path("new/", new_space, name="new-space"),
    path("<str:space>/", show_space, name="space"),
    path("<str:space>/new/", new_topic, name="new-topic"),
    path("<str:space>/change/", edit_space, name="space-change"),
    path("<str:space>/archive/", edit_archive, name="space-archive"),
]
