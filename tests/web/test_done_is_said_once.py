"""What a form did is said on the page that it leads to: once, and never because a link says so."""

from datetime import timedelta

import pytest
from django.test import Client

from porch.engine.clock.watching import note_jump
from porch.engine.promises.by_hand import promise_by_hand
from porch.engine.promises.kinds import MEMBERS
from porch.kit.time import now
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason
from tests.laws.test_templates_are_rendered import FILLED, something_failed
from tests.village import Village, add_person

JOB = FILLED["job"][0]
# A form, what is sent, and what the page says that it leads to.
FORMS = [
    ("/desk/bridge/door-sign/", {"up": "yes"}, "The sign is up"),
    ("/desk/people/{eve}/operator/", {"is": "yes"}, "One operator more."),
    ("/desk/people/{eve}/way-in/", {"reason": "Spam."}, "They are out"),
    ("/desk/engine/jobs/attempts/", {"job": "all"}, "1 job is tried again."),
    (f"/desk/engine/jobs/{JOB}/removal/", {}, "The job is dropped."),
    ("/desk/engine/facts/attempts/", {"consumer": "stuck"}, "It tries again within a second."),
    ("/desk/engine/facts/stuck/skipped/", {"fact": "1"}, "The fact is skipped"),
    ("/desk/engine/clock/{jump}/acknowledgement/", {}, "The jump is acknowledged"),
    ("/desk/promises/{promise}/settlement/", {"way": "kept"}, "It is marked: Kept."),
    ("/desk/suppression/slip/", {"suppression": "{slip}"}, "The entry is gone."),
    ("/account/consents/", {"purpose": "news", "act": "given", "wording": "1"}, "Switched on"),
]
LINKS = "?done=retried&changed=news&retried=9&dropped&asked&lifted&removed"


@pytest.fixture
def made(village: Village) -> dict[str, int]:
    something_failed()
    soon = now() + timedelta(days=1)
    village.ada.email = "ada@example.org"
    village.ada.save()
    return {
        "eve": add_person("eve").pk,
        "jump": note_jump(at=soon, expected=now(), within_boot=True).pk,
        "promise": promise_by_hand(text="A", to=MEMBERS, due_at=soon, by_id=village.ada.pk, at=now()).pk,
        "slip": suppress(address="old@example.org", reason=Reason.OPERATOR, by=village.ada, at=now()).pk,
    }


@pytest.mark.parametrize(("path", "fields", "words"), FORMS, ids=[form[0] for form in FORMS])
def test_it_is_said_once_and_by_no_link(
    path: str, fields: dict[str, str], words: str, ada: Client, made: dict[str, int]
) -> None:
    fields = {name: value.format(**made) for name, value in fields.items()}
    led_to = ada.post(path.format(**made), fields).headers["Location"]
    assert "?" not in led_to
    page = ada.get(led_to).text
    assert words in page
    assert 'role="status"' in page[: page.index(words)].rpartition("<main")[2]
    assert words not in ada.get(led_to).text, "the second time"
    assert words not in ada.get(led_to + LINKS).text, "by a link"
