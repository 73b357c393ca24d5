from django.urls import path

from porch.notices.pages.views import stop_notices

urlpatterns = [path("stop/notices/<str:token>/", stop_notices, name="stop-notices")]
