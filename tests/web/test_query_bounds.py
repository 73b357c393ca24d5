"""Every page has a bound on its queries, whatever the number of rows; for the owner, who sees the most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.audience.articles.actions import publish_article
from porch.bridge.door_sign.actions import put_up_sign
from porch.community.roles.founding import admit_founder
from porch.engine.promises.by_hand import promise_by_hand, settle_by_hand
from porch.engine.promises.kinds import MEMBERS, Whom
from tests.village import NOON, Village, add_person, browser
from tests.web.test_who_may_come_in import addresses

FAR = NOON + timedelta(days=7_000)
# session + person are two queries of every page that knows who asks.
MOST = {
    "/": 5,
    "/articles/nothing-here/": 4,
    "/sign-in/": 4,
    "/sign-in/code/": 4,
    "/sign-in/password/": 4,
    "/sign-in/passkey/": 4,
    "/sign-in/second-step/": 2,
    "/sign-in/oidc/": 3,
    "/sign-in/oidc/return/": 2,
    "/sign-in/link/nothing-here/": 2,
    "/sign-out/": 2,
    "/account/sessions/": 3,
    "/account/sessions/endings/": 3,
    "/health": 1,
    "/porch.webmanifest": 1,
    "/inside/": 6,
    "/live/": 3,
    "/account/portrait/": 4,
    "/account/portrait/removal/": 4,
    "/files/nothing-here/nothing-here": 4,
    "/desk/files/": 8,
    "/desk/engine/jobs/": 9,
    "/desk/engine/jobs/attempts/": 4,
    "/desk/engine/jobs/nothing-here/": 4,
    "/desk/engine/jobs/nothing-here/removal/": 4,
    "/desk/engine/facts/": 7,
    "/desk/engine/facts/attempts/": 4,
    "/desk/engine/facts/nothing-here/skipped/": 5,
    "/desk/engine/clock/": 5,
    "/desk/engine/clock/0/acknowledgement/": 4,
    "/account/": 6,
    "/account/name/": 3,
    "/account/confirm/": 4,
    "/account/confirm/done/": 3,
    "/account/address/": 4,
    "/account/address/code/": 3,
    "/account/address/0/main/": 4,
    "/account/address/0/removal/": 4,
    "/account/password/": 3,
    "/account/password/removal/": 4,
    "/account/passkeys/": 4,
    "/account/passkeys/0/": 4,
    "/account/passkeys/0/removal/": 4,
    "/account/second-factor/": 5,
    "/account/second-factor/app/": 4,
    "/account/second-factor/app/removal/": 4,
    "/account/recovery-codes/": 5,
    "/desk/": 6,
    "/desk/first-steps/dismissal/": 4,
    "/desk/people/": 4,
    "/desk/people/0/operator/": 4,
    "/desk/people/0/way-in/": 4,
    "/desk/articles/new/": 3,
    "/desk/bridge/": 4,
    "/desk/bridge/door-sign/": 4,
    "/desk/engine/": 5,
    "/desk/backups/": 4,
    "/desk/backups/new/": 4,
    "/desk/backups/nothing-here/": 7,
    "/desk/doctor/": 18,
    "/desk/components/": 3,
    "/inside/promises/": 7,
    "/desk/promises/": 7,
    "/desk/promises/new/": 3,
    "/desk/promises/0/": 5,
    "/desk/promises/0/settlement/": 4,
    "/desk/audit/": 6,
    "/desk/audit/entries.csv": 5,
    "/desk/erasures/": 4,
    "/desk/erasures/0/": 5,
    "/account/audit/": 4,
    "/account/promises/": 7,
    "/account/consents/": 5,
    "/consents/nothing-here/": 4,
    "/account/tier/": 7,
    "/inside/tiers/": 6,
    "/inside/tiers/new/": 5,
    "/inside/tiers/0/": 5,
    "/inside/tiers/0/retirement/": 4,
    "/inside/tiers/import/": 3,
    "/inside/tiers/import/0/": 5,
    "/inside/tiers/tiers.csv": 6,
    "/inside/tiers/payments.csv": 6,
    "/inside/renewals/": 6,
    "/inside/members/0/tier/": 5,
    "/inside/members/0/tier/ending/": 4,
    "/inside/members/0/payments/": 4,
    "/inside/payments/0/": 5,
    "/stop/nothing-here/": 3,
    "/desk/consents/": 4,
    "/desk/mail/": 5,
    "/desk/mail/0/": 5,
    "/desk/mail/0/letter/": 8,
    "/desk/mail/0/page/": 8,
    "/desk/mail/0/file/": 8,
    "/desk/mail/0/retry/": 4,
    "/desk/mail/test/": 4,
    "/desk/suppression/": 4,
    "/desk/suppression/slip/": 4,
}


def fill(village: Village, first: int, last: int) -> None:
    for n in range(first, last):
        publish_article(title=f"Piece {n}", source="Text", by=village.ada, at=NOON + timedelta(hours=n))
        admit_founder(person=add_person(f"member{n}"), at=NOON)
        to = Whom("person", village.ada.pk) if n % 3 else MEMBERS
        owed = promise_by_hand(text="Owed", to=to, due_at=FAR, by_id=village.ada.pk, at=NOON)
        settle_by_hand(promise_id=owed.pk, way="kept", reason="", by_id=village.ben.pk, at=NOON)
        settle_by_hand(promise_id=owed.pk, way="reopened", reason="No.", by_id=village.ben.pk, at=NOON)


def queries_of(path: str, village: Village) -> int:
    client = browser(village.ada)
    client.get(path)  # compiles what is prepared
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(caught)


@pytest.mark.parametrize("path", sorted({path for path, _ in addresses()}))
def test_a_page_stays_under_its_bound(path: str, village: Village) -> None:
    put_up_sign(by=village.ada, at=NOON)
    fill(village, 0, 3)
    few = queries_of(path, village)
    fill(village, 3, 25)
    many = queries_of(path, village)
    assert many == few, "the number of rows does not matter"
    assert many <= MOST[path]


def test_the_front_page_costs_a_stranger_two_queries(village: Village) -> None:
    fill(village, 0, 3)
    client = browser()
    client.get("/")
    with CaptureQueriesContext(connection) as caught:
        client.get("/")
    assert len(caught) == 2, "the pieces, and whether the door sign is up"
