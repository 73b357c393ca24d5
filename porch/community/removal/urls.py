from django.urls import path

from porch.community.removal.views import edit_removal, lift, show_removals

urlpatterns = [
    path("members/<int:member>/removal/", edit_removal, name="removal"),
    path("removals/", show_removals, name="removals"),
    path("removals/<int:pk>/lifting/", lift, name="removal-lifting"),
]
