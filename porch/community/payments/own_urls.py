from django.urls import path

from porch.community.payments.own import show_own_tier

urlpatterns = [path("", show_own_tier, name="own-tier")]
