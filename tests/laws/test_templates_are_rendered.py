"""Every template is rendered once: the whole cast walks through the house, and what nobody saw is named."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.template import engines
from django_tasks_db.models import DBTaskResult
from jinja2 import DictLoader, Environment, Template

from porch.audience.articles.actions import publish_article
from porch.bridge.door_sign.actions import put_up_sign
from porch.engine.models import ConsumerPlace
from porch.engine.promises.by_hand import promise_by_hand
from porch.engine.promises.kinds import MEMBERS
from porch.kit.time import now
from porch.people.erasure.actions import erase_person
from porch.people.erasure.models import Erasure
from porch.people.identity.actions import issue_sign_in_link
from tests.community.tiers.gold import SOME as TIERS
from tests.community.tiers.gold import some_of_tiers
from tests.laws.addresses import addresses
from tests.laws.trees import ROOT, assert_none, plant, templates
from tests.people.hands import ask, code_in_mail, give_app, type_code
from tests.people.mails import some_of_each
from tests.people.provider import running_provider, set_as_ours
from tests.village import NOON, Village, add_person, browser

# What fills the variables of an address, by its name. An address that is missing here is visited in vain.
FILLED = {
    "article": ["seen"],
    "sign-in-link": ["{token}"],
    "job": ["11111111-1111-1111-1111-111111111111"],
    "job-removal": ["11111111-1111-1111-1111-111111111111"],
    "skipped-fact": ["stuck"],
    "promise": ["{promise}"],
    "erasure": ["{erasure}"],
    "consent-request": ["{asked}"],
    "stop-mail": ["{stop}"],
    "tier": ["{tier}"],
    "tier-sheet": ["{sheet}"],
    "member-tier": ["{holder}"],
    "payment": ["{payment}"],
    "mail": ["{mail}"],
    "mail-letter": ["{mail}"],
    "mail-page": ["{mail}"],
    "mail-file": ["{mail}"],
}
FORMS = {"/desk/articles/new/": {"title": "", "source": ""}}


def offences(there: Iterable[str], seen: set[str]) -> list[str]:
    """Name the templates that nobody saw."""
    return [f"nobody is shown {name}" for name in sorted(there) if name not in seen]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Collect the name of each template that Jinja2 is asked for: a page, what it extends, what it includes."""
    names: set[str] = set()

    def telling(get: Callable[..., Template]) -> Callable[..., Template]:
        def get_and_tell(self: Environment, *args: Any, **kwargs: Any) -> Template:
            template = get(self, *args, **kwargs)
            names.add(template.name or "")
            return template

        return get_and_tell

    for way in ("get_template", "select_template"):
        monkeypatch.setattr(Environment, way, telling(getattr(Environment, way)))
    return names


def walk(village: Village) -> None:
    """Open every address as everyone, first in an empty house and then in a full one, and send forms that fail."""
    visit(village)
    publish_article(title="Seen", source="Text", by=village.ada, at=NOON)
    put_up_sign(by=village.ada, at=NOON)
    something_failed()
    visit(village)
    due = now() + timedelta(days=1)
    promised = promise_by_hand(text="Seen", to=MEMBERS, due_at=due, by_id=village.ada.pk, at=NOON)
    erase_person(person=add_person("eve"), by=village.ada, at=NOON)
    tiers = some_of_tiers(village)
    visit(village, promise=promised.pk, erasure=Erasure.objects.get().pk, **tiers)
    for path, form in FORMS.items():
        browser(village.ada).post(path, form)
    browser().get("/no/such/page/")
    come_in_and_change(village)


def come_in_and_change(village: Village) -> None:
    """Take the ways in, and those through one's account that begin with a form."""
    ben, late = browser(village.ben), browser(village.ben, recent=False)
    late.post("/account/password/", {"password": "x"})
    ben.post("/account/name/", {"name": "Benjamin"})
    ben.post("/account/address/", {"address": "ben@example.com"})
    ben.get("/account/address/code/")
    row = Authenticator.objects.create(
        user=village.ben, type="webauthn", data={"name": "Key", "credential": {}}
    )
    ben.get(f"/account/passkeys/{row.pk}/")
    give_app(village.ben)
    stranger = browser()
    ask(stranger, "ben@example.org")
    stranger.get("/sign-in/code/")
    type_code(stranger, code_in_mail())
    stranger.get("/sign-in/second-step/")
    with running_provider() as provider, set_as_ours(provider):
        browser().post("/sign-in/oidc/")


def something_failed() -> None:
    """Leave a job that failed and a consumer that stands still, for the desk to show."""
    job = DBTaskResult(
        id=FILLED["job"][0],
        status="FAILED",
        task_path="porch.engine.jobs.pruning.prune_jobs",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        traceback="ValueError: on purpose",
    )
    job.save()
    ConsumerPlace.objects.create(
        consumer="stuck", stream="community", stuck_at=1, failures=1, failed_at=NOON, error="ValueError: no"
    )


def visit(village: Village, **numbers: int) -> None:
    made = some_of_each()
    for who in village.cast().values():
        for address in addresses():
            token = issue_sign_in_link(person=village.ben, at=now())
            path = address.path
            known = {"token": token, "promise": 0, "erasure": 0, **dict.fromkeys(TIERS, 0), **made, **numbers}
            for value in FILLED.get(address.name, ["nothing-here"]):
                start, opened, rest = path.partition("<")
                path = start + value.format(**known) + rest.partition(">")[2] if opened else path
            browser(who).get(path)


def test_somebody_sees_every_template(village: Village, seen: set[str]) -> None:
    walk(village)
    assert_none(offences(templates(ROOT), seen))


def test_a_template_that_nobody_sees_is_caught(tmp_path: Path, village: Village, seen: set[str]) -> None:
    walk(village)
    tree = plant(
        tmp_path, {"porch/web/templates/desk/forgotten.html": "", "porch/web/templates/refusal.html": ""}
    )
    assert offences(templates(tree), seen) == ["nobody is shown desk/forgotten.html"]


def test_what_is_extended_included_or_imported_counts(seen: set[str]) -> None:
    pages = {
        "page": (
            '{% extends "shell" %}{% from "macros" import a %}'
            '{% block b %}{% include ["no", "part"] %}{% endblock %}'
        ),
        "shell": "{% block b %}{% endblock %}",
        "part": "",
        "macros": "{% macro a() %}{% endmacro %}",
        "other": "",
    }
    Environment(loader=DictLoader(pages)).get_template("page").render()
    assert seen == {"page", "shell", "part", "macros"}


def test_every_template_is_found_by_the_name_that_pages_use() -> None:
    for name in templates(ROOT):
        assert engines["jinja2"].get_template(name)
