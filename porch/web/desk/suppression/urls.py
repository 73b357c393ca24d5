from django.urls import path

from porch.web.desk.suppression.views import check_address, take_suppression_back

urlpatterns = [
    path("", check_address, name="suppression"),
    path("slip/", take_suppression_back, name="suppression-slip"),
]
