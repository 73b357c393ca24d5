"""What the tables of libraries hold of people. By label, since not every house has them installed."""

from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold

hold(
    "django_tasks_database.DBTaskResult",
    _("Work that waits, runs or failed: it holds numbers, and what went wrong."),
    kept=_("That something failed stays, without the words in which somebody was mentioned."),
    mentions={"args_kwargs": {}, "traceback": {"traceback": ""}, "return_value": {"return_value": None}},
    # Several people may stand in one piece of work.
    secret=("args_kwargs", "traceback", "return_value"),
)
hold(
    "account.EmailAddress",
    _("Addresses for signing in, and whether it was proved whose they are."),
    deletes=("email",),
    corrected_at={"addresses": _("change your addresses")},
)
hold("account.EmailConfirmation", _("That somebody was asked to prove an address."), secret=("key",))
hold(
    "mfa.Authenticator",
    _("Passkeys, and other second proofs of who signs in."),
    secret=("data",),
    corrected_at={"passkeys": _("change your passkeys"), "second-factor": _("change your second step")},
)
hold(
    "socialaccount.SocialAccount",
    _("With which account elsewhere somebody signs in."),
    secret=("extra_data",),
)
hold(
    "socialaccount.SocialToken",
    _("Keys that an account elsewhere gave us for signing somebody in."),
    secret=("token", "token_secret"),
)
