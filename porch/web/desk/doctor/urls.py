from django.urls import path

from porch.web.desk.doctor.views import show_doctor

urlpatterns = [path("", show_doctor, name="doctor")]
