from django.urls import path

from porch.notices.pages.views import edit_choices
from porch.notices.push.views import remove, send_test, show_devices

urlpatterns = [
    path("", edit_choices, name="notice-choices"),
    path("devices/", show_devices, name="notice-devices"),
    path("devices/<int:device>/tests/", send_test, name="notice-device-tests"),
    path("devices/<int:device>/removal/", remove, name="notice-device-removal"),
]
