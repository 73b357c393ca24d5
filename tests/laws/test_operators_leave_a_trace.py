"""Whatever an operator changes leaves a row in the audit: every form at the desk is sent once, and the row is there."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from porch.engine.audit.acts import ACTS
from porch.engine.audit.models import AuditEntry
from porch.engine.clock.watching import note_jump
from porch.engine.promises.actions import change
from porch.engine.promises.by_hand import promise_by_hand
from porch.engine.promises.kinds import MEMBERS
from porch.engine.promises.models import Promise
from porch.kit.time import now
from porch.people.doors import anyone, operators
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason
from tests.laws.addresses import Address, addresses
from tests.laws.test_templates_are_rendered import FILLED, something_failed
from tests.laws.trees import assert_none
from tests.people.delivery.letters import send_test
from tests.village import Village, add_person, browser


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the desk: its address, what is sent, and the act that it records. ``{promise}`` is an open one."""

    path: str
    act: str
    fields: dict[str, str]


FAILED = FILLED["job"][0]
# For every address of operators that takes a form, by its name, one run of each thing that can be done there.
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
        Form("/desk/people/{eve}/operator/", "operator-appointed", {"is": "yes"}),
        Form("/desk/people/{eve}/operator/", "operator-dismissed", {"is": "no"}),
    ],
    "person-way-in": [
        Form("/desk/people/{eve}/way-in/", "person-shut-out", {"open": "no"}),
        Form("/desk/people/{eve}/way-in/", "person-let-in", {"open": "yes"}),
    ],
}
FORMS["new-backup"] = [Form("/desk/backups/new/", "backup-asked-for", {})]
# Forms of operators that change nothing which outlives the page, and why.
WITHOUT_TRACE: dict[str, str] = {
    "first-steps-dismissal": "it puts away a list that only they are shown",
}
# How a view that takes a form gives itself away, in its own lines or in its decorators.
TAKES_FORMS = ("POST", "FILES", "request.body", "PUT", "DELETE", "PATCH")


def offences(
    found: Iterable[Address], forms: Mapping[str, list[Form]], without: Mapping[str, str]
) -> Iterator[str]:
    """Find forms of operators that nobody sends here, and entries for addresses that there are not."""
    taking = {each.name for each in found if is_for_operators(each.view) and takes_forms(each.view)}
    for name in sorted(taking - {*forms, *without}):
        yield f"{name} takes a form of operators: say in FORMS which act it records, or why none"
    for name in sorted({*forms, *without} - taking):
        yield f"{name} is no address where operators send forms"


def is_for_operators(view: Callable[..., object]) -> bool:
    return getattr(getattr(view, "door", None), "name", "") == operators.name


def takes_forms(view: Callable[..., object]) -> bool:
    source = inspect.getsource(inspect.unwrap(view))
    return any(word in source for word in TAKES_FORMS)


def test_every_form_of_operators_is_sent_here() -> None:
    assert_none(list(offences(addresses(), FORMS, WITHOUT_TRACE)))
    assert all(len(reason.split()) >= 4 for reason in WITHOUT_TRACE.values())


def test_every_act_of_a_form_is_declared() -> None:
    assert {form.act for forms in FORMS.values() for form in forms} <= ACTS.keys()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_each_form_leaves_one_row_and_once_refused_none(name: str, village: Village) -> None:
    soon = now() + timedelta(days=1)
    at_work = {
        "promise": promise_by_hand(text="A", to=MEMBERS, due_at=soon, by_id=village.ada.pk, at=now()).pk,
        "broken": promise_by_hand(text="B", to=MEMBERS, due_at=soon, by_id=village.ada.pk, at=now()).pk,
    }
    break_it(at_work["broken"])
    at_work["eve"] = add_person("eve").pk
    something_failed()
    at_work["mail"] = send_test().pk
    at_work["slip"] = suppress(address="old@example.org", reason=Reason.OPERATOR, by=village.ada, at=now()).pk
    at_work["jump"] = note_jump(at=soon, expected=now(), within_boot=True).pk
    for form in FORMS[name]:
        path = form.path.format(**at_work)
        fields = {key: given.format(**at_work) for key, given in form.fields.items()}
        if name == "job-attempts":
            DBTaskResult.objects.update(status="FAILED")
        for who in (village.ben, village.dov, None):
            assert rows_after(lambda who=who, path=path, fields=fields: browser(who).post(path, fields)) == []
        (row,) = rows_after(lambda path=path, fields=fields: browser(village.ada).post(path, fields))
        assert (row.act, row.by_id) == (form.act, village.ada.pk)
        assert rows_after(lambda path=path: browser(village.ada).get(path)) == [], "who looks does nothing"


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

    @anyone
    @require_POST
    def join(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    found = [Address(f"/{view.__name__}/", view.__name__, view) for view in (strike, rename, look, join)]
    known = {"rename": [Form("/rename/", "renamed", {})]}
    assert [each.partition(" ")[0] for each in offences(found, known, {"gone": "there is no such form"})] == [
        "strike",
        "gone",
    ]
