from django.urls import path

from porch.people.takeout.views import delete_take_out, send_take_out, show_take_out

urlpatterns = [
    path("", show_take_out, name="takeout"),
    path("<int:takeout>/file/", send_take_out, name="takeout-file"),
    path("<int:takeout>/removal/", delete_take_out, name="takeout-removal"),
]
