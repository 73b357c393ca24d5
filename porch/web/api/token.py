"""The token that asks."""

from ninja import Router

from porch.kit.time import now
from porch.people.tokens.actions import hand_back
from porch.web.api.gate import ApiRequest, Needs
from porch.web.api.shapes import TokenOut

router = Router(tags=["Token"])


@router.get("/token", auth=Needs(None), response=TokenOut, summary="Show this token", url_name="api-token")
def show_token(request: ApiRequest) -> dict[str, object]:
    """What the token may be used for, and until when."""
    row = request.auth.token
    return {
        "name": row.name,
        "prefix": row.prefix,
        "kind": "service" if row.person_id is None else "personal",
        "scopes": row.scopes.split(),
        "expires_at": row.expires_at,
        "last_used_on": row.last_used_on,
    }


@router.delete(
    "/token", auth=Needs(None), response={204: None}, summary="Revoke this token", url_name="api-token"
)
def revoke_this(request: ApiRequest) -> None:
    """Take the token out of use, at once and for good. Whoever finds a lost one can do that."""
    hand_back(token_id=request.auth.token.id, at=now())
