"""What a form of those in charge is, as the law on traces sends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its address, what is sent, and the act that it records. ``{promise}`` is an open one.

    ``about`` names whom the row is about, by what was prepared; ``besides`` the acts that go with it; ``file`` is sent
    under that name.
    """

    path: str
    act: str
    fields: dict[str, str] = field(default_factory=dict)
    about: str = ""
    besides: tuple[str, ...] = ()
    file: str = ""

    def filled(self, at_work: Mapping[str, object]) -> tuple[str, dict[str, object]]:
        """Give the address and the fields, with the numbers of what was prepared."""
        return self.path.format(**at_work), dict(self.pairs(at_work))

    def pairs(self, at_work: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        for key, given in self.fields.items():
            yield key, given.format(**at_work)
        if self.file:
            # A new one for each time: whoever reads a file leaves it at its end.
            yield "file", SimpleUploadedFile("sheet.csv", self.file.encode())
