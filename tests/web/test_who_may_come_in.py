"""Every address, for the whole cast: the door on each view says who comes in, and that is who does."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.village import Village, add_steward, browser

ADMITS = {
    "anyone": {"ada", "ben", "cleo", "dov", "sol"},
    "signed in": {"ada", "ben", "dov", "sol"},
    "members": {"ada", "ben", "sol"},
    "operators": {"ada"},
    "stewards": {"ada", "sol"},
    "having see-member-list": {"ada", "sol"},
    "owners": {"ada"},
    "having manage-circles": {"ada", "sol"},
    "having manage-circles somewhere": {"ada", "sol"},
    "having manage-roles somewhere": {"ada"},
    "having manage-spaces somewhere": {"ada", "sol"},
    "having tend-topics somewhere": {"ada", "sol"},
    "having see-register": {"ada", "sol"},
    "having invite-members": {"ada", "sol"},
    "having invite-members somewhere": {"ada", "sol"},
    "having see-invite-graph": {"ada", "sol"},
    "greeters": {"ada", "sol"},
    "having define-profile-fields": {"ada", "sol"},
    "having keep-notes": {"ada", "sol"},
    "having welcome-newcomers": {"ada", "sol"},
    # The API, where no cookie counts: tests/web/api tries it with tokens.
    "tokens": set(),
    "having decide-requests somewhere": {"ada", "sol"},
    "having remove-members": {"ada", "sol"},
    "having read-exit-answers": {"ada", "sol"},
    "having edit-charter": {"ada", "sol"},
    "having manage-tiers": {"ada", "sol"},
    "having manage-spaces": {"ada", "sol"},
}
NO_ENTRY = "nothing-here"


def addresses(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, str]]:
    """Give each address of the site, its variables filled with something, and the name of its door."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each, prefix + str(each.pattern))
        elif isinstance(each, URLPattern):
            path = prefix + str(each.pattern)
            for variable in each.pattern.converters:
                path = path.replace(f"<str:{variable}>", NO_ENTRY).replace(f"<int:{variable}>", "0")
            yield path, each.callback.door.name


@pytest.mark.parametrize(("path", "door"), list(addresses()))
@pytest.mark.parametrize("who", ["ada", "ben", "cleo", "dov", "sol"])
def test_the_door_decides(path: str, door: str, who: str, village: Village) -> None:
    person = add_steward() if who == "sol" else village.cast()[who]
    answer = browser(person).get(path)
    if who in ADMITS[door]:
        has_no_entry = NO_ENTRY in path or "/0/" in path
        assert answer.status_code in ({200, 404, 405, 410} if has_no_entry else {200, 302, 405})
        assert "/sign-in/?next=" not in answer.headers.get("Location", "")
    elif door == "tokens":
        assert answer.status_code in (401, 405), "some addresses only change something"
        assert answer.headers["Content-Type"] == "application/problem+json"
    elif who == "cleo":
        assert answer.headers["Location"].startswith("/sign-in/?next=")
    else:
        assert answer.status_code == 404, "who may not come in does not learn that there is a room"


def test_a_refused_post_changes_nothing(village: Village) -> None:
    from porch.bridge.door_sign.reads import is_sign_up

    for who in ("ben", "cleo", "dov"):
        browser(village.cast()[who]).post("/desk/bridge/door-sign/", {"up": "yes"})
    assert not is_sign_up()


def test_a_member_removed_a_second_ago_is_out(village: Village) -> None:
    from porch.community.membership.models import Member

    ben = browser(village.ben)
    assert ben.get("/inside/").status_code == 200
    Member.objects.filter(person=village.ben).delete()
    assert ben.get("/inside/").status_code == 404
    assert ben.get("/live/").status_code == 404


def test_doors_ask_the_request() -> None:
    from porch.people.doors import anyone

    assert anyone.admits(HttpRequest())
