"""Every operation of the API says what it needs of a token, what it is for, and how it may be refused."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from ninja import Router

from porch.people.tokens.scopes import SCOPES, Scope
from porch.web.api.answering import make_api
from porch.web.api.gate import Needs, Whom
from porch.web.api.schema import ALWAYS, describe, needs
from porch.web.api.scopes import ME_READ, MEMBERS_READ
from porch.web.api.site import ROUTERS, api
from tests.laws.trees import ROOT, assert_none

OF_PEOPLE = (Whom.PERSON, Whom.MEMBER, Whom.OPERATOR)
# Operations that any token may ask for, and why they need no scope.
WITHOUT_SCOPE = {
    "show_token": "a token says what it is to whoever holds it",
    "revoke_this": "whoever finds a lost token has to be able to end it",
}


def offences(there: Any, without: Iterable[str] = ()) -> Iterator[str]:
    """Find operations that do not say what they need or are for, and what is about a person and lets the house in."""
    for router in there._get_bound_routers():
        for path, view in router.path_operations.items():
            for each in view.operations:
                name, needed = each.view_func.__name__, [*each.auth_callbacks, None][0]
                if not isinstance(needed, Needs) or len(each.auth_callbacks) != 1:
                    yield f"{name} does not say what it needs of a token"
                    continue
                if needed.scope is None and name not in without:
                    yield f"{name} has no scope"
                if needed.scope and not needed.scope.is_for_house and needed.whom not in OF_PEOPLE:
                    yield f"{name} is about a person, and lets the house in"
                if not each.description or each.summary == name.title().replace("_", " "):
                    yield f"{name} does not say what it is for"
                if not getattr(each, "url_name", "").startswith("api-"):
                    yield f"{name} has no name for its address, {path}"


def test_every_operation_says_what_it_needs() -> None:
    assert_none(list(offences(api, WITHOUT_SCOPE)))
    assert WITHOUT_SCOPE.keys() <= needs().keys()


def test_every_operation_says_how_it_may_be_refused() -> None:
    for methods in describe("en")["paths"].values():
        for said in methods.values():
            assert set(ALWAYS) <= said["responses"].keys()
            needed = needs()[said["operationId"]]
            always = [needed.scope.name] if needed.scope else []
            also = [[*always, needed.also.scope.name]] if needed.also else []
            assert [each["token"] for each in said["security"]] == [always, *also]


def test_every_scope_is_asked_for_by_an_operation() -> None:
    asked = {each.scope.name for each in needs().values() if each.scope}
    asked |= {each.also.scope.name for each in needs().values() if each.also}
    assert asked == SCOPES.keys(), "a scope that opens nothing is not offered"


def test_every_shape_has_a_name_of_its_own() -> None:
    # In the description of the API two of one name are one, and the answers of one of them are not what it says.
    names = Counter(
        found
        for file in (ROOT / "porch" / "web").glob("api*/shapes.py")
        for found in re.findall(r"^class (\w+)\(", file.read_text(), re.MULTILINE)
    )
    assert [name for name, many in names.items() if many > 1] == []


def test_every_router_stands_in_the_list() -> None:
    files = (ROOT / "porch" / "web").glob("api*/*.py")
    having = [each for each in files if "router = Router(" in Path(each).read_text()]
    assert len(having) == len(ROUTERS)


def test_an_operation_that_says_nothing_is_caught() -> None:
    router = Router()

    @router.get("/open", summary="Open", url_name="api-open")
    def open_to_all(request: HttpRequest) -> None:
        """Anyone comes in."""

    @router.get("/all", auth=Needs(None), summary="All", url_name="api-all")
    def read_all(request: HttpRequest) -> None:
        """Everything."""

    @router.get("/mute", auth=Needs(MEMBERS_READ), url_name="api-mute")
    def mute(request: HttpRequest) -> None:
        pass

    @router.get("/mine", auth=Needs(ME_READ), summary="Mine", url_name="api-mine")
    def show_mine(request: HttpRequest) -> None:
        """What is mine."""

    @router.get("/nameless", auth=Needs(Scope("x", "x")), summary="Nothing")
    def nameless(request: HttpRequest) -> None:
        """It has no name."""

    planted = make_api()
    planted.add_router("", router)
    assert [each.partition(" ")[0] for each in offences(planted)] == [
        "open_to_all",
        "read_all",
        "mute",
        "show_mine",
        "nameless",
    ]
