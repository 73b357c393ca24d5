"""Every page has a bound on its queries, whatever the number of rows; for the owner, who sees the most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.audience.articles.actions import publish_article
from porch.bridge.door_sign.actions import put_up_sign
from porch.community.circles.models import Circle, WayIn
from porch.community.requests.actions import ask_to_join
from porch.community.roles.founding import admit_founder
from porch.community.vouching.actions import vouch
from porch.engine.promises.by_hand import promise_by_hand, settle_by_hand
from porch.engine.promises.kinds import MEMBERS, Whom
from tests.community.requests.wishes import make_circle
from tests.village import NOON, Village, add_person, browser
from tests.web.api.callers import token_of
from tests.web.test_who_may_come_in import addresses

FAR = NOON + timedelta(days=7_000)
# session + person are two queries of every page that knows who asks.
MOST = {
    "/": 6,
    "/articles/nothing-here/": 4,
    "/sign-in/": 5,
    "/sign-in/code/": 5,
    "/sign-in/password/": 5,
    "/sign-in/passkey/": 5,
    "/sign-in/second-step/": 2,
    "/sign-in/oidc/": 3,
    "/sign-in/oidc/return/": 2,
    "/sign-in/link/nothing-here/": 2,
    "/sign-out/": 2,
    "/account/sessions/": 3,
    "/account/sessions/endings/": 3,
    "/health": 1,
    "/porch.webmanifest": 1,
    "/inside/today/": 15,
    "/inside/members/": 16,
    "/inside/members/file/": 8,
    "/inside/members/sets/": 4,
    "/inside/members/placing/": 4,
    "/inside/figures/": 14,
    "/inside/circles/": 8,
    "/inside/circles/new/": 4,
    "/inside/circles/nothing-here/": 6,
    "/inside/circles/nothing-here/change/": 5,
    "/inside/circles/nothing-here/closing/": 5,
    "/inside/circles/nothing-here/leaving/": 6,
    "/inside/circles/nothing-here/removal/": 5,
    "/inside/roles/": 8,
    "/inside/roles/new/nothing-here/": 5,
    "/inside/roles/0/": 6,
    "/inside/roles/0/change/": 5,
    "/inside/roles/0/deletion/": 5,
    "/inside/roles/0/holders/": 4,
    "/inside/roles/0/removal/": 6,
    "/account/rights/": 6,
    "/account/rights/ownership/": 5,
    "/account/rights/ownership/0/answer/": 4,
    "/join/": 5,
    "/join/code/": 2,
    "/join/nothing-here/": 12,
    "/join/nothing-here/code/": 12,
    "/inside/invites/": 6,
    "/inside/invites/new/": 5,
    "/inside/invites/list/": 5,
    "/inside/invites/graph/": 5,
    "/inside/invites/0/revocation/": 4,
    "/inside/invites/0/letter/": 4,
    "/account/invites/": 7,
    "/glass/nothing-here/": 4,
    "/glass/topics/0/": 4,
    "/inside/spaces/": 5,
    "/inside/latest/": 4,
    "/inside/search/": 6,
    "/inside/spaces/new/": 6,
    "/inside/spaces/nothing-here/": 5,
    "/inside/spaces/nothing-here/new/": 5,
    "/inside/spaces/nothing-here/change/": 6,
    "/inside/spaces/nothing-here/archive/": 4,
    "/inside/posts/0/preview/": 4,
    "/inside/direct/": 5,
    "/inside/direct/new/": 9,
    "/inside/direct/0/": 5,
    "/account/blocks/": 5,
    "/account/blocks/0/": 5,
    "/inside/topics/0/": 6,
    "/inside/topics/0/0/": 5,
    "/inside/topics/0/posts/": 4,
    "/inside/topics/0/people/": 5,
    "/inside/topics/0/draft/": 4,
    "/inside/spaces/nothing-here/people/": 5,
    "/inside/spaces/nothing-here/draft/": 5,
    "/inside/pictures/": 4,
    "/inside/drafts/": 4,
    "/inside/topics/0/answer/": 4,
    "/inside/topics/0/level/": 4,
    "/inside/topics/0/care/": 6,
    "/inside/topics/0/reading/": 4,
    "/inside/spaces/nothing-here/new-poll/": 5,
    "/inside/topics/0/ballot/": 4,
    "/inside/asked/": 4,
    "/inside/posts/0/ask/": 5,
    "/inside/posts/0/ask/answer/": 4,
    "/inside/spaces/nothing-here/rituals/": 5,
    "/inside/spaces/nothing-here/rituals/new/": 5,
    "/inside/rituals/0/opening/": 5,
    "/inside/rituals/0/care/": 4,
    "/inside/topics/0/ballots/": 5,
    "/inside/topics/0/poll-closing/": 4,
    "/inside/topics/0/splitting/": 6,
    "/inside/topics/0/live/": 5,
    "/inside/spaces/nothing-here/live/": 5,
    "/inside/spaces/nothing-here/level/": 5,
    "/live/spaces/": 4,
    "/inside/notices/0/": 5,
    "/inside/posts/0/change/": 5,
    "/inside/posts/0/deletion/": 5,
    "/inside/posts/0/editions/": 5,
    "/inside/posts/0/reactions/": 6,
    "/inside/posts/0/bookmark/": 6,
    "/inside/bookmarks/": 6,
    "/inside/tags/nothing-here/": 5,
    "/inside/tags/nothing-here/change/": 5,
    "/inside/": 9,
    "/inside/directory/": 9,
    "/inside/members/0/": 8,
    "/inside/members/0/notes/": 5,
    "/inside/members/0/notes/0/taking-back/": 4,
    "/inside/newcomers/": 7,
    "/inside/newcomers/0/greeting/": 5,
    "/inside/newcomers/first-steps/": 6,
    "/inside/newcomers/first-steps/dismissal/": 4,
    "/inside/newcomers/greeters/0/": 4,
    "/inside/profile-fields/": 6,
    "/inside/profile-fields/new/": 4,
    "/inside/profile-fields/0/": 5,
    "/inside/profile-fields/0/retirement/": 4,
    "/account/notes/": 5,
    "/account/notes/0/answer/": 3,
    "/account/notes/0/removal/": 3,
    "/account/profile/": 9,
    "/account/profile/answers/0/removal/": 4,
    "/live/": 3,
    "/leaving/nothing-here/": 4,
    # What is held is counted table by table, so this grows with the tables that there are, and not with their rows.
    "/account/leaving/": 130,
    "/account/leaving/undoing/": 3,
    "/account/pause/": 4,
    "/account/removal/": 9,
    "/inside/charter/leaving/": 5,
    "/inside/exit-answers/": 5,
    "/inside/members/0/removal/": 6,
    "/inside/members/0/suspension/": 6,
    "/inside/removals/": 5,
    "/inside/removals/0/lifting/": 4,
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
    "/account/": 7,
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
    # One query for each table that knows people, so that none is missing.
    "/account/holdings/": 96,
    "/account/holdings/erasure/": 96,
    "/account/holdings/takeout/": 4,
    "/account/holdings/takeout/0/file/": 4,
    "/account/holdings/takeout/0/removal/": 3,
    "/account/holdings/tables/nothing-here/": 5,
    "/inside/register/": 6,
    "/desk/": 7,
    "/desk/first-steps/dismissal/": 4,
    "/desk/people/": 4,
    "/desk/people/0/operator/": 4,
    "/desk/people/0/way-in/": 5,
    "/desk/articles/new/": 3,
    "/desk/bridge/": 4,
    "/desk/bridge/door-sign/": 4,
    "/desk/engine/": 7,
    "/desk/backups/": 4,
    "/desk/backups/new/": 4,
    "/desk/backups/nothing-here/": 7,
    "/desk/doctor/": 22,
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
    "/stop/notices/nothing-here/": 3,
    "/account/notices/": 6,
    "/inside/notices/": 5,
    "/inside/topics/0/broadcast/": 4,
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
    "/account/tokens/": 3,
    "/account/tokens/new/": 5,
    "/account/tokens/0/removal/": 4,
    "/service-worker.js": 2,
    "/account/notices/devices/": 4,
    "/account/notices/devices/0/removal/": 4,
    "/account/notices/devices/0/tests/": 4,
    "/desk/webhooks/": 4,
    "/desk/webhooks/new/": 4,
    "/desk/webhooks/0/": 7,
    "/desk/webhooks/0/change/": 5,
    "/desk/webhooks/0/secret/": 5,
    "/desk/webhooks/0/secrets/": 4,
    "/desk/webhooks/0/switch/": 4,
    "/desk/webhooks/0/tests/": 4,
    "/desk/webhooks/0/messages/0/retry/": 4,
    "/desk/webhooks/0/deletion/": 4,
    "/desk/tokens/": 4,
    "/desk/tokens/new/": 4,
    "/desk/tokens/0/removal/": 4,
    # The operations of the API have a table of their own: tests/web/api/test_bounds.py.
    "/api/v1/": 2,
    "/api/v1/openapi.json": 2,
    "/join/request/": 3,
    "/account/requests/": 4,
    "/account/requests/0/withdrawal/": 3,
    "/inside/circles/nothing-here/knock/": 6,
    "/inside/circles/nothing-here/questions/": 6,
    "/inside/requests/": 6,
    "/inside/requests/0/": 6,
    "/inside/requests/0/decision/": 4,
    "/inside/vouches/": 6,
    "/inside/vouches/0/": 4,
    "/inside/standing/": 6,
    "/inside/held/": 5,
    "/inside/held/0/withdrawal/": 4,
    "/inside/posts/0/report/": 5,
    "/inside/spaces/nothing-here/slow/": 5,
    "/inside/review/": 7,
    "/inside/review/0/": 5,
    "/inside/review/decisions/": 6,
    "/inside/review/decisions/0/": 5,
    "/inside/review/appeals/0/": 5,
    "/inside/members/0/sanctions/": 5,
    "/inside/sanctions/0/lifting/": 4,
    "/inside/moderation-log/": 5,
    "/account/sanctions/": 4,
    "/account/sanctions/0/appeal/": 4,
}


def fill(village: Village, first: int, last: int) -> None:
    Circle.objects.filter(is_whole=True).update(way_in=WayIn.REQUEST, vouches=1)
    for n in range(first, last):
        publish_article(title=f"Piece {n}", source="Text", by=village.ada, at=NOON + timedelta(hours=n))
        admit_founder(person=add_person(f"member{n}"), at=NOON)
        ask_and_vouch(village, n)
        to = Whom("person", village.ada.pk) if n % 3 else MEMBERS
        owed = promise_by_hand(text="Owed", to=to, due_at=FAR, by_id=village.ada.pk, at=NOON)
        settle_by_hand(promise_id=owed.pk, way="kept", reason="", by_id=village.ben.pk, at=NOON)
        settle_by_hand(promise_id=owed.pk, way="reopened", reason="No.", by_id=village.ben.pk, at=NOON)


def ask_and_vouch(village: Village, n: int) -> None:
    """Have somebody ask to join, and the owner ask into a circle of its own number."""
    circle = Circle.objects.get(is_whole=True)
    wish = ask_to_join(person=add_person(f"asker{n}"), circle=circle, answers={}, at=NOON)
    vouch(request_id=wish.pk, by=village.ada, at=NOON)
    ask_to_join(person=village.ada, circle=make_circle(f"circle{n}"), answers={}, at=NOON)


def queries_of(path: str, village: Village) -> int:
    client = browser(village.ada)
    proof = {"authorization": f"Bearer {token_of(village.ada).secret}"} if path.startswith("/api/") else {}
    client.get(path, headers=proof)  # compiles what is prepared
    with CaptureQueriesContext(connection) as caught:
        client.get(path, headers=proof)
    return len(caught)


OURS = {path for path, _ in addresses() if path in MOST or not path.startswith("/api/v1/")}


@pytest.mark.parametrize("path", sorted(OURS))
def test_a_page_stays_under_its_bound(path: str, village: Village) -> None:
    put_up_sign(by=village.ada, at=NOON)
    fill(village, 0, 3)
    few = queries_of(path, village)
    fill(village, 3, 25)
    many = queries_of(path, village)
    assert many == few, "the number of rows does not matter"
    assert many <= MOST[path]


def test_the_front_page_costs_a_stranger_three_queries(village: Village) -> None:
    fill(village, 0, 3)
    client = browser()
    client.get("/")
    with CaptureQueriesContext(connection) as caught:
        client.get("/")
    assert len(caught) == 3, "the pieces, whether the door sign is up, and the spaces of glass"
