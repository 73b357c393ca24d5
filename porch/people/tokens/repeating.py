"""A request that a program sends twice, because it did not hear the answer, is done once."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.fernet import Fernet
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.kit.locks import take_turns
from porch.kit.refusals import BadInput
from porch.people.tokens.models import KeptAnswer

KEPT = timedelta(hours=24)


class KeyWasUsed(BadInput):
    text = _("This Idempotency-Key was sent before, with another request.")
    hint = _("Each request has a key of its own, and keeps it where it is sent again.")


@transaction.atomic
def do_once(
    *, token_id: int, secret: str, key: str, asked: bytes, do: Callable[[], str], at: datetime
) -> tuple[str, bool]:
    """Do something and keep the answer, or give the answer kept under this key; say whether it was kept.

    What is refused is not kept: nothing was done. Two at once take turns. Raises ``KeyWasUsed``, and what ``do`` does.
    """
    name, what = mark(secret, b"key", key.encode()), mark(secret, b"asked", asked)
    take_turns(f"answer {token_id} {name}")
    kept = KeptAnswer.objects.filter(token=token_id, key=name).first()
    if kept is not None and kept.kept_at <= at - KEPT:  # over, and not yet forgotten
        kept.delete()
        kept = None
    if kept is None:
        answer = do()
        sealed = cipher(secret).encrypt(answer.encode()).decode()
        KeptAnswer.objects.create(token_id=token_id, key=name, asked=what, answer=sealed, kept_at=at)
        return answer, False
    if not hmac.compare_digest(kept.asked, what):
        raise KeyWasUsed
    return cipher(secret).decrypt(kept.answer.encode()).decode(), True


def forget_answers(*, at: datetime, hold: bool = False) -> int:
    """Delete the answers that were kept for their time; give how many. ``hold`` says that the clock is in doubt."""
    return 0 if hold else KeptAnswer.objects.filter(kept_at__lte=at - KEPT).delete()[0]


def mark(secret: str, use: bytes, what: bytes) -> str:
    """Give a hash of something that nobody can guess at who has not the secret."""
    return hmac.new(secret.encode(), use + b":" + what, sha256).hexdigest()


def cipher(secret: str) -> Fernet:
    """Make the cipher for the answers of a token, which only its secret opens."""
    return Fernet(urlsafe_b64encode(hmac.new(secret.encode(), b"answers", sha256).digest()))
