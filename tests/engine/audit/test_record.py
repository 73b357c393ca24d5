"""Recording an act: a row in the verb's own transaction, of declared acts, with ids and a reason."""

import pytest
from django.db import IntegrityError, connection, transaction

from porch.audience.articles.actions import TitleIsTaken, publish_article
from porch.bridge.door_sign.actions import put_up_sign, take_down_sign
from porch.engine.audit.acts import ACTS, Act, declare
from porch.engine.audit.models import AuditEntry
from porch.engine.audit.reads import actors, entries, text_of
from porch.engine.audit.recording import record
from porch.engine.promises.acts import KEPT, MADE
from porch.kit.text import LineIsNotPlain, LineIsTooLong
from porch.people.identity.acts import OWNER_LINK_MADE
from porch.web.cli.owner_link import make_owner_link
from tests.village import NOON, Village


def acts() -> list[str]:
    """Give what was recorded since the village stands."""
    rows = AuditEntry.objects.exclude(act__in=["person-added", "operator-appointed"])
    return list(rows.order_by("id").values_list("act", flat=True))


def test_what_operators_do_leaves_a_row_each(village: Village) -> None:
    article = publish_article(title="One", source="a", by=village.ada, at=NOON)
    for _ in range(2):
        put_up_sign(by=village.ada, at=NOON)
    for _ in range(2):
        take_down_sign(by=village.ada, at=NOON)
    assert acts() == ["article-published", "door-sign-put-up", "door-sign-taken-down"]
    first = AuditEntry.objects.get(act="article-published")
    assert (first.by_id, first.ids, first.at) == (village.ada.pk, {"article_id": article.pk}, NOON)


def test_the_command_line_is_somebody_too(db: None) -> None:
    make_owner_link()
    entry = entries(by_line=True)[0]
    assert (entry.is_by_person, entry.by_id, entry.act) == (False, None, "owner-link-made")
    assert entry.about_id is not None


def test_what_was_not_done_is_not_recorded(village: Village) -> None:
    publish_article(title="One", source="a", by=village.ada, at=NOON)
    with pytest.raises(TitleIsTaken):
        publish_article(title="One", source="b", by=village.ada, at=NOON)
    assert acts() == ["article-published"]


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_verb_nothing_is_recorded() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(transaction.TransactionManagementError):
        record(OWNER_LINK_MADE, by_id=1, at=NOON)


def test_only_declared_acts_with_their_ids(db: None) -> None:
    with pytest.raises(ValueError, match="not declared"):
        record(Act("unheard-of", "Unheard of"), by_id=1, at=NOON)
    for wrong in ({}, {"promise_id": "7"}, {"promise_id": 7, "name": 1}):
        with pytest.raises(TypeError):
            record(KEPT, by_id=1, at=NOON, **wrong)
    with pytest.raises(ValueError, match="twice"):
        declare(Act(KEPT.name, "Something else"))


def test_the_reason_is_one_line_that_can_be_read(db: None) -> None:
    assert record(MADE, by_id=1, at=NOON, promise_id=1, reason=" so \n it is ").reason == "so it is"
    for reason, why in (("a\x00", LineIsNotPlain), ("x" * 501, LineIsTooLong)):
        with pytest.raises(why):
            record(MADE, by_id=1, at=NOON, promise_id=1, reason=reason)


def test_rows_are_only_added(db: None) -> None:
    entry = record(MADE, by_id=1, at=NOON, promise_id=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(is_by_person=False)


def test_the_list_is_filtered_by_who_what_and_whom(db: None) -> None:
    for by, about in ((1, 5), (2, 5), (1, 6), (None, 5)):
        record(MADE, by_id=by, about_id=about, at=NOON, promise_id=1)
    record(KEPT, by_id=1, about_id=5, at=NOON, promise_id=1)
    assert entries(by_id=1).count() == 3
    assert entries(by_id=1, about_id=5, act="promise-kept").count() == 1
    assert entries(by_line=True).count() == 1
    assert actors() == [1, 2]


def test_an_act_that_this_version_does_not_know_is_shown_by_its_name(db: None) -> None:
    entry = AuditEntry(act="of-tomorrow", version=1)
    assert text_of(entry) == "of-tomorrow"
    assert all(act.version >= 1 and str(act.text) for act in ACTS.values())
