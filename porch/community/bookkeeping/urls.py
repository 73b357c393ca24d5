from django.urls import path

from porch.community.bookkeeping.views import (
    download_payments,
    download_tiers,
    send_sheet,
    show_sheet,
)

urlpatterns = [
    path("tiers/import/", send_sheet, name="tier-import"),
    path("tiers/import/<int:sheet>/", show_sheet, name="tier-sheet"),
    path("tiers/tiers.csv", download_tiers, name="tiers-file"),
    path("tiers/payments.csv", download_payments, name="payments-file"),
]
