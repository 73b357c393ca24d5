"""The link in a mail that stops one kind of it: beside the link that stops all, which every mail has.

It needs no sign-in and no row of its own. It names the member and the kind, with a keyed code that nobody
else can make.
"""

import hmac
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from porch.kit.keys import derive_key
from porch.kit.text import read_number
from porch.notices.choosing.reads import KINDS
from porch.people.delivery.stopping import LinkIsNotWhole

CODE = 32


def kind_stop_link(member_id: int, column: str) -> str:
    return str(settings.PORCH_URL + reverse("stop-notices", args=[kind_stop_token(member_id, column)]))


def kind_stop_token(member_id: int, column: str) -> str:
    """Make the part of a link that says whose mail of which kind it stops."""
    said = f"{column}.{member_id}"
    return f"{said}.{code_of(said)}"


def read_kind_stop_token(token: str) -> tuple[int, str]:
    """Read the member and the kind out of a link. Raises ``LinkIsNotWhole`` for what we did not make."""
    said, _dot, code = token.rpartition(".")
    if not hmac.compare_digest(code.encode("utf-8", "replace"), code_of(said).encode()):
        raise LinkIsNotWhole
    column, _dot, digits = said.partition(".")
    member_id = read_number(digits)
    if column not in KINDS or member_id is None:
        raise LinkIsNotWhole
    return member_id, column


def code_of(said: str) -> str:
    """Sign what a link says."""
    key = derive_key("stop links of notices")
    return hmac.new(key, said.encode("utf-8", "replace"), sha256).hexdigest()[:CODE]
