from django.urls import path

from porch.web.public.views import show_health, show_manifest

urlpatterns = [
    path("health", show_health, name="health"),
    path("porch.webmanifest", show_manifest, name="manifest"),
]
