"""Mentions: of those who reach the space, by the names that they have, told of once."""

import re

import pytest
from django.db.models import Q
from hypothesis import example, given
from hypothesis import strategies as st

from porch.community.circles.actions import leave_circle
from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder
from porch.conversation.posts import mentions
from porch.conversation.posts.changing import edit_post
from porch.conversation.posts.mentions import MOST_CALLED, TooManyCalled
from porch.conversation.posts.models import Edition, Mention
from porch.conversation.posts.writing import render_post
from porch.conversation.search.models import Entry
from porch.conversation.wording.naming import BARE, PATTERN, folded, read, spelled
from porch.kit.markdown import Extension, Link, plain, render
from porch.kit.markdown.limits import MOST_CHARACTERS, TooManyNames
from porch.kit.refusals import Refusal
from porch.kit.text import clean_line
from porch.people.erasure.actions import erase_person
from tests.community.circles.making import bakers
from tests.community.roles.giving import role_with
from tests.conversation.naming import findable, mentioned, rename, rows
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.kit.html_checks import check_html
from tests.kit.payloads import PAYLOADS
from tests.village import NOON, Village, add_person, add_steward, browser

BEN = '<a href="/inside/members/{}/" class="mention">@{}</a>'


def link(person: object, label: str) -> str:
    return BEN.format(Member.objects.get(person=person).pk, label)


@pytest.mark.parametrize("written", ["@Ben", "@ben", "@BEN", "@[Ben]", "(@Ben)", "@Ben's", "@Ben.", "*@Ben*"])
def test_a_member_is_named_by_the_whole_name(village: Village, written: str) -> None:
    findable()
    post = say(topic_in(space_for(village.ada), village.ada), village.ada, f"Ask {written}")
    assert f"/inside/members/{Member.objects.get(person=village.ben).pk}/" in post.html
    assert (rows(), mentioned()) == (["Ben"], ["Ben"])
    assert post.source == f"Ask {written}", "what is edited is what was typed"


@pytest.mark.parametrize(
    "source",
    ["ben@Ben.example", "`@Ben`", "```\n@Ben\n```", r"\@Ben", "@Benny", "@Ben@a.example", "[@Ben](/x)"],
)
def test_what_is_no_mention_calls_nobody(village: Village, source: str) -> None:
    findable()
    post = say(topic_in(space_for(village.ada), village.ada), village.ada, source)
    assert 'class="mention"' not in post.html
    assert (rows(), mentioned()) == ([], [])


def test_the_first_word_is_enough_where_one_is_called_so(village: Village) -> None:
    rename(village.ben, "Ben Miller")
    topic = topic_in(space_for(village.ada), village.ada)
    assert link(village.ben, "Ben") in say(topic, village.ada, "@Ben").html
    sol = add_steward("sol")
    rename(sol, "Ben Baker")
    assert "mention" not in say(topic, village.ada, "@Ben").html
    assert link(sol, "Ben Baker") in say(topic, village.ada, "@[Ben Baker]").html


def test_of_namesakes_the_number_says_who_and_shows_nobody_under_another_name(village: Village) -> None:
    sol = add_steward("sol")
    rename(sol, "Ben")
    findable()
    topic, number = topic_in(space_for(village.ada), village.ada), Member.objects.get(person=sol).pk
    assert "mention" not in say(topic, village.ada, "@Ben").html
    assert link(sol, "Ben") in say(topic, village.ada, f"@[Ben](member:{number})").html
    page = say(topic, village.ada, f"@[Ada](member:{number}) and @[Nobody](member:999)").html
    assert page.strip() == "<p>@Ada and @Nobody</p>"


@pytest.mark.parametrize("who", ["dov", "ben"])
def test_who_does_not_reach_the_space_is_not_named(village: Village, who: str) -> None:
    person = getattr(village, who)
    findable()
    topic = topic_in(kitchen(village, village.ada, is_hidden=True), village.ada)
    post = say(topic, village.ada, f"@{person.name} @[{person.name}]")
    assert post.html.strip() == f"<p>@{person.name} @{person.name}</p>"
    assert (rows(), mentioned()) == ([], [])


