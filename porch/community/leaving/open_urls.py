from django.urls import path

from porch.community.leaving.views.own import undo_by_link

urlpatterns = [path("leaving/<str:token>/", undo_by_link, name="leaving-undo")]
