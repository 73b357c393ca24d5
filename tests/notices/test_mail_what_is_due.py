"""Mail about notices: what still waits when it is due, in one mail, once, and to whoever agreed."""

from datetime import datetime, timedelta

import pytest

from porch.conversation.posts.changing import delete_post
from porch.conversation.reading.actions import choose_level, mark_read
from porch.conversation.reading.models import Level
from porch.conversation.topics.models import Topic
from porch.engine.outbox.models import Delivery
from porch.notices.broadcasts.actions import broadcast_topic
from porch.notices.choosing.models import Choice, Pace
from porch.notices.mailing.looking import look_into, mail_what_is_due
from porch.notices.waiting.models import Mailbag, Notice
from porch.people.consent.actions import give_consent, withdraw_consent
from porch.people.consent.models import Proof
from porch.people.consent.subjects import person_subject
from porch.people.identity.models import Person
from tests.community.profiles.asking import member_of
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.notices.telling import hear, hear_of, mentioned, waiting
from tests.people.mails import html_of, opened, text_of
from tests.village import NOON, Village, add_steward

MAIL, SECOND = "conversation-mail", timedelta(seconds=1)
DUE = LATER + timedelta(minutes=2)


def agree(person: Person, purpose: str = MAIL) -> None:
    give_consent(
        subject=person_subject(person),
        purpose=purpose,
        wording=1,
        source="test",
        proof=Proof.SESSION,
        by=person,
        at=NOON,
    )


def go(at: datetime = DUE) -> list[Delivery]:
    """Have the mailbags be looked into; give what was made."""
    known = list(Delivery.objects.values_list("pk", flat=True))
    mail_what_is_due(at=at, hold=False)
    return list(Delivery.objects.exclude(pk__in=known).order_by("pk"))


def want(person: Person, **what: object) -> None:
    Choice.objects.update_or_create(member=member_of(person), defaults=what)


@pytest.fixture
def topic(village: Village) -> Topic:
    """A topic of Ben's, who has agreed to mail."""
    agree(village.ben)
    topic = topic_in(space_for(village.ada), village.ben)
    hear()
    return topic


def answered(topic: Topic, by: Person, source: str = "Rye, of course.") -> int:
    post = say(topic, by, source, reply_to=1)
    hear()
    return post.pk


def test_a_reply_is_mailed_after_two_minutes_to_the_second(village: Village, topic: Topic) -> None:
    answered(topic, village.ada)
    assert go(DUE - SECOND) == []
    (row,) = go(DUE)
    assert row.to_address == "ben@example.org"
    assert row.subject == "Owner replied to you: Bread"
    assert "Rye, of course." in text_of(row)
    assert "Rye, of course." in html_of(row)
    assert go(DUE + timedelta(days=9)) == []
    assert not Mailbag.objects.exists()


def test_nobody_is_mailed_who_did_not_agree(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    answered(topic, village.ada)
    assert go() == []
    agree(village.ben)
    assert go(DUE + timedelta(days=1)) == []


def test_what_was_read_meanwhile_is_not_mailed(village: Village, topic: Topic) -> None:
    answered(topic, village.ada)
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=2, at=LATER)
    assert go() == []


@pytest.mark.parametrize("how", ["deleted", "muted", "left", "inactive", "withdrawn"])
def test_what_is_not_true_any_more_is_not_mailed(how: str, village: Village, topic: Topic) -> None:
    post = answered(topic, village.ada)
    if how == "deleted":
        delete_post(post_id=post, by=village.ada, at=LATER)
    elif how == "muted":
        choose_level(topic_id=topic.pk, level=Level.MUTE, by=village.ben, at=LATER)
    elif how == "left":
        type(member_of(village.ben)).objects.filter(person=village.ben).update(left_at=LATER)
    elif how == "inactive":
        Person.objects.filter(pk=village.ben.pk).update(is_active=False)
    else:
        withdraw_consent(
            subject=person_subject(village.ben),
            purpose=MAIL,
            source="t",
            proof=Proof.SESSION,
            by=village.ben,
            at=LATER,
        )
    assert go() == []


def test_several_things_come_as_one_mail_by_topic(village: Village, topic: Topic) -> None:
    other = topic_in(Topic.objects.get(pk=topic.pk).space, village.ben, "Butter")
    answered(topic, village.ada)
    answered(other, village.ada, "Salted.")
    mentioned(say(topic, village.ada, "And you?"), village.ben, at=LATER + timedelta(minutes=1))
    (row,) = go()
    assert row.subject == "3 things in 2 topics"
    text = text_of(row)
    assert text.index("Bread") < text.index("Rye, of course.") < text.index("And you?") < text.index("Butter")
    assert "References" not in opened(row)


def test_a_mail_holds_nothing_that_others_were_told(village: Village, topic: Topic) -> None:
    other = topic_in(topic.space, village.ada, "For Ada")
    hear()
    say(other, village.ben, "Only she is told of this.", reply_to=1)
    answered(topic, village.ada)
    (row,) = go()
    assert "Only she is told of this." not in text_of(row)
    assert row.subject == "Owner replied to you: Bread"


