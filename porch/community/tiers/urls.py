from django.urls import path

urlpatterns: list[object] = [path("own/", lambda r: None, name="own-tier")]
