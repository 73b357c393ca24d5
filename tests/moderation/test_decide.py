"""One decision answers everything that one account did, and is undone as one (C9)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.conversation.posts.changing import delete_post, restore_post
from porch.conversation.posts.models import Deletion, Post
from porch.engine.audit.models import AuditEntry
from porch.engine.outbox.models import Delivery
from porch.kit.refusals import NotFound
from porch.moderation.holding.models import HeldPost
from porch.moderation.log.models import LogEntry
from porch.moderation.queue.actions import IsUndone, NoSuchVerdict, NothingWaits, NotYourOwnCase, decide, undo
from porch.moderation.queue.models import Decision
from porch.moderation.queue.reads import cases_for, count_waiting
from porch.moderation.reports.models import Report
from porch.moderation.sanctions.actions import Sentence
from porch.moderation.sanctions.models import Strike
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.talk import kitchen, say, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.moderation.hands import (
    LATER,
    SPAM,
    is_hidden,
    is_shown,
    let_stand,
    newcomer,
    remove,
    report,
    shown_by,
    try_to_begin,
    try_to_say,
    waiting,
)
from tests.village import NOON, Village, add_steward, browser, build_village
from tests.web.api.callers import program_of

FRIDAY, MINUTE = datetime(2026, 3, 6, 18, 0, tzinfo=UTC), timedelta(minutes=1)
MONDAY = FRIDAY + timedelta(hours=62)


def weekend(village: Village, spammer: Person, words: str) -> list[str]:
    """Have somebody try 200 posts in three spaces over a weekend, and say what became of each."""
    spaces = [space_for(village.ada, name) for name in ("Workshop", "Garden", "Yard")]
    topics = [topic_in(space, village.ben, f"About {space.name}") for space in spaces]
    became = []
    for n in range(200):
        at = FRIDAY + n * timedelta(minutes=18)
        text = words.format(n=n)
        if n % 10 == 9:
            became.append(try_to_begin(spaces[n % 3], spammer, text, at, title=f"Offer {n}"))
        else:
            became.append(try_to_say(topics[n % 3], spammer, text, at))
    return became


def test_a_spammer_with_links_reaches_nobody_over_a_weekend(village: Village) -> None:
    """Of 200 posts members saw none: 20 wait, and all others were refused."""
    spammer = newcomer("spike", FRIDAY - MINUTE * 5)
    became = weekend(village, spammer, "Offer {n}: https://pills.example/{n}")
    assert (became.count("said"), became.count("held"), shown_by(spammer)) == (0, 20, [])
    made = remove(spammer, village.ada, MONDAY)
    assert waiting(spammer) == 0
    undo(decision_id=made.pk, by=village.ada, at=MONDAY)
    assert waiting(spammer) == 20


def test_the_same_plain_words_reach_once_and_no_more(village: Village) -> None:
    """Of 200 posts with the same words and no link, members saw one: the first."""
    spammer = newcomer("spike", FRIDAY - MINUTE * 5)
    became = weekend(village, spammer, "Come to my wonderful shop, all is half price!")
    assert (became.count("said"), len(shown_by(spammer))) == (1, 1)
    report(shown_by(spammer)[0], village.ben, MONDAY)
    assert shown_by(spammer) == [], "one trusted member hides it"


def test_plain_words_that_differ_are_bound_by_the_limit_of_a_day(village: Village) -> None:
    """Of 200 posts that look like anybody's, members saw at most 12 in a day, until one reported it."""
    spammer = newcomer("spike", FRIDAY - MINUTE * 5)
    weekend(village, spammer, "This is thought number {n} of mine on it.")
    days = [each.at for each in shown_by(spammer)]
    assert all(sum(at <= other < at + timedelta(days=1) for other in days) <= 12 for at in days)
    made = remove(spammer, village.ada, MONDAY, whole_burst=True)
    assert shown_by(spammer) == []
    undo(decision_id=made.pk, by=village.ada, at=MONDAY)
    assert [each.at for each in shown_by(spammer)] == days


def test_two_hundred_posts_of_a_stolen_account_go_and_come_back_as_one(village: Village) -> None:
    spaces = [space_for(village.ada, name) for name in ("Workshop", "Garden", "Yard")]
    topics = [topic_in(space, village.ada) for space in spaces]
    for n in range(200):
        say(topics[n % 3], village.ben, f"{SPAM}/{n}")
    own = shown_by(village.ben)[7]
    delete_post(post_id=own.pk, by=village.ben, at=LATER)
    before = shown_by(village.ben)
    made = remove(village.ben, village.ada, LATER, whole_burst=True)
    assert (len(before), shown_by(village.ben), made.steps.count()) == (199, [], 199)
    undo(decision_id=made.pk, by=village.ada, at=LATER)
    assert shown_by(village.ben) == before, "and what he deleted himself stays deleted"


