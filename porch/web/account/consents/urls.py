from django.urls import path

from porch.web.account.consents.views import show_consents

urlpatterns = [path("", show_consents, name="consents")]
