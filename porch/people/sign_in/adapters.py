"""Where allauth asks what holds here: nobody joins by themselves, and nothing follows from the Host header."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import NotAllowed
from porch.kit.time import now
from porch.people.identity.models import Person
from porch.people.sign_in.next_page import is_ours, landing
from porch.people.sign_in.recent import note_proof


class NobodyHere(NotAllowed):
    text = _("Nobody here has this address.")
    hint = _("How one joins is said where one signs in, under “New here?”.")


class ShutOut(NotAllowed):
    text = _("You cannot come in.")
    hint = _("Whoever runs this Porch has closed this account. Ask them.")


class ProviderIsNotSure(NotAllowed):
    text = _("The answer of the provider does not fit the question.")
    hint = _("Nothing was changed. Start again from the page on which one signs in.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks about people and their sessions."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        return False  # doors ask instead (porch.people.doors), and waive it for nobody

    def get_login_stages(self) -> list[str]:
        return ["porch.people.sign_in.second_step.SecondStepStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        # The front has put it there, from proxies that are trusted.
        return str(request.META["REMOTE_ADDR"])

    def is_safe_url(self, url: str) -> bool:
        return is_ours(url)

    def pre_login(self, request: HttpRequest, person: Person, **_: Any) -> None:
        """Refuse whoever was shut out, by whichever way they come."""
        if not person.is_active:
            raise ShutOut

    def post_login(self, request: HttpRequest, person: Person, **hints: Any) -> Any:
        """Remember when it was, for the doors that want a recent sign-in."""
        note_proof(request, at=now())
        return super().post_login(request, person, **hints)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError("letters are written in porch.people.sign_in.letters")

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Our views tell people what changed, in our words."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth asks about passkeys and codes of apps."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the name in PORCH_URL, whatever name a request came by."""
        return {"id": urlsplit(settings.PORCH_URL).hostname or "", "name": "Porch"}

    def get_public_key_credential_user_entity(self, person: Person) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_public_key_credential_user_entity(person)
        return shown | {"display_name": person.name, "name": person.email or person.name}

    def encrypt(self, text: str) -> str:
        return vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault().decrypt(encrypted_text.encode()).decode()


def vault() -> Fernet:
    """Make the cipher for what the database holds and must not tell by itself."""
    key = hashlib.sha256(b"porch.factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What allauth asks about people who come from an OpenID provider."""

    def is_open_for_signup(self, request: HttpRequest, arrival: Any) -> bool:
        raise NobodyHere

    def pre_social_login(self, request: HttpRequest, arrival: Any) -> None:
        """Hold the answer against the question: the nonce, and one subject in both papers."""
        papers = arrival.account.extra_data
        token, info = papers.get("id_token") or {}, papers.get("userinfo")
        asked = (arrival.state or {}).get("nonce") or ""
        is_answer = bool(asked) and constant_time_compare(str(token.get("nonce", "")), asked)
        is_one = info is None or str(info.get("sub")) == str(token.get("sub"))
        if not is_answer or not is_one:
            raise ProviderIsNotSure

    def can_authenticate_by_email(self, arrival: Any, email: str) -> bool:
        """Believe an address that the provider says it has proved, with a plain true and nothing like it."""
        papers = arrival.account.extra_data
        said = papers.get("userinfo") or papers.get("id_token") or {}
        return said.get("email_verified") is True

    def populate_user(self, request: HttpRequest, arrival: Any, data: Any) -> Any:
        return arrival.user  # nobody is made of what a provider says

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> None:
        raise ProviderIsNotSure
