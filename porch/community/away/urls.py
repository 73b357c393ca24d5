from django.urls import path

from porch.community.away.views import edit_suspension

urlpatterns = [path("members/<int:member>/suspension/", edit_suspension, name="suspension")]
