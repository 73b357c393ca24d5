from django.urls import path

from porch.community.leaving.views import show_leaving, undo_leaving

urlpatterns = [
    path("", show_leaving, name="leaving"),
    path("undoing/", undo_leaving, name="leaving-undoing"),
]
