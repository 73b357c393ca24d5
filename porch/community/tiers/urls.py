from django.urls import path

from porch.community.tiers.views import edit_tier, new_tier, retire, show_tiers

urlpatterns = [
    path("tiers/", show_tiers, name="tiers"),
    path("tiers/new/", new_tier, name="new-tier"),
    path("tiers/<int:tier>/", edit_tier, name="tier"),
    path("tiers/<int:tier>/retirement/", retire, name="tier-retirement"),
]
