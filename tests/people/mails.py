"""Mail that the tests have had made, and what stands in it."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.kit.time import now
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.delivery.stopping import stop_token
from porch.people.opt_in.actions import ask_for_consent


def opened(row: Delivery) -> EmailMessage:
    return message_from_bytes(bytes(DeliveryBody.objects.get(delivery=row).data), policy=default)


def text_of(row: Delivery) -> str:
    part = opened(row).get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(row: Delivery) -> str:
    part = opened(row).get_body(("html",))
    assert part
    return str(part.get_content())


def token_in(row: Delivery) -> str:
    """Give the secret of the link in a question whether an address is somebody's."""
    found = re.search(r"/consents/([^/\s]+)/", text_of(row))
    assert found
    return found[1]


def some_of_each() -> dict[str, str]:
    """Make a mail, an open request and a stop link; give what leads to them, by name."""
    test = Letter("people/delivery/mail/test")
    mail = send(test, to="cleo@example.org", grounds=Transactional(Reason.TEST_MAIL), at=now())
    ask_for_consent(
        address=f"reader{mail.pk}@example.org", purpose="news", wording=1, source="test", at=now()
    )
    asked = Delivery.objects.get(to_address=f"reader{mail.pk}@example.org")
    return {"mail": str(mail.pk), "asked": token_in(asked), "stop": stop_token("person:1", "member-letter")}
