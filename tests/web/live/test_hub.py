"""The live hub, with lines that only remember what they were sent."""

import re

from hypothesis import given
from hypothesis import strategies as st

from porch.engine.facts.kinds import CommunityFact
from porch.web.live.hub import IDLE_BEATS, MOST_PASSED_OVER, REMEMBERED, Hub, chunked, encode
from porch.web.news import FRAMES
from tests.laws.facts import kinds


class Line:
    def __init__(self) -> None:
        self.got = b""
        self.stands = True
        self.is_over = False

    def hang_up(self) -> None:
        self.is_over = True

    def write(self, chunk: bytes) -> bool:
        if self.stands:
            size, _, rest = chunk.partition(b"\r\n")
            assert len(rest) == int(size, 16) + 2, "the chunk is framed right"
            self.got += rest[:-2]
        return self.stands

    @property
    def ids(self) -> list[int]:
        return [int(each) for each in re.findall(rb"^id: (\d+)", self.got, re.M)]


def test_everyone_on_the_channel_hears_it_and_nobody_else() -> None:
    hub, one, other = Hub(), Line(), Line()
    hub.join(one, ["members"], after=None)
    hub.join(other, ["elsewhere"], after=None)
    assert hub.publish("members", 1, "joined", "<li>") == 1
    assert one.got == b"id: 1\nevent: joined\ndata: <li>\n\n"
    assert other.got == b""


def test_whoever_comes_back_gets_what_was_missed_once_and_in_order() -> None:
    hub, line = Hub(), Line()
    for number in (1, 2, 3):
        hub.publish("a", number, "e", "")
    hub.publish("b", 4, "e", "")
    hub.publish("a", 5, "e", "")
    hub.join(line, ["a", "b"], after=2)
    assert line.ids == [3, 4, 5]


def test_whoever_was_away_too_long_is_told_to_look_again() -> None:
    hub, line = Hub(), Line()
    for number in range(1, REMEMBERED + 10):
        hub.publish("a", number, "e", "")
    hub.join(line, ["a"], after=1)
    assert line.got.startswith(b"event: stale")
    assert line.ids == []


def test_what_can_just_be_remembered_is_told() -> None:
    hub, line = Hub(), Line()
    for number in range(1, REMEMBERED + 10):
        hub.publish("a", number, "e", "")
    hub.join(line, ["a"], after=9)
    assert line.ids == list(range(10, REMEMBERED + 10))


def test_after_a_restart_the_hub_does_not_pretend_to_remember() -> None:
    hub, line, up_to_date = Hub(), Line(), Line()
    hub.floor = 100
    hub.join(line, ["a"], after=99)
    hub.join(up_to_date, ["a"], after=100)
    assert line.got.startswith(b"event: stale")
    assert up_to_date.got == b""


def test_a_line_that_is_down_is_let_go_of() -> None:
    hub, line, dead = Hub(), Line(), Line()
    for each in (line, dead):
        hub.join(each, ["a"], after=None)
    dead.stands = False
    assert hub.publish("a", 1, "e", "") == 1
    assert list(hub.lines) == [line]
    line.stands = False
    hub.beat()
    assert not hub.lines


def test_leaving_twice_is_leaving() -> None:
    hub, line = Hub(), Line()
    hub.join(line, ["a"], after=None)
    hub.leave(line)
    hub.leave(line)
    assert hub.publish("a", 1, "e", "") == 0


@given(st.text())
def test_no_text_breaks_out_of_its_frame(text: str) -> None:
    frame = encode(7, "said", text.encode("utf-8", "replace").decode())
    assert frame.count(b"\n\n") == 1
    assert frame.endswith(b"\n\n")
    lines = re.split(r"\r\n|\r|\n", frame.decode())
    assert all(line.startswith(("id: 7", "event: said", "data: ")) for line in lines if line)
    assert sum(line.startswith(("id:", "event:")) for line in lines) == 2


def test_a_chunk_says_its_length() -> None:
    assert chunked(b"x" * 26) == b"1a\r\n" + b"x" * 26 + b"\r\n"


def test_a_line_ends_with_any_of_its_leaves_and_others_stay() -> None:
    hub = Hub()
    one, two, free = Line(), Line(), Line()
    hub.join(one, ["a", "b"], leaves=["session:1", "member:7"], after=None)
    hub.join(two, ["a"], leaves=["session:2", "member:7"], after=None)
    hub.join(free, ["a"], after=None)
    assert hub.revoke(["session:1", "session:99"]) == 1
    assert one.got.endswith(b"event: over\ndata: \n\n")
    assert [line.is_over for line in (one, two, free)] == [True, False, False]
    hub.publish("a", 1, "e", "")
    assert (one.ids, two.ids, free.ids) == ([], [1], [1])
    assert hub.revoke({"member:7"}) == 1
    assert list(hub.lines) == [free]


def test_every_leave_is_looked_at_in_turn_and_a_shared_one_once() -> None:
    hub = Hub()
    for n in range(7):
        hub.join(Line(), ["a"], leaves=[f"session:{n}", "member:1"], after=None)
    seen = [hub.leaves_to_look_at(3) for _ in range(3)]
    assert sorted(leave for some in seen for leave in some) == [
        "member:1",
        *(f"session:{n}" for n in range(7)),
    ]
    assert hub.leaves_to_look_at(100) != [], "and round again"
    assert Hub().leaves_to_look_at(3) == []


