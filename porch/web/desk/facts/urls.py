from django.urls import path

from porch.web.desk.facts.views import retry, show_facts, skip

urlpatterns = [
    path("", show_facts, name="facts"),
    path("attempts/", retry, name="consumer-attempts"),
    path("<str:consumer>/skipped/", skip, name="skipped-fact"),
]
