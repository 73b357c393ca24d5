from django.urls import path

from porch.web.desk.audit.views import download_audit, show_audit

urlpatterns = [
    path("", show_audit, name="audit"),
    path("entries.csv", download_audit, name="audit-file"),
]
