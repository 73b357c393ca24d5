from django.urls import path

from porch.web.inside.views import open_live

urlpatterns = [path("live/", open_live, name="live")]
