"""Every template is rendered once: the whole cast walks through the house, and what nobody saw is named."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.template import engines
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from jinja2 import DictLoader, Environment, Template

from porch.audience.articles.actions import publish_article
from porch.bridge.door_sign.actions import put_up_sign
from porch.community.membership.models import Member
from porch.community.ownership.actions import hand_over
from porch.community.roles.actions import give_role, make_role
from porch.engine.models import ConsumerPlace
from porch.engine.promises.by_hand import promise_by_hand
from porch.engine.promises.kinds import MEMBERS
from porch.engine.webhooks.actions import make_endpoint
from porch.kit.time import now
from porch.notices.choosing.stopping import kind_stop_token
from porch.people.delivery.server import read_server
from porch.people.erasure.actions import erase_person
from porch.people.erasure.models import Erasure
from porch.people.identity.actions import issue_sign_in_link
from porch.people.takeout.jobs import make
from porch.people.takeout.models import TakeOut
from tests.community.away.test_suspend_member import suspend
from tests.community.circles.making import bakers
from tests.community.invites.hands import invite_and_join
from tests.community.leaving.helpers import go
from tests.community.leaving.test_come_back import token_of
from tests.community.removal.test_remove_member import remove
from tests.community.tiers.gold import SOME as TIERS
from tests.community.tiers.gold import some_of_tiers
from tests.laws.addresses import addresses
from tests.laws.full_house import kept_safe, known_to_each_other, someone_wants_in, talk
from tests.laws.trees import ROOT, assert_none, plant, templates
from tests.people.hands import ask, code_in_mail, give_app, type_code
from tests.people.mails import some_of_each
from tests.people.provider import running_provider, set_as_ours
from tests.village import NOON, Village, add_person, add_steward, browser

MADE = (
    "promise",
    "erasure",
    "wish",
    "role",
    "member",
    "fellow",
    "field",
    "person",
    "topic",
    "post",
    "glass",
    "endpoint",
    "direct",
    "announcement",
    "poll",
    "ask",
    "ritual",
    "suspect",
    "decision",
    "strike",
)
# What fills the variables of an address, by its name. An address that is missing here is visited in vain.
FILLED = {
    "article": ["seen"],
    "holding": ["people.Person"],
    "sign-in-link": ["{token}"],
    "job": ["11111111-1111-1111-1111-111111111111"],
    "job-removal": ["11111111-1111-1111-1111-111111111111"],
    "skipped-fact": ["stuck"],
    "promise": ["{promise}"],
    "member": ["{member}", "{fellow}"],
    "member-notes": ["{fellow}"],
    "profile-field": ["{field}"],
    "erasure": ["{erasure}"],
    "consent-request": ["{asked}"],
    "circle": ["bakers"],
    "circle-change": ["bakers"],
    "circle-closing": ["bakers"],
    "circle-leaving": ["bakers"],
    "circle-removal": ["bakers"],
    "new-role": ["bakers"],
    "role": ["{role}"],
    "role-change": ["{role}"],
    "role-deletion": ["{role}"],
    "role-removal": ["{role}"],
    "stop-mail": ["{stop}"],
    "stop-notices": ["{kind}"],
    "topic-broadcast": ["{announcement}"],
    "person-way-in": ["{person}"],
    "tier": ["{tier}"],
    "tier-sheet": ["{sheet}"],
    "member-tier": ["{holder}"],
    "payment": ["{payment}"],
    "mail": ["{mail}"],
    "mail-letter": ["{mail}"],
    "mail-page": ["{mail}"],
    "mail-file": ["{mail}"],
    "webhook": ["{endpoint}"],
    "webhook-change": ["{endpoint}"],
    "webhook-secret": ["{endpoint}"],
    "knock": ["readers"],
    "circle-questions": ["community"],
    "space": ["workshop"],
    "glass-space": ["window"],
    "glass-topic": ["{glass}"],
    "new-topic": ["workshop"],
    "space-change": ["workshop"],
    "space-archive": ["workshop"],
    "topic": ["{topic}"],
    "direct-about": ["{direct}"],
    "block": ["{member}", "{fellow}"],
    "new-poll": ["workshop"],
    "post-ask": ["{ask}"],
    "post-ask-answer": ["{ask}"],
    "space-rituals": ["workshop"],
    "new-ritual": ["workshop"],
    "ritual-opening": ["{ritual}"],
    "ritual-care": ["{ritual}"],
    "topic-ballot": ["{poll}"],
    "topic-ballots": ["{poll}"],
    "topic-poll-closing": ["{poll}"],
    "place": ["{topic}", "1"],
    "topic-posts": ["{topic}"],
    "topic-people": ["{topic}"],
    "topic-draft": ["{topic}"],
    "space-people": ["workshop"],
    "space-draft": ["workshop"],
    "topic-answer": ["{topic}"],
    "topic-level": ["{topic}"],
    "topic-care": ["{topic}"],
    "topic-reading": ["{topic}"],
    "topic-splitting": ["{topic}"],
    "topic-live": ["{topic}"],
    "space-live": ["workshop"],
    "space-level": ["workshop"],
    "notices-of-topic": ["{topic}"],
    "post-change": ["{post}"],
    "post-deletion": ["{post}"],
    "post-editions": ["{post}"],
    "post-preview": ["{post}"],
    "tag": ["rye"],
    "tag-change": ["rye"],
    "post-reactions": ["{post}"],
    "post-bookmark": ["{post}"],
    "request": ["{wish}"],
    "post-report": ["{post}"],
    "space-slow": ["workshop"],
    "case": ["{suspect}"],
    "decision": ["{decision}"],
    "appeal": ["{strike}"],
    "member-sanctions": ["{fellow}"],
}
FORMS = {"/desk/articles/new/": {"title": "", "source": ""}}


def offences(there: Iterable[str], seen: set[str]) -> list[str]:
    """Name the templates that nobody saw."""
    return [f"nobody is shown {name}" for name in sorted(there) if name not in seen]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Collect the name of each template that Jinja2 is asked for: a page, what it extends, what it includes."""
    names: set[str] = set()
    # What another test has asked for already would not be asked for again.
    engines["jinja2"].env.speaking.clear()

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
    wish = someone_wants_in(village)
    put_up_sign(by=village.ada, at=NOON)
    something_failed()
    visit(village)
    due = now() + timedelta(days=1)
    hook = a_webhook(village)
    promised = promise_by_hand(text="Seen", to=MEMBERS, due_at=due, by_id=village.ada.pk, at=NOON)
    erase_person(person=add_person("eve"), by=village.ada, at=NOON)
    visit_circles(village)
    numbers = {"promise": promised.pk, "erasure": Erasure.objects.get().pk, "wish": wish, "endpoint": hook}
    visit(
        village,
        **numbers,
        **talk(village),
        **kept_safe(village),
        **known_to_each_other(village),
        **some_of_tiers(village),
    )
    for path, form in FORMS.items():
        browser(village.ada).post(path, form)
    browser().get("/no/such/page/")
    come_in_and_change(village)
    invite_and_join(village)
    leave_and_be_removed(village)


