from django.urls import path

from porch.community.payments.views.stewards import (
    end_member_tier,
    member_tier,
    record_member_payment,
    show_payment,
    show_renewals,
)

urlpatterns = [
    path("renewals/", show_renewals, name="renewals"),
    path("members/<int:member>/tier/", member_tier, name="member-tier"),
    path("members/<int:member>/tier/ending/", end_member_tier, name="member-tier-ending"),
    path("members/<int:member>/payments/", record_member_payment, name="member-payments"),
    path("payments/<int:payment>/", show_payment, name="payment"),
]
