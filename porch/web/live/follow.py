"""A thread that follows the facts and passes the news on to the cache and the hub of this process."""

import asyncio
import logging
import threading
import time

from django.db import DatabaseError, connection

from porch.engine.facts import bell
from porch.engine.facts.pull import MOST, Pulled, Stream, newest, pull
from porch.web.live.hub import Hub
from porch.web.live.leave import doubted, leaves_ended, which_stand
from porch.web.news import Frame, channel_of, frames_of, topics_of
from porch.web.server.pages import Pages

log = logging.getLogger("porch.follow")

STREAMS: tuple[Stream, ...] = ("community", "audience")
# Facts of this process ring the bell; those of the worker and of other servers are found by looking.
LOOK_EVERY_SECONDS = 0.5
# After the bell, so that whoever rang it finishes the answer first, and facts of one moment are read together.
GATHER_SECONDS = 0.005


def where_facts_stand() -> dict[Stream, int]:
    """Give the newest fact of each stream, from where a follower goes on."""
    return {stream: newest(stream) for stream in STREAMS}


class Follower:
    def __init__(self, pages: Pages, hub: Hub, known: dict[Stream, int]) -> None:
        self.pages = pages
        self.hub = hub
        self.loop = asyncio.get_running_loop()
        self.at = known
        hub.floor = self.at["community"]
        self._wanted = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._follow, name="follow", daemon=True)
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
                for stream in STREAMS:
                    self._pass_on(stream)
            except DatabaseError as error:
                log.warning("the facts cannot be read just now: %s", error)
                connection.close()
                self._wanted.wait(1)
        connection.close()

    def _pass_on(self, stream: Stream) -> None:
        there_may_be_more = True
        while there_may_be_more and (facts := pull(stream, after=self.at[stream])):
            # What is noted from now on rings again.
            there_may_be_more = len(facts) == MOST
            # Before any frame goes out, so that nobody hears what was said after they were put out.
            if asked := doubted(facts, self.hub.leaves_of("topic")):
                self.loop.call_soon_threadsafe(self.hub.revoke, asked - which_stand(asked))
            for fact in facts:
                # First what cannot fail: no page and no line must stay because a frame could not be made.
                if topics := topics_of(fact):
                    self.loop.call_soon_threadsafe(self.pages.change, *topics)
                if ended := leaves_ended(fact):
                    self.loop.call_soon_threadsafe(self.hub.revoke, ended)
                self._tell(fact)
                self.at[stream] = fact.id

    def _tell(self, fact: Pulled) -> None:
        """Tell a fact to those who listen. Where that cannot be done they are told to look again."""
        channel = channel_of(fact)
        if channel is None:
            return
        frames: list[Frame] | None = None
        if self.hub.is_heard(channel):
            try:
                frames = frames_of(fact)
            except DatabaseError:
                raise  # the fact is read again
            except Exception:
                log.exception("no news could be made of fact %s", fact.id)
        self.loop.call_soon_threadsafe(self._publish, channel, fact.id, frames)

    def _publish(self, channel: str, number: int, frames: list[Frame] | None) -> None:
        if frames is None:
            self.hub.pass_over(channel, number)
            return
        for place, each in enumerate(frames, start=1):
            self.hub.publish(channel, number, each.event, each.html, key=each.key, more=place < len(frames))
