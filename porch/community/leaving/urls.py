from django.urls import path

from porch.community.leaving.views.own import show_leaving, undo_leaving

urlpatterns = [
    path("", show_leaving, name="leaving"),
    path("undoing/", undo_leaving, name="leaving-undoing"),
]
