from django.urls import path

from porch.web.desk.erasures.views import show_erasure, show_erasures

urlpatterns = [
    path("", show_erasures, name="erasures"),
    path("<int:pk>/", show_erasure, name="erasure"),
]
