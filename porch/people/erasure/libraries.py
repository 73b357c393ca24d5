"""What the tables of libraries hold of people. By label, since not every house has them installed."""

from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold

hold(
    "django_tasks_database.DBTaskResult",
    _("Work that waits, runs or failed: it holds numbers, and what went wrong."),
    kept=_("That something failed stays, without the words in which somebody was mentioned."),
    mentions={"args_kwargs": {}, "traceback": {"traceback": ""}, "return_value": {"return_value": None}},
)
hold(
    "account.EmailAddress",
    _("Addresses for signing in, and whether it was proved whose they are."),
    deletes=("email",),
)
hold("account.EmailConfirmation", _("That somebody was asked to prove an address."))
hold("mfa.Authenticator", _("Passkeys, and other second proofs of who signs in."))
hold("socialaccount.SocialAccount", _("With which account elsewhere somebody signs in."))
hold("socialaccount.SocialToken", _("Keys that an account elsewhere gave us for signing somebody in."))
