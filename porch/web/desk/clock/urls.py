from django.urls import path

from porch.web.desk.clock.views import acknowledge, show_clock

urlpatterns = [
    path("", show_clock, name="clock"),
    path("<int:jump>/acknowledgement/", acknowledge, name="clock-acknowledgement"),
]
