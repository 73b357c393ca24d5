from django.urls import path

from porch.web.desk.files.views import show_files

urlpatterns = [path("", show_files, name="desk-files")]
