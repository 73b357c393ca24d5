import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from markupsafe import Markup

from porch.kit.slots import Slot


@pytest.fixture
def slot() -> "Slot":
    slot = Slot("tests.slot")
    yield slot
    del Slot.known["tests.slot"]


def request() -> HttpRequest:
    return RequestFactory().get("/")


def test_an_empty_slot_is_nothing(slot: Slot) -> None:
    assert slot.render(request()) == ""


def test_fillings_stand_in_the_order_they_came(slot: Slot) -> None:
    slot.fill(lambda request: Markup("<i>one</i>"))
    slot.fill(lambda request: None)
    slot.fill(lambda request: Markup("<i>two</i>"))
    assert slot.render(request()) == Markup("<i>one</i><i>two</i>")


def test_plain_text_is_escaped(slot: Slot) -> None:
    slot.fill(lambda request: "<script>")  # type: ignore[arg-type, return-value]
    assert slot.render(request()) == "&lt;script&gt;"


def test_a_slot_is_declared_once(slot: Slot) -> None:
    with pytest.raises(ValueError, match="twice"):
        Slot("tests.slot")
