from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(CommunityFact):
    note_id: int
    member_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRemoved(CommunityFact):
    note_id: int
    member_id: int
