from django.urls import path

from porch.web.desk.consents.views import show_register

urlpatterns = [path("", show_register, name="consent-register")]
