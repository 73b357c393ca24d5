import pytest

from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.outbox.reads import account
from porch.people.delivery.erasure import forget_deliveries
from tests.people.delivery.conftest import Stage
from tests.people.delivery.letters import carry, fresh, send_test

pytestmark = pytest.mark.django_db


def test_what_was_sent_to_somebody_forgets_whom(stage: Stage) -> None:
    server = stage()
    gone, waits, other = (
        send_test("cleo@example.org"),
        send_test("CLEO@example.org"),
        send_test("dov@example.org"),
    )
    carry(gone)
    assert forget_deliveries(address="Cleo@Example.org") == 2
    assert "cleo" not in str(list(Delivery.objects.values())).lower()
    assert [each.delivery_id for each in DeliveryBody.objects.all()] == [other.pk]
    assert carry(waits) is None
    assert fresh(waits).state == "excluded"
    assert len(server.got) == 1
    assert account(carrier="mail").adds_up