def a_webhook(village: Village) -> int:
    """Have another program be told of what happens."""
    made = make_endpoint(
        name="Chat",
        url="https://hooks.example.org/",
        kinds=["PostWritten"],
        by_id=village.ada.pk,
        at=NOON,
    )
    return made.pk


def visit_circles(village: Village) -> None:
    """Open a circle with members in it, a role that somebody has, and an offer of the ownership."""
    circle = bakers(village.ben, village.ada)
    role = make_role(circle=circle, name="Baker", rights=[], by=village.ada, at=NOON)
    ben = Member.objects.get(person=village.ben)
    give_role(role=role, member=ben, by=village.ada, at=NOON)
    hand_over(to=ben, by=village.ada, at=now())
    visit(village, role=role.pk)
    for path in (
        f"/inside/circles/bakers/removal/?member={ben.pk}",
        f"/inside/roles/{role.pk}/removal/?member={ben.pk}",
    ):
        browser(village.ada).get(path)


def come_in_and_change(village: Village) -> None:
    """Take the ways in, and those through one's account that begin with a form."""
    ben, late = browser(village.ben), browser(village.ben, recent=False)
    ben.post("/account/holdings/takeout/")
    make.call(TakeOut.objects.get(person=village.ben).pk)
    late.post("/account/password/", {"password": "x"})
    ben.post("/account/name/", {"name": "Benjamin"})
    ben.post("/account/address/", {"address": "ben@example.com"})
    ben.get("/account/address/code/")
    row = Authenticator.objects.create(
        user=village.ben, type="webauthn", data={"name": "Key", "credential": {}}
    )
    ben.get(f"/account/passkeys/{row.pk}/")
    give_app(village.ben)
    with override_settings(PORCH_MAIL_SERVER=read_server("smtp://localhost:1")):
        browser(add_person("eva")).post("/account/holdings/erasure/", {"sure": "yes"})
    stranger = browser()
    ask(stranger, "ben@example.org")
    stranger.get("/sign-in/code/")
    type_code(stranger, code_in_mail())
    stranger.get("/sign-in/second-step/")
    with running_provider() as provider, set_as_ours(provider):
        browser().post("/sign-in/oidc/")


def leave_and_be_removed(village: Village) -> None:
    """Have somebody leave and open the link in their letter, and have Ben suspended and removed."""
    ben, sue = Member.objects.get(person=village.ben), add_steward("sue")
    go(sue, at=now())
    browser().get(f"/leaving/{token_of('sue@example.org')}/")
    ada = browser(village.ada)
    for page in ("suspension", "removal"):
        ada.get(f"/inside/members/{ben.pk}/{page}/")
    suspend(village.ben, village.ada, until=now() + timedelta(days=1))
    remove(village.ben, village.ada, at=now(), expires_at=None)


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
            known = {
                "token": token,
                **dict.fromkeys(MADE, 0),
                **dict.fromkeys(TIERS, 0),
                **made,
                "kind": kind_stop_token(1, "reply"),
                **numbers,
            }
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