def test_a_channel_that_nobody_is_on_is_forgotten_after_a_while() -> None:
    hub, line = Hub(), Line()
    hub.join(line, ["kept", "left"], after=None)
    hub.publish("left", 5, "e", "")
    hub.leave(line)
    other = Line()
    hub.join(other, ["kept"], after=None)
    for _ in range(IDLE_BEATS):
        hub.beat()
    assert set(hub.channels) == {"kept", "left"}
    hub.beat()
    assert set(hub.channels) == {"kept"}


def test_whoever_comes_back_to_a_forgotten_channel_is_not_told_that_nothing_happened() -> None:
    hub = Hub()
    hub.publish("a", 5, "e", "")
    hub.publish("a", 9, "e", "")
    for _ in range(IDLE_BEATS + 1):
        hub.beat()
    assert hub.channels == {}
    missed_one, up_to_date = Line(), Line()
    hub.join(missed_one, ["a"], after=8)
    hub.join(up_to_date, ["a"], after=9)
    assert missed_one.got.startswith(b"event: stale")
    assert up_to_date.got == b""


def test_what_is_told_and_where_somebody_listens_is_no_idle_channel() -> None:
    hub = Hub()
    for number in range(1, 3 * IDLE_BEATS):
        hub.publish("told", number, "e", "")
        hub.beat()
    assert set(hub.channels) == {"told"}


def test_only_the_community_s_facts_make_frames() -> None:
    """The ids of the audience's count for themselves: in one Last-Event-ID the two would hide each other."""
    streams = {kind.__name__: kind.stream for kind in kinds()}
    assert {streams[name] for name in FRAMES} == {CommunityFact.stream}


def test_what_was_taken_away_is_not_told_to_who_comes_back() -> None:
    hub, line = Hub(), Line()
    hub.publish("a", 1, "post", "a secret", key="p1")
    hub.publish("a", 2, "post", "another", key="p2")
    hub.publish("a", 3, "post", "deleted", key="p1")
    hub.join(line, ["a"], after=0)
    assert line.ids == [2, 3]
    assert b"secret" not in line.got


def test_of_several_frames_for_one_fact_only_the_last_says_that_it_was_heard() -> None:
    hub, line, late = Hub(), Line(), Line()
    hub.join(line, ["a"], after=None)
    hub.publish("a", 1, "post", "one", key="p1", more=True)
    assert line.ids == [], "who is cut off here gets both again"
    hub.publish("a", 1, "post", "two", key="p2")
    assert line.ids == [1]
    hub.join(late, ["a"], after=0)
    assert late.got == line.got


def test_what_was_passed_over_makes_who_comes_look_again() -> None:
    hub, before, after, other = Hub(), Line(), Line(), Line()
    assert not hub.is_heard("a")
    hub.pass_over("a", 5)
    hub.join(before, ["a"], after=4)
    assert before.got.startswith(b"event: stale")
    hub.join(after, ["a"], after=5)
    hub.join(other, ["b"], after=4)
    assert (after.got, other.got) == (b"", b"")
    assert hub.is_heard("a")


def test_who_came_while_something_was_passed_over_looks_again() -> None:
    hub, line, late = Hub(), Line(), Line()
    hub.publish("a", 3, "e", "")
    hub.join(line, ["a"], after=3)
    hub.pass_over("a", 4)
    assert line.got.startswith(b"event: stale")
    hub.join(late, ["a"], after=3)
    assert late.got.startswith(b"event: stale")


def test_what_was_passed_over_is_known_of_so_many_channels_only() -> None:
    hub, line, fresh = Hub(), Line(), Line()
    for number in range(1, MOST_PASSED_OVER + 2):
        hub.pass_over(f"topic-{number}", number)
    assert hub.floor == MOST_PASSED_OVER + 1
    hub.join(line, ["topic-1"], after=1)
    assert line.got.startswith(b"event: stale"), "rather once too often than never"
    hub.join(fresh, ["topic-1"], after=MOST_PASSED_OVER + 1)
    assert fresh.got == b""


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "p1", "p2"])), max_size=40), st.data())
def test_who_comes_back_knows_what_who_stayed_knows(told: list[tuple[str, str]], data: st.DataObject) -> None:
    """Whatever was told, and wherever the line broke: the newest of each key, and all that has none, is known once."""
    hub, stayed, back = Hub(), Line(), Line()
    hub.join(stayed, ["a", "b"], after=0)
    for number, (channel, key) in enumerate(told, start=1):
        hub.publish(channel, number, "e", f"{key} {number}", key=key)
    seen = data.draw(st.integers(0, len(told)))
    hub.join(back, ["a", "b"], after=seen)
    newest = {(channel, key): n for n, (channel, key) in enumerate(told, start=1) if key and channel != "c"}
    alone = {n for n, (channel, key) in enumerate(told, start=1) if not key and channel != "c"}
    assert back.ids == sorted(n for n in {*newest.values(), *alone} if n > seen)
    assert set(back.ids) <= set(stayed.ids)
