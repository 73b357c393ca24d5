from django.urls import path

from porch.community.handover.views import answer_offer, offer_ownership, show_rights

urlpatterns = [
    path("", show_rights, name="account-rights"),
    path("handover/", offer_ownership, name="handover"),
    path("handover/<int:handover>/answer/", answer_offer, name="handover-answer"),
]
