from django.urls import path

from porch.web.account.views import show_audit_about_me, show_promises_to_me

urlpatterns = [
    path("audit/", show_audit_about_me, name="account-audit"),
    path("promises/", show_promises_to_me, name="account-promises"),
]
