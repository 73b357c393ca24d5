"""What the doctor sees of mail: whether there is a server, what follows where there is none, and what waits."""

from datetime import timedelta

from django.conf import settings
from django.db import Error

from porch.engine.outbox.reads import account, count_waiting
from porch.kit.time import now
from porch.people.delivery.carrying import MAIL
from porch.people.suppression.reads import are_unreadable
from porch.web.doctor.finding import Finding
from porch.web.settings.options import Options

LONG = timedelta(hours=1)


def look_at_mail(options: Options) -> Finding:
    """Can mail leave, and does it?"""
    try:
        found, late, is_blind = (
            account(carrier=MAIL),
            count_waiting(before=now() - LONG, carrier=MAIL),
            are_unreadable(),
        )
    except Error as error:
        return Finding(
            "mail",
            "wrong",
            f"the outbox cannot be read: {error}".strip(),
            "See what is said of the database.",
        )
    if is_blind:
        return Finding(
            "mail",
            "wrong",
            "some suppressions were made with another secret.key, so nothing that needs a yes is sent",
            "Bring the former secret.key back: without it nobody can tell whom they protect.",
        )
    if settings.PORCH_MAIL_SERVER is None:
        return Finding(
            "mail",
            "advice",
            f"no server is set: mail is kept, {found.kept} so far, and can be read at {options.url}/desk/mail/",
            "Fine for trying out. Nobody else gets codes to sign in with until PORCH_MAIL_SERVER is set.",
        )
    text = f"by {settings.PORCH_MAIL_SERVER}, from {settings.PORCH_MAIL_SENDER}"
    if late:
        where = f"See why at {options.url}/desk/mail/?state=queued, or run `porch mail test ADDRESS`."
        return Finding("mail", "wrong", f"{text}; {late} have waited for more than an hour", where)
    if options.mail_from is None:
        return Finding("mail", "advice", text, "Set PORCH_MAIL_FROM to an address that can be answered.")
    if settings.PORCH_MAIL_SERVER.security == "none":
        return Finding(
            "mail",
            "advice",
            f"{text}, unencrypted",
            "Anyone on the way can read it. Prefer smtp:// or smtps://.",
        )
    return Finding("mail", "good", text)