def test_who_left_the_circle_a_moment_ago_is_not_named(village: Village) -> None:
    findable()
    space = kitchen(village, village.ada, village.ben)
    topic = topic_in(space, village.ada)
    assert "mention" in say(topic, village.ada, "@Ben").html
    leave_circle(circle=space.circle, by=village.ben, at=LATER)  # type: ignore[arg-type]
    assert "mention" not in say(topic, village.ada, "@Ben again").html


def test_who_is_named_twice_or_again_is_told_once(village: Village) -> None:
    findable()
    sol = add_steward("sol")
    findable(sol)
    topic = topic_in(space_for(village.ada), village.ada)
    post = say(topic, village.ada, "@Ben @[Ben] @Ada")
    edit_post(post_id=post.pk, source="@Ben, @Sol", edits=0, by=village.ada, at=LATER)
    assert (sorted(rows()), mentioned()) == (["Ben", "Sol"], ["Ben", "Sol"]), "and not oneself"


def test_a_mention_means_the_same_after_a_new_name(village: Village) -> None:
    findable()
    topic = topic_in(space_for(village.ada), village.ada)
    post = say(topic, village.ada, "Ask @Ben.")
    rename(village.ben, "Benjamin")
    sol = add_steward("sol")
    rename(sol, "Ben")
    post = edit_post(post_id=post.pk, source="Ask @Ben!", edits=0, by=village.ada, at=LATER)
    assert link(village.ben, "Ben") in post.html
    assert mentioned() == ["Benjamin"]


def test_a_topic_and_a_preview_name_too_and_a_preview_tells_nobody(village: Village) -> None:
    findable()
    space, ada = space_for(village.ada), browser(village.ada)
    given = {"title": "Bread", "source": "Ask @Ben", "kind": "conversation"}
    page = ada.post(f"/inside/spaces/{space.slug}/new/", {**given, "do": "preview"}).content.decode()
    assert link(village.ben, "Ben") in page
    assert mentioned() == []
    ada.post(f"/inside/spaces/{space.slug}/new/", given)
    assert mentioned() == ["Ben"]


def test_a_role_is_named_of_the_community_and_of_the_circle_alone(village: Village) -> None:
    findable()
    mine, other = bakers(village.ada, village.ben), bakers(slug="smiths", name="Smiths", is_hidden=True)
    host, smith = role_with(circle=mine, held_by=village.ben), role_with(circle=other, name="Smith")
    keeper = role_with(name="Keeper")
    inside, outside = (
        topic_in(space_for(village.ada, circle=mine), village.ada),
        topic_in(space_for(village.ada, "Yard"), village.ada),
    )
    source = f"@Host @Keeper @Smith @[Smith](role:{smith.pk}) @Member"
    assert say(inside, village.ben, source).html.count('class="mention"') == 2
    assert say(outside, village.ben, source).html.count('class="mention"') == 1
    assert mentioned() == [f"role {host.pk}", f"role {keeper.pk}", f"role {keeper.pk}"]


def test_many_are_called_only_by_those_who_look_after_the_space(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mentions, "MOST_CALLED", 1)
    role = role_with(name="Keeper", held_by=village.ben)
    topic = topic_in(space_for(village.ada), village.ada)
    say(topic, village.ben, "@Keeper")
    RoleHolder.objects.create(role=role, member=Member.objects.get(person=village.ada), given_at=NOON)
    with pytest.raises(TooManyCalled):
        say(topic, village.ben, "@Keeper again")
    say(topic, village.ada, "@Keeper, please")
    assert len(mentioned()) == 2
    assert MOST_CALLED == 25


def test_ten_thousand_names_are_refused_before_anybody_is_asked(
    village: Village, django_assert_num_queries: object
) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    with django_assert_num_queries(0), pytest.raises(TooManyNames):  # type: ignore[operator]
        say(topic, village.ada, " ".join(f"@n{n}" for n in range(10_000)))
    answer = browser(village.ada).post(
        f"/inside/topics/{topic.pk}/posts/", {"source": " ".join(f"@n{n}" for n in range(10_000))}
    )
    assert answer.status_code == 422
    assert "names 10000 different people" in answer.content.decode()


