from django.urls import path

from porch.web.public.glass import show_glass_space, show_glass_topic
from porch.web.public.views import show_health, show_manifest, show_service_worker

urlpatterns = [
    path("glass/<str:space>/", show_glass_space, name="glass-space"),
    path("glass/topics/<int:topic>/", show_glass_topic, name="glass-topic"),
    path("health", show_health, name="health"),
    path("porch.webmanifest", show_manifest, name="manifest"),
    path("service-worker.js", show_service_worker, name="service-worker"),
]
