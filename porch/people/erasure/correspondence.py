"""What we hold of people for writing to them: consents, requests, deliveries, and whom not to write to."""

from django.utils.translation import gettext_lazy as _

from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.people.consent.erasure import forget_consents
from porch.people.consent.models import Consent, ConsentAddress
from porch.people.delivery.erasure import forget_deliveries
from porch.people.erasure.holdings import Subject, hold
from porch.people.opt_in.actions import forget_requests
from porch.people.opt_in.models import ConsentRequest
from porch.people.suppression.models import Suppression
