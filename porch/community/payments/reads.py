"""Payments as pages list them."""

from django.db.models import QuerySet

from porch.community.membership.models import Member
from porch.community.payments.models import Payment


def payments_of(member: Member) -> "QuerySet[Payment]":
    """Give what a member paid, and what was given back to them, the newest first."""
    return Payment.objects.filter(member=member).order_by("-received_on", "-id")
