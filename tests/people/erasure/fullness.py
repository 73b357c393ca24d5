"""A life in full: Dov does whatever one can do here, and it is all found again cell by cell."""

from django.core.cache import cache
from django.db import connection, transaction

from porch.audience.articles.actions import publish_article
from porch.bridge.door_sign.actions import put_up_sign
from porch.community.away.models import Suspension
from porch.community.leaving.actions import Answers, leave
from porch.community.leaving.models import LeavingTerms
from porch.community.membership.models import Member
from porch.community.removal.actions import remove_member
from porch.community.roles.founding import admit_founder
from porch.engine.audit.recording import record
from porch.engine.promises.actions import keep_promise
from porch.engine.promises.acts import MADE
from porch.engine.promises.by_hand import promise_by_hand, settle_by_hand
from porch.engine.promises.kinds import Keeper, Whom
from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.models import Operator
from porch.people.sessions.models import Session
from tests.community.leaving.helpers import in_circle
from tests.engine.promises.owing import DUE, owe
from tests.village import NOON, Village, browser


def live_fully(village: Village) -> None:
    """Have Dov do whatever one can do here, and have it done to him."""
    dov = village.dov
    admit_founder(person=dov, at=NOON)
    Operator.objects.create(person=dov, since=NOON)
    leave_and_be_removed(village)
    browser(dov)
    issue_sign_in_link(person=dov, at=NOON)
    publish_article(title="By hand", source="Text", by=dov, at=NOON)
    put_up_sign(by=dov, at=NOON)
    to_dov = promise_by_hand(
        text="Call Dov back", to=Whom("person", dov.pk), due_at=DUE, by_id=village.ada.pk, at=NOON
    )
    settle_by_hand(promise_id=to_dov.pk, way="withdrawn", reason="Dov called.", by_id=village.ada.pk, at=NOON)
    by_dov = owe(keeper=Keeper("person", dov.pk), by_id=dov.pk)
    keep_promise(promise_id=by_dov.pk, at=NOON, by_id=dov.pk)
    cache.set("codes:dov@example.org", 3)
    stranger("s", data='{"wants":"dov@example.org"}')


def leave_and_be_removed(village: Village) -> None:
    """Have Dov suspend Ben, write the charter, leave with a word, and be removed all the same."""
    dov, ben = Member.objects.get(person=village.dov), Member.objects.get(person=village.ben)
    Suspension.objects.create(member=ben, since=NOON, until=DUE, reason="Calm", by=dov.person)
    LeavingTerms.objects.create(text="All goes.", at=NOON, by=dov)
    in_circle(village.dov)
    said = Answers(why="Moved away", may_ask_again=True)
    leave(person=village.dov, wants_erasure=False, stops_mail=False, at=NOON, answers=said)
    remove_member(
        member=dov,
        by=village.ada,
        reason="dov@example.org wrote to others.",
        message="You wrote to others.",
        appeal_to="appeals@example.org",
        expires_at=None,
        at=NOON,
    )


def stranger(digest: str, data: str) -> Session:
    """Keep a session of nobody, in which an address stands."""
    return Session.objects.create(digest=digest * 64, data=data, begun_at=NOON, seen_at=NOON, ends_at=DUE)


def everything_kept() -> str:
    """Read every cell of every table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cells = []
        for name in tables:
            cursor.execute(f'SELECT * FROM "{name}"')
            cells += [f"{name}: {row}" for row in cursor.fetchall()]
    return "\n".join(cells)


@transaction.atomic
def name_everywhere(number: int) -> None:
    owe(to=Whom("person", number), by_id=number, keeper=Keeper("person", number))
    record(MADE, by_id=number, about_id=number, at=NOON, promise_id=1, reason="Because.")
