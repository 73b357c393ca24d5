from django.urls import path

from porch.community.notes.views import answer, remove, show_my_notes

urlpatterns = [
    path("", show_my_notes, name="my-notes"),
    path("<int:note>/answer/", answer, name="note-answer"),
    path("<int:note>/removal/", remove, name="note-removal"),
]
