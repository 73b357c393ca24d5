"""The live hub, with lines that only remember what they were sent."""

import re

from hypothesis import given
from hypothesis import strategies as st

from porch.web.live.hub import REMEMBERED, Hub, chunked, encode


class Line:
    def __init__(self) -> None:
        self.got = b""
        self.stands = True

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
