from django.urls import path

from porch.web.files.views import send_file

urlpatterns = [path("<str:holding>/<str:name>", send_file, name="file")]
