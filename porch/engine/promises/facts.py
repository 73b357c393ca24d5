from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade(CommunityFact):
    promise_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(CommunityFact):
    promise_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseBroken(CommunityFact):
    """The deadline passed. ``at`` is when that was noticed; the promise itself says when it was due."""

    promise_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWithdrawn(CommunityFact):
    promise_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRedeemed(CommunityFact):
    """A broken promise was kept after all, late. It stays broken."""

    promise_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseReopened(CommunityFact):
    """What had been marked by mistake was taken back."""

    promise_id: int