def test_mails_about_one_topic_stand_together(village: Village, topic: Topic) -> None:
    answered(topic, village.ada)
    (first,) = go()
    answered(topic, village.ada, "Or spelt.")
    (second,) = go(DUE + timedelta(days=1))
    assert opened(first)["References"] == opened(second)["References"]
    assert f"topic-{topic.pk}-" in opened(first)["In-Reply-To"]
    assert first.message_id != second.message_id


def test_a_round_that_was_cut_off_repeats_nothing_and_loses_nothing(
    village: Village, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(topic, village.ada)

    def die(*_: object, **__: object) -> None:
        raise SystemError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("porch.notices.mailing.looking.send", die)
        with pytest.raises(SystemError):
            mail_what_is_due(at=DUE, hold=False)
    assert not Delivery.objects.exists()
    assert len(go()) == 1
    assert go() == []


def test_nothing_is_mailed_while_the_clock_is_doubtful(village: Village, topic: Topic) -> None:
    answered(topic, village.ada)
    assert mail_what_is_due(at=DUE, hold=True) == 0
    assert len(go()) == 1


def test_each_kind_has_its_own_pace(village: Village, topic: Topic) -> None:
    want(village.ben, reply=Pace.HOURLY, followed=Pace.NEVER)
    say(topic, village.ada, "To all")
    answered(topic, village.ada)
    hour = LATER + timedelta(hours=1)
    assert go(hour - SECOND) == []
    (row,) = go(hour)
    assert "To all" not in text_of(row)
    assert not Notice.objects.filter(settled_at__isnull=True).exists()


def test_what_is_collected_comes_in_the_morning(village: Village, topic: Topic) -> None:
    say(topic, village.ada, "To all")  # on a Monday at one
    hear()
    want(village.ben, followed=Pace.DAILY, zone="Europe/Berlin")
    morning = datetime.fromisoformat("2026-03-03T07:00:00+00:00")
    assert go(morning - SECOND) == []
    assert len(go(morning)) == 1


def test_what_is_collected_by_the_week_comes_on_monday(village: Village, topic: Topic) -> None:
    want(village.ben, followed=Pace.WEEKLY, zone="UTC")
    say(topic, village.ada, "To all")
    hear()
    monday = datetime.fromisoformat("2026-03-09T08:00:00+00:00")
    assert go(monday - SECOND) == []
    assert len(go(monday)) == 1


def test_in_quiet_hours_nothing_is_mailed_until_they_end(village: Village, topic: Topic) -> None:
    want(village.ben, zone="UTC", quiet_from=13 * 60, quiet_to=15 * 60)
    answered(topic, village.ada)
    end = datetime.fromisoformat("2026-03-02T15:00:00+00:00")
    for moment in (DUE, end - SECOND):
        assert go(moment) == []
    assert len(go(end)) == 1


def test_of_a_sensitive_space_a_mail_tells_no_words_names_or_titles(village: Village) -> None:
    agree(village.ben)
    topic = topic_in(space_for(village.ada, "Illness", is_sensitive=True), village.ben, "My back")
    hear()
    answered(topic, village.ada, "Try yoga.")
    (row,) = go()
    assert row.subject == "Somebody replied to you"
    for body in (text_of(row), html_of(row)):
        assert "In a sensitive space" in body
        for secret in ("Illness", "My back", "yoga", "Owner replied"):
            assert secret not in body


def test_an_announcement_is_mailed_once_it_is_sent_to_all(village: Village) -> None:
    sol = add_steward()
    agree(village.ben)
    topic = topic_in(space_for(village.ada), sol, "We move", "On Friday.", kind="announcement")
    hear()
    assert waiting(village.ben) == 1
    assert go() == []
    broadcast_topic(topic_id=topic.pk, by=sol, at=LATER)
    broadcast_topic(topic_id=topic.pk, by=sol, at=LATER)
    hear()
    (row,) = go()
    assert row.subject == "Sol announced: We move"


def test_a_reminder_is_mailed_although_the_post_was_read(village: Village, topic: Topic) -> None:
    post = answered(topic, village.ada)
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=2, at=LATER)
    assert go() == []
    again = LATER + timedelta(days=3)
    hear_of("ReminderReached", at=again, post_id=post, member_id=member_of(village.ben).pk, bookmark_id=1)
    (row,) = go(again + timedelta(minutes=2))
    assert row.subject == "You wanted to be reminded: Bread"


def test_hostile_words_stay_words(village: Village, topic: Topic) -> None:
    answered(topic, village.ada, "<script>alert(1)</script> & **so**\n\nBcc: eve@example.org")
    (row,) = go()
    assert "<script>" not in html_of(row)
    assert opened(row)["Bcc"] is None


def test_of_two_looks_one_mails(village: Village, topic: Topic) -> None:
    answered(topic, village.ada)
    member = member_of(village.ben).pk
    assert look_into(member_id=member, at=DUE) is not None
    assert look_into(member_id=member, at=DUE) is None
