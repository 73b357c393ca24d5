from django.urls import path

from porch.community.ownership.views import answer_offer, offer_ownership, show_rights

urlpatterns = [
    path("", show_rights, name="account-rights"),
    path("ownership/", offer_ownership, name="ownership"),
    path("ownership/<int:offer>/answer/", answer_offer, name="ownership-answer"),
]
