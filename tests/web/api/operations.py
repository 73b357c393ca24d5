"""Every operation of the API, once: how it is asked where it has an answer."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.web.api.callers import Program


@dataclass(frozen=True, slots=True)
class Call:
    """``path`` is filled with ids that there are: {member} and {circle}."""

    id: str
    method: str
    path: str
    body: str = ""

    def __str__(self) -> str:
        return self.id

    def ask(self, program: Program, *, client: Client | None = None) -> Any:
        from porch.community.models import Circle, Member

        path = self.path.format(
            member=Member.objects.earliest("pk").pk, circle=Circle.objects.get(is_whole=True).pk
        )
        asking = client or program.client
        return asking.generic(self.method, "/api/v1" + path, self.body, content_type="application/json")


OPERATIONS = (
    Call("show_token", "GET", "/token"),
    Call("revoke_this", "DELETE", "/token"),
    Call("show_me", "GET", "/me"),
    Call("rename_me", "PATCH", "/me", '{"name": "Benedict"}'),
    Call("list_my_rights", "GET", "/me/rights"),
    Call("list_my_holdings", "GET", "/me/holdings"),
    Call("list_members", "GET", "/members"),
    Call("show_member", "GET", "/members/{member}"),
    Call("list_circles", "GET", "/circles"),
    Call("show_circle", "GET", "/circles/{circle}"),
    Call("list_circle_members", "GET", "/circles/{circle}/members"),
    Call("list_roles", "GET", "/roles"),
    Call("count_the_members", "GET", "/figures/members"),
)