def test_fifty_names_take_few_queries(village: Village, django_assert_max_num_queries: object) -> None:
    findable()
    topic = topic_in(space_for(village.ada), village.ada)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        say(topic, village.ada, "@Ben " + " ".join(f"@nobody{n}" for n in range(49)))


def test_an_erased_member_is_led_to_by_nobodys_words(village: Village) -> None:
    findable()
    post = say(topic_in(space_for(village.ada), village.ada), village.ada, "Ask @Ben, not @nobody.")
    edit_post(post_id=post.pk, source="Do ask @[Ben], not @nobody.", edits=0, by=village.ada, at=LATER)
    erase_person(person=village.ben, by=village.ada, at=LATER)
    post.refresh_from_db()
    assert post.html.strip() == "<p>Do ask @…, not @nobody.</p>"
    assert Edition.objects.get(post=post).source == "Ask @…, not @nobody."
    assert "ben" not in Entry.objects.get(post=post).words
    assert not Mention.objects.exists()


def test_an_address_that_is_cut_leaves_the_mentions_beside_it(village: Village) -> None:
    findable()
    dov = add_person("gus")
    post = say(
        topic_in(space_for(village.ada), village.ada), village.ada, "@Ben: gus@example.org, @[Nobody X]"
    )
    erase_person(person=dov, by=village.ada, at=LATER)
    post.refresh_from_db()
    assert link(village.ben, "Ben") in post.html
    assert "gus@example.org" not in post.html
    assert "@Nobody X" in post.html


def test_strangers_read_names_in_glass_without_ways_inside(village: Village) -> None:
    findable()
    topic = topic_in(space_for(village.ada, is_glass=True), village.ada, source="Ask @Ben.")
    page = browser().get(f"/glass/topics/{topic.pk}/").content.decode()
    assert "@Ben" in page
    assert "/inside/members/" not in page


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_in_names_and_spoilers_stays_text(village: Village, payload: str) -> None:
    # No name has a NUL in it: PostgreSQL keeps none.
    rename(village.ben, payload.replace("\0", "")[:80] or "x")
    space_for(village.ada)
    for source in (
        f"@[{payload}]",
        f"||{payload}||",
        f"||\n{payload}\n||",
        f"@[{payload}](member:1)",
        f"@{payload}",
    ):
        names = mentions.Names(Q, village.ada)
        try:
            check_html(render_post(source[:MOST_CHARACTERS], names).html)
        except Refusal:
            continue


@given(st.text(max_size=60), st.booleans())
def test_what_is_offered_is_read_back_as_the_same_name(name: str, is_unique: bool) -> None:
    try:
        name = clean_line(name, most=80, name="name")
    except Refusal:
        return
    written = spelled(name, kind="member", number=17, is_unique=is_unique)
    found: list[str] = []

    def resolve(names: object) -> dict[str, Link]:
        found.extend(names)  # type: ignore[call-overload]
        return {}

    render(f"Ask {written} now", extensions=[Extension("mention", "@", PATTERN, resolve)])
    if found:
        meant = read(found[0])
        assert folded(meant.label) == folded(name) or meant.number == 17
        assert meant.kind == "member" or is_unique


@example("0-_0_-0")
@given(st.text("abzÄéж田0-_9", min_size=1, max_size=12).filter(lambda name: re.fullmatch(BARE, name)))
def test_a_bare_name_is_found_whole(name: str) -> None:
    found: list[str] = []
    extension = Extension("mention", "@", PATTERN, lambda names: found.extend(names) or {})  # type: ignore[func-returns-value]
    render(f"x @{name} y", extensions=[extension])
    assert found in ([name], []), "or none, where Markdown reads a mark in it"


def test_mails_say_names_without_brackets() -> None:
    assert plain("Ask @[Ben Miller] and @[Ada](member:3).") == "Ask @Ben Miller and @Ada.\n"
