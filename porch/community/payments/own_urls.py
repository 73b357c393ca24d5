from django.urls import path

from porch.community.payments.views.own import show_own_tier

urlpatterns = [path("", show_own_tier, name="own-tier")]
