"""Whatever an operator or a steward changes leaves a row in the audit.

Every form at the desk, and every form behind a right, is sent once, and the row is there.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from porch.community.newcomers.rules import greeters
from porch.community.ownership.rules import owners
from porch.community.roles.rights import MANAGE_ROLES
from porch.community.roles.rules import having, having_somewhere
from porch.engine.audit.acts import ACTS
from porch.engine.audit.models import AuditEntry
from porch.engine.clock.watching import note_jump
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.engine.promises.actions import change
from porch.engine.promises.by_hand import promise_by_hand
from porch.engine.promises.kinds import MEMBERS
from porch.engine.promises.models import Promise
from porch.engine.webhooks.actions import make_endpoint
from porch.engine.webhooks.actions import send_test as send_webhook_test
from porch.engine.webhooks.models import Endpoint
from porch.kit.time import now
from porch.people.doors import anyone, operators
from porch.people.identity.models import Person
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason
from porch.web.backups.keeping import NIGHTLY, name_for
from tests.laws.addresses import Address, addresses
from tests.laws.forms import Form
from tests.laws.steward_forms import STEWARD_FORMS, prepare_for_stewards
from tests.laws.test_templates_are_rendered import FILLED, something_failed
from tests.laws.trees import assert_none
from tests.people.delivery.letters import SECRET, send_test
from tests.village import NOON, Village, add_person, browser
from tests.web.api.callers import service_token

HOOK: dict[str, object] = {"name": "Chat", "url": "https://hooks.example.org/", "kinds": "PostWritten"}
FAILED = FILLED["job"][0]
# Forms that every member may send about themselves, and those in charge about others.
ALSO_FOR_MEMBERS = {"role-removal"}
# For every address of those in charge that takes a form, by its name, one run of each thing that can be done there.
FORMS: dict[str, list[Form]] = {
    "write-article": [Form("/desk/articles/new/", "article-published", {"title": "One", "source": "a"})],
    "door-sign": [
        Form("/desk/bridge/door-sign/", "door-sign-put-up", {"up": "yes"}),
        Form("/desk/bridge/door-sign/", "door-sign-taken-down", {"up": "no"}),
    ],
    "new-promise": [
        Form(
            "/desk/promises/new/",
            "promise-made",
            {"text": "Mend the roof", "to": "members", "due": f"{now() + timedelta(days=9):%Y-%m-%dT%H:%M}"},
        )
    ],
    "settlement": [
        Form("/desk/promises/{promise}/settlement/", "promise-kept", {"way": "kept"}),
        Form(
            "/desk/promises/{promise}/settlement/", "promise-reopened", {"way": "reopened", "reason": "No."}
        ),
        Form(
            "/desk/promises/{promise}/settlement/", "promise-withdrawn", {"way": "withdrawn", "reason": "No."}
        ),
        Form("/desk/promises/{broken}/settlement/", "promise-made-good", {"way": "made-good"}),
    ],
    "erasures": [
        Form(
            "/desk/erasures/", "person-erased", {"who": "dov@example.org", "reason": "Asked.", "sure": "yes"}
        )
    ],
}
FORMS |= {
    "job-attempts": [
        Form("/desk/engine/jobs/attempts/", "jobs-retried", {"job": FAILED}),
        Form("/desk/engine/jobs/attempts/", "jobs-retried", {"job": "all"}),
    ],
    "job-removal": [Form(f"/desk/engine/jobs/{FAILED}/removal/", "job-dropped", {})],
    "consumer-attempts": [Form("/desk/engine/facts/attempts/", "consumer-retried", {"consumer": "stuck"})],
    "skipped-fact": [Form("/desk/engine/facts/stuck/skipped/", "fact-skipped", {"fact": "1"})],
    "clock-acknowledgement": [Form("/desk/engine/clock/{jump}/acknowledgement/", "clock-acknowledged", {})],
}
FORMS |= {
    "mail-retry": [Form("/desk/mail/{mail}/retry/", "mail-sent-again", {})],
    "test-mail": [Form("/desk/mail/test/", "mail-tested", {"address": "cleo@example.org"})],
    "suppression": [
        Form("/desk/suppression/", "address-suppressed", {"address": "eve@example.org", "then": "suppress"})
    ],
    "suppression-slip": [Form("/desk/suppression/slip/", "suppression-undone", {"suppression": "{slip}"})],
}
FORMS |= {
    "person-operator": [
        Form("/desk/people/{eve}/operator/", "operator-appointed", {"is": "yes"}, about="eve"),
        Form("/desk/people/{eve}/operator/", "operator-dismissed", {"is": "no"}, about="eve"),
    ],
    "person-way-in": [
        Form("/desk/people/{eve}/way-in/", "person-shut-out", {"reason": "Spam."}, about="eve"),
        Form("/desk/people/{eve}/way-in/", "person-let-in", {"open": "yes"}, about="eve"),
    ],
}
FORMS |= {
    "new-service-token": [
        Form("/desk/tokens/new/", "service-token-made", {"name": "S", "scope": "members:read", "days": "30"})
    ],
    "service-token-removal": [Form("/desk/tokens/{token}/removal/", "service-token-revoked", {})],
}
FORMS |= {
    "new-webhook": [Form("/desk/webhooks/new/", "webhook-made", HOOK)],
    "webhook-change": [
        Form("/desk/webhooks/{endpoint}/change/", "webhook-changed", {**HOOK, "name": "Other"})
    ],
    "webhook-secrets": [Form("/desk/webhooks/{endpoint}/secrets/", "webhook-secret-changed", {})],
    "webhook-switch": [Form("/desk/webhooks/{endpoint}/switch/", "webhook-switched-off", {"is": "off"})],
    "webhook-tests": [Form("/desk/webhooks/{endpoint}/tests/", "webhook-tested", {})],
    "webhook-retry": [Form("/desk/webhooks/{endpoint}/messages/{message}/retry/", "webhook-sent-again", {})],
    "webhook-deletion": [Form("/desk/webhooks/{endpoint}/deletion/", "webhook-deleted", {})],
}
FORMS["new-backup"] = [Form("/desk/backups/new/", "backup-asked-for", {})]
FORMS |= STEWARD_FORMS
# Forms of those in charge that change nothing which outlives the page, and why.
WITHOUT_TRACE: dict[str, str] = {
    "first-steps-dismissal": "it puts away a list that only they are shown",
    "register": "it counts sooner what is counted every hour anyway, and the figures name nobody",
}
# For every address of those in charge that hands out what can be carried away: what is opened there, and the act.
HANDED_OUT: dict[str, tuple[str, str]] = {
    "mail-letter": ("/desk/mail/{mail}/letter/", "letter-read"),
    "mail-page": ("/desk/mail/{mail}/page/", "letter-read"),
    "mail-file": ("/desk/mail/{mail}/file/", "letter-read"),
    "webhook-secret": ("/desk/webhooks/{endpoint}/secret/", "webhook-secret-read"),
    "download-backup": ("/desk/backups/{backup}/", "backup-taken"),
    "audit-file": ("/desk/audit/entries.csv", "audit-taken"),
    "member-list-file": ("/inside/members/file/", "member-list-taken"),
    "tiers-file": ("/inside/tiers/tiers.csv", "tiers-taken"),
    "payments-file": ("/inside/tiers/payments.csv", "payments-taken"),
}
# How a view that takes a form gives itself away, in its own lines or in its decorators.
TAKES_FORMS = ("POST", "FILES", "request.body", "PUT", "DELETE", "PATCH")
# How a view that hands something out does, unless its door wants a proof; those that take forms stand in FORMS.
HANDS_OUT = ("FileResponse", "Content-Disposition")


def offences(
    found: Iterable[Address], forms: Mapping[str, list[Form]], without: Mapping[str, str]
) -> Iterator[str]:
    """Find forms of operators that nobody sends here, and entries for addresses that there are not."""
    taking = {each.name for each in found if is_for_those_in_charge(each.view) and takes_forms(each.view)}
    for name in sorted(taking - {*forms, *without}):
        yield f"{name} takes a form of those in charge: say in FORMS which act it records, or why none"
    for name in sorted({*forms, *without} - taking - ALSO_FOR_MEMBERS):
        yield f"{name} is no address where those in charge send forms"


def is_for_those_in_charge(view: Callable[..., object]) -> bool:
    """Say whether a view is for operators, for owners, for greeters, or for whoever has a right."""
    door = door_of(view)
    return door in (operators.name, owners.name, greeters.name) or door.startswith("having ")


def door_of(view: Callable[..., object]) -> str:
    return str(getattr(getattr(view, "door", None), "name", ""))


def takes_forms(view: Callable[..., object]) -> bool:
    source = inspect.getsource(inspect.unwrap(view))
    return any(word in source for word in TAKES_FORMS)


def unlisted(found: Iterable[Address], listed: Mapping[str, object]) -> list[str]:
    """Find what those in charge are handed that nobody opens here, and entries for addresses that there are not."""
    handing = {each.name for each in found if is_for_those_in_charge(each.view) and hands_out(each.view)}
    return [f"{name}: say in HANDED_OUT which act it records" for name in sorted(handing ^ set(listed))]


def hands_out(view: Callable[..., object]) -> bool:
    source = inspect.getsource(inspect.unwrap(view))
    is_grave = view.door.wants_proof  # type: ignore[attr-defined]
    return not takes_forms(view) and (is_grave or any(word in source for word in HANDS_OUT))


def test_whatever_is_handed_out_is_opened_here() -> None:
    assert_none(unlisted(addresses(), HANDED_OUT))


@pytest.mark.parametrize("name", sorted(HANDED_OUT))
def test_what_is_handed_out_leaves_one_row_and_once_refused_none(name: str, village: Village) -> None:
    path, act = HANDED_OUT[name]
    with a_backup() as backup:
        path = path.format(
            mail=send_test("ben@example.org", letter=SECRET).pk, backup=backup, endpoint=a_webhook(village).pk
        )
        for who in (village.ben, village.dov, None):
            assert rows_after(lambda who=who: browser(who).get(path)) == []
        (row,) = rows_after(lambda: browser(village.ada).get(path).getvalue())
    assert (row.act, row.by_id) == (act, village.ada.pk)
    assert row.about_id == (village.ben.pk if act == "letter-read" else None)


def a_webhook(village: Village) -> Endpoint:
    there = Endpoint.objects.first()
    return there or make_endpoint(
        name="Chat", url="https://hooks.example.org/", kinds=["PostWritten"], by_id=village.ada.pk, at=NOON
    )


def failed_message(village: Village, endpoint: Endpoint) -> Delivery:
    row = send_webhook_test(endpoint_id=endpoint.pk, by_id=village.ada.pk, at=NOON)
    Delivery.objects.filter(pk=row.pk).update(state=State.FAILED, reason="refused")
    return row


@contextmanager
def a_backup() -> Iterator[str]:
    """Have a backup in the folder of this run, and give its name."""
    folder = settings.OPTIONS.data / "backups"
    folder.mkdir(exist_ok=True)
    file = folder / name_for(NIGHTLY, NOON)
    file.write_bytes(b"everything")
    try:
        yield file.name
    finally:
        file.unlink()


def test_every_form_of_those_in_charge_is_sent_here() -> None:
    assert_none(list(offences(addresses(), FORMS, WITHOUT_TRACE)))
    assert all(len(reason.split()) >= 4 for reason in WITHOUT_TRACE.values())


def test_every_act_of_a_form_is_declared() -> None:
    assert {form.act for forms in FORMS.values() for form in forms} <= ACTS.keys()
    assert {act for _path, act in HANDED_OUT.values()} <= ACTS.keys()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_each_form_leaves_one_row_and_once_refused_none(name: str, village: Village) -> None:
    soon = now() + timedelta(days=1)
    at_work: dict[str, object] = {
        "promise": promise_by_hand(text="A", to=MEMBERS, due_at=soon, by_id=village.ada.pk, at=now()).pk,
        "broken": promise_by_hand(text="B", to=MEMBERS, due_at=soon, by_id=village.ada.pk, at=now()).pk,
    }
    break_it(at_work["broken"])
    at_work["eve"] = add_person("eve").pk
    something_failed()
    at_work["mail"] = send_test().pk
    at_work["slip"] = suppress(address="old@example.org", reason=Reason.OPERATOR, by=village.ada, at=now()).pk
    at_work["token"] = service_token(village.ada).token.pk
    at_work["jump"] = note_jump(at=soon, expected=now(), within_boot=True).pk
    at_work["endpoint"] = a_webhook(village).pk
    at_work["message"] = failed_message(village, a_webhook(village)).pk
    at_work |= prepare_for_stewards(village)
    for form in FORMS[name]:
        if name == "job-attempts":
            DBTaskResult.objects.update(status="FAILED")
        for who in (village.ben, village.dov, None):
            assert rows_after(lambda who=who, form=form: send(form, at_work, who)) == []
        rows = rows_after(lambda form=form: send(form, at_work, village.ada))
        assert sorted(row.act for row in rows) == sorted([form.act, *form.besides])
        assert {row.by_id for row in rows} == {village.ada.pk}
        (row,) = (each for each in rows if each.act == form.act)
        assert row.about_id == (at_work[form.about] if form.about else None)
        path = form.filled(at_work)[0]
        assert rows_after(lambda path=path: browser(village.ada).get(path)) == [], "who looks does nothing"


def send(form: Form, at_work: Mapping[str, object], who: Person | None) -> None:
    path, fields = form.filled(at_work)
    browser(who).post(path, fields)


@transaction.atomic
def break_it(promise_id: int) -> None:
    """Let the time of one promise pass."""
    owed = Promise.objects.get(pk=promise_id)
    change(owed, "broken", at=now())


def rows_after(do: Callable[[], object]) -> list[AuditEntry]:
    """Give the rows that something left in the audit."""
    newest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    do()
    return list(AuditEntry.objects.filter(pk__gt=newest))


def test_a_form_that_is_missing_here_is_caught() -> None:
    @operators
    @require_POST
    def strike(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @operators
    def rename(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.POST["name"])

    @operators
    def look(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @having(MANAGE_ROLES)
    @require_POST
    def appoint(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @having_somewhere(MANAGE_ROLES).recently
    @require_POST
    def crown(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @greeters
    @require_POST
    def greet(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @anyone
    @require_POST
    def join(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    found = [
        Address(f"/{view.__name__}/", view.__name__, view)
        for view in (strike, rename, look, join, appoint, crown, greet)
    ]
    known = {"rename": [Form("/rename/", "renamed", {})]}
    assert [each.partition(" ")[0] for each in offences(found, known, {"gone": "there is no such form"})] == [
        "appoint",
        "crown",
        "greet",
        "strike",
        "gone",
    ]


def test_a_handing_out_that_is_missing_here_is_caught() -> None:
    @operators.recently
    def grave(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @operators
    def carried(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Disposition": "attachment"})

    @having(MANAGE_ROLES)
    def roles(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Disposition": "attachment"})

    @operators
    def look(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    found = [Address(f"/{view.__name__}/", view.__name__, view) for view in (grave, carried, roles, look)]
    missing = [each.partition(":")[0] for each in unlisted(found, {"gone": ""})]
    assert missing == ["carried", "gone", "grave", "roles"]
