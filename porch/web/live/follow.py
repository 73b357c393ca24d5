"""A thread that follows the facts and passes the news on to the cache and the hub of this process."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from django.db import DatabaseError, connection

from porch.community.membership.reads import waiting_of_all
from porch.engine.facts import bell
from porch.engine.facts.pull import MOST, Pulled, Stream, newest, pull
from porch.web.live.hub import Hub
from porch.web.live.leave import doubted, leaves_ended, which_stand
from porch.web.news import LISTS, Frame, bell_of, channels_of, frames_of, list_frames_of, lists_of, topics_of
from porch.web.server.pages import Pages

log = logging.getLogger("porch.follow")

STREAMS: tuple[Stream, ...] = ("community", "audience")
# Facts of this process ring the bell; those of the worker and of other servers are found by looking.
LOOK_EVERY_SECONDS = 0.5
# What waits for a member changes by what they read too, which no fact tells: open bells are compared with the rows.
COUNT_EVERY_SECONDS = 1.0
BELL = "notices-"
SPACE = "space"
# After the bell, so that whoever rang it finishes the answer first, and facts of one moment are read together.
GATHER_SECONDS = 0.005

CallSoon = Callable[..., object]


def where_facts_stand() -> dict[Stream, int]:
    """Give the newest fact of each stream, from where a follower goes on."""
    return {stream: newest(stream) for stream in STREAMS}


class Follower:
    def __init__(self, pages: Pages, hub: Hub, known: dict[Stream, int], call_soon: CallSoon) -> None:
        self.pages = pages
        self.hub = hub
        # Has something done on the thread of the hub.
        self.call_soon = call_soon
        self.at = known
        self.counted = 0.0
        hub.floor = self.at["community"]
        hub.on_join = self._welcome
        self._came: deque[str] = deque()
        self._wanted = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._follow, name="follow", daemon=True)

    def start(self) -> None:
        bell.listen(self._wanted.set)
        self._thread.start()

    def stop(self) -> None:
        self._stopped = True
        bell.forget(self._wanted.set)
        self._wanted.set()
        self._thread.join(timeout=1)

    def _follow(self) -> None:
        while not self._stopped:
            if self._wanted.wait(LOOK_EVERY_SECONDS):
                time.sleep(GATHER_SECONDS)
            self._wanted.clear()
            try:
                self.look()
            except DatabaseError as error:
                log.warning("the facts cannot be read just now: %s", error)
                connection.close()
                self._wanted.wait(1)
        connection.close()

    def look(self) -> None:
        """Pass on what has happened, and tell numbers to those who have come or are due."""
        for stream in STREAMS:
            self._pass_on(stream)
        if self._came:
            self._tell_numbers({self._came.popleft() for _ in range(len(self._came))})
        if time.monotonic() - self.counted >= COUNT_EVERY_SECONDS:
            self.counted = time.monotonic()
            self._tell_numbers(self.hub.names_of("notices"))

    def _welcome(self, names: Iterable[str]) -> None:
        """Have those who come told how many notices wait."""
        if bells := [each for each in names if each.startswith(BELL)]:
            self._came.extend(bells)
            self._wanted.set()

    def _pass_on(self, stream: Stream) -> None:
        there_may_be_more = True
        while there_may_be_more and (facts := pull(stream, after=self.at[stream])):
            # What is noted from now on rings again.
            there_may_be_more = len(facts) == MOST
            # Before any frame goes out, so that nobody hears what was said after they were put out.
            if asked := doubted(facts, self.hub.leaves_of("topic", "spaces")):
                self.call_soon(self.hub.revoke, asked - which_stand(asked))
            for fact in facts:
                # First what cannot fail: no page and no line must stay because a frame could not be made.
                if topics := topics_of(fact):
                    self.call_soon(self.pages.change, *topics)
                if ended := leaves_ended(fact):
                    self.call_soon(self.hub.revoke, ended)
                self.tell(fact)
                self.at[stream] = fact.id
            named = {f"{BELL}{fact.ids['member_id']}" for fact in facts if fact.kind == "NoticeMade"}
            self._tell_numbers(filter(self.hub.is_heard, named))

    def tell(self, fact: Pulled) -> None:
        """Tell a fact to those who listen, and to those who have a list open that is old by it."""
        for channel in channels_of(fact):
            self._tell_on(channel, fact, frames_of)
        if fact.kind in LISTS:
            for each in self._lists_of(fact):
                self._tell_on(each, fact, list_frames_of)

    def _lists_of(self, fact: Pulled) -> list[str]:
        """Name the channels of the lists that are old. Where nobody has one open they are not looked up."""
        if self.hub.names_of(SPACE):
            try:
                return lists_of(fact)
            except DatabaseError:
                raise  # the fact is read again
            except Exception:
                log.exception("it could not be found which lists are old by fact %s", fact.id)
        self.call_soon(self.hub.pass_over_all, SPACE, fact.id)
        return []

    def _tell_on(self, channel: str, fact: Pulled, make: Callable[[Pulled], list[Frame]]) -> None:
        """Tell a fact on a channel. Where that cannot be done those who listen are told to look again."""
        frames: list[Frame] | None = None
        if self.hub.is_heard(channel):
            try:
                frames = make(fact)
            except DatabaseError:
                raise  # the fact is read again
            except Exception:
                log.exception("no news could be made of fact %s", fact.id)
        self.call_soon(self._publish, channel, fact.id, frames)

    def _tell_numbers(self, names: Iterable[str]) -> None:
        """Tell those whose bell shows another number than what waits for them. How it came about is all the same."""
        # What was told is looked up before the rows are read: a page that comes meanwhile may know better than they.
        told = {int(each.removeprefix(BELL)): (each, self.hub.says(each)) for each in names}
        for member, waiting in waiting_of_all(told).items():
            name, before = told[member]
            if (frame := bell_of(waiting)) != before:
                self.call_soon(self.hub.tell_now, name, frame)

    def _publish(self, channel: str, number: int, frames: list[Frame] | None) -> None:
        if frames is None:
            self.hub.pass_over(channel, number)
            return
        for place, each in enumerate(frames, start=1):
            self.hub.publish(channel, number, each.event, each.html, key=each.key, more=place < len(frames))
