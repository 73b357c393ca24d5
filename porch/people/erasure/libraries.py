"""What the tables of libraries hold of people. By label, since not every house has them installed."""

from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold

hold(
    "django_tasks_database.DBTaskResult",
    _("Work that waits, runs or failed: it holds numbers, and what went wrong."),
    kept=_("That something failed stays, without the words in which you were mentioned."),
    mentions={"args_kwargs": {}, "traceback": {"traceback": ""}, "return_value": {"return_value": None}},
)
hold(
    "account.EmailAddress",
    _("Your addresses, and whether you proved that they are yours."),
    deletes=("email",),
)
hold("account.EmailConfirmation", _("That an address of yours was asked to be proved."))
hold("mfa.Authenticator", _("Your passkeys, and the other second proofs of who you are."))
hold("socialaccount.SocialAccount", _("Which account elsewhere you sign in with."))
hold("socialaccount.SocialToken", _("The keys that your account elsewhere gave us for signing you in."))
