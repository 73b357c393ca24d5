from django.urls import path

from porch.web.public.views import show_health

urlpatterns = [path("health", show_health, name="health")]
