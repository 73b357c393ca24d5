"""Signing in at the word of an OpenID provider: allauth's exchange, held to one issuer, one nonce, one address."""

from typing import Any

import requests
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from porch.kit.ids import new_token
from porch.kit.refusals import NotFound, Refusal
from porch.people.doors import anyone
from porch.people.sign_in.next_page import wanted_page


class ProviderIsSilent(Refusal):
    status = 502
    text = _("The provider does not answer as it should.")
    hint = _("Come in another way, or try again later. Nothing was changed.")


class Exchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Talks to the one provider that PORCH_OIDC_ISSUER names."""

    @property
    def openid_config(self) -> Any:
        """Read what the provider says of itself; that it is who was set is not left to it."""
        said = super().openid_config
        if str(said.get("issuer", "")).rstrip("/") != settings.OPTIONS.oidc_issuer:
            raise OAuth2Error("another issuer")
        return said

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return str(settings.PORCH_URL + reverse("oidc-return"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **given: Any) -> Any:
        if not given["response"].get("id_token"):
            raise OAuth2Error("no id_token")
        return super().complete_login(request, app, token, **given)

    def _decode_id_token(self, app: Any, id_token: str) -> Any:
        """Check the signature too, though the answer came straight from the provider."""
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


def the_app() -> dict[str, Any] | None:
    """Give the provider that is set, if one is."""
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps[0] if apps else None


def provider_label() -> str:
    """Give what stands on the button that leads to the provider; nothing where none is set."""
    app = the_app()
    return str(app["name"]) if app else ""


def exchange(request: HttpRequest) -> Exchange:
    """Begin to talk to the provider, or say that there is none."""
    app = the_app()
    if app is None:
        raise NotFound
    return Exchange(request, app["provider_id"])


@anyone
@require_POST
def go_to_provider(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider, with a state, a nonce and a challenge of this browser's own.

    By a page that moves on: the policy of the page before lets no form be sent on to another site.
    """
    provider = exchange(request).get_provider()
    provider.oauth2_adapter_class = Exchange
    nonce = new_token()
    asked = {**provider.get_auth_params(), "nonce": nonce}
    try:
        sent = provider.redirect(
            request, process="login", next_url=wanted_page(request), auth_params=asked, nonce=nonce
        )
    except (OAuth2Error, requests.RequestException, KeyError, ValueError) as error:
        raise ProviderIsSilent from error
    shown = {"location": sent.headers["Location"], "provider": provider_label()}
    return render(request, "people/sign_in/to_provider.html", shown)


@anyone
@require_safe
def come_from_provider(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer: allauth's checks, then ours (porch.people.sign_in.adapters)."""
    if the_app() is None:
        return redirect("sign-in")
    view = OAuth2CallbackView.adapter_view(exchange(request))
    try:
        response: HttpResponse = view(request)
    except (KeyError, ValueError, TypeError) as error:  # a provider that leaves out what it owes
        raise ProviderIsSilent from error
    return response
