"""An address goes from what others wrote, and nothing else does."""

import pytest

from porch.people.erasure.cutting import without_addresses
from porch.people.erasure.holdings import Subject

ANA = Subject(1, ("ana@porch.example", "ana+news@porch.example"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to ANA@porch.example.", "Write to …."),
        ("ana+news@porch.example, ana@porch.example", "…, …"),
        (
            "mariana@porch.example and ana@porch.example.org",
            "mariana@porch.example and ana@porch.example.org",
        ),
        ("Ana is well.", "Ana is well."),
    ],
)
def test_the_address_goes_and_those_that_hold_it_stay(text: str, left: str) -> None:
    assert without_addresses(text, ANA) == left


def test_whoever_has_no_address_changes_nothing() -> None:
    assert without_addresses("ana@porch.example", Subject(1)) == "ana@porch.example"
