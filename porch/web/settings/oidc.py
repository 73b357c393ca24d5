"""The one OpenID provider that may be set, as allauth wants to be told of it."""

import hashlib
from typing import Any

from porch.web.settings.options import Options, SettingsError


def oidc_apps(options: Options) -> list[dict[str, Any]]:
    """Describe the provider. Its name holds its issuer: another issuer's people are other people."""
    if not options.oidc_issuer:
        return []
    if not options.oidc_client or not options.oidc_secret:
        raise SettingsError("PORCH_OIDC_ISSUER also needs PORCH_OIDC_CLIENT and PORCH_OIDC_SECRET.")
    return [
        {
            "provider_id": "oidc-" + hashlib.sha256(options.oidc_issuer.encode()).hexdigest()[:12],
            "name": options.oidc_label,
            "client_id": options.oidc_client,
            "secret": options.oidc_secret,
            "settings": {"server_url": options.oidc_issuer, "oauth_pkce_enabled": True},
        }
    ]
