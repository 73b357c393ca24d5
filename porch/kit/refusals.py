"""Refusals: the expected "no", declared beside the verb that says it and safe to show to anyone."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Refusal(Exception):
    """An answer that says no, why, and what to do next.

    ``status`` is the HTTP status, ``text`` one sentence for the person, ``hint`` what they can do.
    ``values`` fill the ``%(name)s`` places of both; they are shown, so they hold nothing secret.
    """

    status: ClassVar[int] = 400
    text: ClassVar[Text] = _("That cannot be done.")
    hint: ClassVar[Text] = ""

    def __init__(self, **values: object) -> None:
        super().__init__(type(self).__name__)
        self.values: Mapping[str, object] = values

    @property
    def title(self) -> str:
        return str(self.text) % self.values if self.values else str(self.text)

    @property
    def advice(self) -> str:
        return str(self.hint) % self.values if self.values else str(self.hint)

    @property
    def kind(self) -> str:
        """The name of the refusal in the API, ``topic-is-closed`` for ``TopicIsClosed``."""
        name = type(self).__name__
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")

    def __str__(self) -> str:
        return f"{self.title} {self.advice}".strip()


class NotFound(Refusal):
    """There is no such thing, or none that this person may know of: the two look the same on purpose."""

    status = 404
    text = _("There is nothing here.")
    hint = _("The address may be mistyped, or what stood here has moved or is not for you.")


class NotAllowed(Refusal):
    status = 403
    text = _("You may not do that.")
    hint = _("Somebody with the right to do it can, or can give you the right.")


class BadInput(Refusal):
    status = 422
    text = _("That does not fit.")


class Conflict(Refusal):
    status = 409
    text = _("Something changed in the meantime.")
    hint = _("Look at it as it is now, and try again.")
