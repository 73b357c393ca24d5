from django.urls import path

from porch.community.away.views import edit_pause

urlpatterns = [path("", edit_pause, name="pause")]
