"""Served below /inside/members/: what stewards keep. What their members read is served below /account/."""

from django.urls import path

from porch.community.notes.views import show_notes_about, take_back

urlpatterns = [
    path("<int:member>/notes/", show_notes_about, name="member-notes"),
    path("<int:member>/notes/<int:note>/taking-back/", take_back, name="note-taking-back"),
]
