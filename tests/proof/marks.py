"""Words that carry a mark, so that one sees where they get to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marked:
    """Gives words of letters alone, so that no coding of a page hides the mark in them."""

    mark: str

    def word(self, what: str) -> str:
        return f"{self.mark}{''.join(each for each in what if each.isalnum())}"

    def line(self, what: str) -> str:
        return f"{self.mark} {what}"

    def text(self, what: str) -> str:
        return f"{self.mark} {what}"