def test_undone_everything_is_exactly_as_it_was(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    bad, fine = say(topic, nia, "Bad words."), say(topic, nia, "Fine words.")
    report(bad, village.ben)
    try_to_say(topic, nia, SPAM)
    made = remove(nia, village.ada, whole_burst=True)
    assert (is_hidden(bad), is_shown(bad), is_shown(fine), waiting(nia)) == (False, False, False, 0)
    assert Report.objects.get().outcome == "upheld"
    undo(decision_id=made.pk, by=village.ada, at=LATER)
    assert (is_hidden(bad), is_shown(fine), waiting(nia)) == (True, True, 1)
    assert Report.objects.get().outcome == "open"
    with pytest.raises(IsUndone):
        undo(decision_id=made.pk, by=village.ada, at=LATER)


def test_what_was_let_stand_waits_again_when_it_is_undone(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    bad = say(topic, nia, "Bad words.")
    report(bad, village.ben)
    try_to_say(topic, nia, SPAM)
    made = let_stand(nia, village.ada)
    assert (len(shown_by(nia)), Report.objects.get().outcome) == (2, "declined")
    undo(decision_id=made.pk, by=village.ada, at=LATER)
    assert (shown_by(nia), is_hidden(bad), waiting(nia)) == ([], True, 1)
    let_stand(nia, village.ada)
    assert (len(shown_by(nia)), Post.objects.filter(author=nia).count()) == (2, 2), "nothing is said twice"


def test_what_others_changed_since_stays_when_it_is_undone(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    post, sol = say(topic, nia, "Words."), add_steward()
    made = remove(nia, village.ada, whole_burst=True)
    restore_post(post_id=post.pk, by=sol, at=LATER)
    delete_post(post_id=post.pk, by=sol, at=LATER + MINUTE, reason="No.")
    undo(decision_id=made.pk, by=village.ada, at=LATER + 2 * MINUTE)
    assert Deletion.objects.get(post=post).reason == "No."


def test_a_sanction_comes_in_the_same_step_and_goes_with_it(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    try_to_say(topic, nia, SPAM)
    until = LATER + timedelta(days=7)
    sentence = Sentence(kind="silence", why="spam", message="No pills here.", until=until)
    made = remove(nia, village.ada, sentence=sentence)
    assert try_to_say(topic, nia, "Hello") == "is-silenced"
    undo(decision_id=made.pk, by=village.ada, at=LATER)
    assert Strike.objects.get().lifted_at == LATER
    assert try_to_say(topic, nia, "Hello") == "said"


def test_it_stands_in_both_logs(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    try_to_say(topic, nia, SPAM)
    made = remove(nia, village.ada, reason="Pills.")
    entry = AuditEntry.objects.get(act="case-decided")
    assert (entry.about_id, entry.by_id, entry.reason) == (nia.pk, village.ada.pk, "Pills.")
    told = LogEntry.objects.get()
    assert (told.what, told.why, told.posts, told.is_by_itself) == ("removed", "spam", 1, False)
    page = browser(village.ben).get("/inside/moderation-log/").content.decode()
    assert "Posts were removed" in page
    assert "Pills." not in page
    assert "Nia" not in page
    assert Decision.objects.get() == made


def test_one_letter_tells_what_became_of_all(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    for n in range(3):
        try_to_say(topic, nia, f"{SPAM}/{n}")
    remove(nia, village.ada)
    assert Delivery.objects.filter(to_address="nia@example.org").count() == 1


def test_nobody_decides_about_themselves(village: Village) -> None:
    post = say(topic_in(space_for(village.ada), village.ada), village.ada)
    report(post, village.ben)
    with pytest.raises(NotYourOwnCase):
        remove(village.ada, village.ada)
    assert cases_for(village.ada.pk) == []
    assert [case.person for case in cases_for(add_steward().pk)] == [village.ada]


@pytest.mark.parametrize("who", ["ben", "dov", "nia"])
def test_whoever_looks_after_nothing_decides_nothing(village: Village, who: str) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    try_to_say(topic, nia, SPAM)
    by = nia if who == "nia" else getattr(village, who)
    if who != "nia":
        with pytest.raises(NothingWaits):
            remove(nia, by)
    made = remove(nia, village.ada)
    with pytest.raises(NotFound):
        undo(decision_id=made.pk, by=by, at=LATER)
    for path in ("", f"{nia.pk}/", "decisions/", f"decisions/{made.pk}/"):
        assert browser(by).get(f"/inside/review/{path}").status_code == 404


def keeper_of(space, person: Person) -> Person:
    """Give somebody the right to look after what is said in the circle of a space."""
    role = Role.objects.create(circle=space.circle, name="Keeper", made_at=NOON)
    RoleRight.objects.create(role=role, right="tend-topics")
    RoleHolder.objects.create(role=role, member=member_of(person), given_at=NOON)
    return person


def test_who_looks_after_a_circle_sees_what_is_said_in_it_alone(village: Village) -> None:
    nia = newcomer()
    inside, outside = kitchen(village, village.ben, nia), space_for(village.ada)
    keeper_of(inside, village.ben)
    for space in (inside, outside):
        try_to_say(topic_in(space, village.ada), nia, f"{SPAM} {space.pk}")
    (case,) = cases_for(village.ben.pk)
    assert (case.held, case.spaces) == (1, {"Kitchen"})
    assert count_waiting([inside.circle_id]) == count_waiting(None) == 1
    mine = remove(nia, village.ben)
    assert HeldPost.objects.get(state="waiting").space == outside
    whole = remove(nia, village.ada)
    with pytest.raises(NotFound):
        undo(decision_id=whole.pk, by=village.ben, at=LATER)
    undo(decision_id=mine.pk, by=village.ben, at=LATER)
    assert browser(village.ben).get("/inside/review/").status_code == 200


def test_a_verdict_has_a_reason(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    try_to_say(topic, nia, SPAM)
    for verdict, why in (("remove", ""), ("burn", "spam")):
        with pytest.raises(NoSuchVerdict):
            decide(about=nia, verdict=verdict, why=why, by=village.ada, at=LATER)


def test_what_stands_brings_no_sanction(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    try_to_say(topic, nia, SPAM)
    sentence = {"kind": "warning", "why": "spam", "message": "No."}
    body = json.dumps({"verdict": "stand", "sentence": sentence})
    for scopes in (("review:write",), ("review:write", "sanctions:write")):
        refused = program_of(village.ada, *scopes).send("POST", f"/review/{nia.pk}/decision", body)
        assert refused.status_code == 422
        assert [each["field"] for each in refused.json()["errors"]] == ["body.sentence"]
    assert (waiting(nia), Decision.objects.count(), Strike.objects.count()) == (1, 0, 0)


def test_the_way_of_a_steward_through_the_pages(village: Village) -> None:
    topic, nia, sol = topic_in(space_for(village.ada), village.ben), newcomer(), browser(add_steward())
    try_to_say(topic, nia, SPAM)
    assert "Review" in sol.get("/inside/today/").content.decode()
    assert "1 held" in sol.get("/inside/review/").content.decode()
    assert "links to other places" in sol.get(f"/inside/review/{nia.pk}/").content.decode()
    form = {
        "verdict": "remove",
        "why": "spam",
        "reason": "",
        "sanction": "silence",
        "span": "7",
        "message": "No.",
    }
    page = sol.post(f"/inside/review/{nia.pk}/", form, follow=True)
    assert "Undo this decision" in page.content.decode()
    page = sol.post(page.redirect_chain[-1][0], follow=True)
    assert "Everything is as it was" in page.content.decode()
    assert waiting(nia) == 1
    assert sol.post(f"/inside/review/{nia.pk}/", {"verdict": "remove", "why": ""}).status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verdict", ["stand", "remove"])
def test_two_stewards_at_once_decide_once(verdict: str) -> None:
    village = build_village()
    sol, nia = add_steward(), newcomer()
    topic = topic_in(space_for(village.ada), village.ben)
    try_to_say(topic, nia, SPAM)

    def once(by: Person) -> object:
        return decide(about=nia, verdict=verdict, why="spam", by=by, at=LATER)

    came = at_once(lambda: once(village.ada), lambda: once(sol))
    assert sorted(type(each).__name__ for each in came) == ["Decision", "NothingWaits"]
    assert len(shown_by(nia)) == (1 if verdict == "stand" else 0)
