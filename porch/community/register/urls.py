from django.urls import path

from porch.community.register.views import show_purposes

urlpatterns = [path("", show_purposes, name="register")]
