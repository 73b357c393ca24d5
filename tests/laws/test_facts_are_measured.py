"""Every kind of fact has a measure, or a reason to have none: porch/insight/coverage.py."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from porch.community.membership.facts import MemberJoined
from porch.engine.facts.kinds import Fact
from porch.insight.coverage import MEASURED, UNMEASURED
from porch.insight.joins.joins import joins_this_week
from tests.laws.facts import kinds
from tests.laws.test_facts_are_what_they_say import MemberMoved, PieceRead, RoofFixed
from tests.laws.trees import assert_none


def offences(
    found: list[type[Fact]],
    measured: Mapping[type[Fact], tuple[Callable[..., Any], ...]],
    unmeasured: Mapping[type[Fact], str],
) -> list[str]:
    """Compare the kinds of facts with what insight says about them."""
    return [f"{kind.__name__} {what}" for kind in found for what in faults(kind, measured, unmeasured)]


def faults(
    kind: type[Fact],
    measured: Mapping[type[Fact], tuple[Callable[..., Any], ...]],
    unmeasured: Mapping[type[Fact], str],
) -> list[str]:
    measures, reason = measured.get(kind, ()), unmeasured.get(kind, "")
    if measures and reason:
        return ["is measured, and has a reason not to be"]
    if not measures and len(reason.split()) < 4:
        return ["has neither a measure nor a reason in porch/insight/coverage.py"]
    return [
        f"is said to be measured by {each.__name__}, which does not look at it"
        for each in measures
        if not reads(each, kind)
    ]


def reads(measure: Callable[..., Any], kind: type[Fact]) -> bool:
    module = inspect.getmodule(measure)
    return module is not None and kind.__name__ in inspect.getsource(module)


def test_every_fact_has_a_measure_or_a_reason() -> None:
    assert_none(offences(kinds(), MEASURED, UNMEASURED))


def test_coverage_speaks_of_facts_that_there_are() -> None:
    assert {*MEASURED, *UNMEASURED} <= set(kinds())


def test_a_fact_without_either_is_caught() -> None:
    measured = {MemberJoined: (joins_this_week,), MemberMoved: (joins_this_week,)}
    unmeasured = {RoofFixed: "", PieceRead: "It is read by its own kind of ledger."}
    assert offences([MemberJoined, MemberMoved, PieceRead, RoofFixed], measured, unmeasured) == [
        "MemberMoved is said to be measured by joins_this_week, which does not look at it",
        "RoofFixed has neither a measure nor a reason in porch/insight/coverage.py",
    ]
    (only,) = offences([MemberJoined], measured, {MemberJoined: "A reason that is one too many."})
    assert only == "MemberJoined is measured, and has a reason not to be"
