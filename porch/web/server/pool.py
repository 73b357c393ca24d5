"""A fixed set of threads that make pages, and the way back to the event loop.

Threads are few and live as long as the server, so each keeps its database connection and its caches warm.
As a rule one of them works and the others sleep: Python runs one at a time anyway, and threads that take the
interpreter from each other at every row of a query cost more than the query. Only where nothing has moved for
a moment, because whoever works is waiting for a lock or a disk, the next one is called.

For the same reason answers leave in small batches while more work waits: a loop that is awake takes part in the
quarrel for the interpreter, and a quarrel over every row costs as much as a third of a page.

Work that writes may have to wait for a lock, for seconds. It gets all threads but one, so that whoever only reads is
served meanwhile, and a part of the queue.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

Work = Callable[..., Any]
Bell = SimpleQueue[bool]
Order = tuple[Work, tuple[Any, ...], "asyncio.Future[Any]", bool]


class Full(Exception):
    """More work waits than the server will get to in reasonable time."""


class Pool:
    # So long may orders wait while nobody takes one, before somebody else is called to work; and so long may an
    # answer wait for the next ones while there is work. A page takes a millisecond or two.
    PATIENCE_SECONDS = 0.01

    def __init__(self, threads: int, *, most_waiting: int = 1_000, is_eager: bool = False) -> None:
        """Start the threads. An eager pool has them all work at once: right where they wait for another machine."""
        self.is_eager = is_eager
        self.most_waiting = most_waiting
        self.most_writing = max(1, threads - 1)
        self._orders: deque[Order] = deque()
        # Orders that write and found as many writing as may: they go before the others when one is done.
        self._aside: deque[Order] = deque()
        self._writing = 0
        self._bells: list[Bell] = [SimpleQueue() for _ in range(threads)]
        self._asleep = list(self._bells)
        self._done: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._waking = False
        self._lock = threading.Lock()
        self._moved_at = 0.0
        self._held_since = 0.0
        self._is_watched = False
        self._loop = asyncio.get_running_loop()
        self._threads = [
            threading.Thread(target=self._live, args=(bell,), name=f"page-{n}", daemon=True)
            for n, bell in enumerate(self._bells)
        ]
        for thread in self._threads:
            thread.start()

    def run(self, work: Work, *args: Any, writes: bool = False) -> "asyncio.Future[Any]":
        """Hand work to a thread. Raises Full instead of queueing without end."""
        if len(self._orders) >= self.most_waiting or (writes and len(self._aside) >= self.most_waiting // 2):
            raise Full
        future = self._loop.create_future()
        with self._lock:
            self._orders.append((work, args, future, writes))
            if self._asleep and (self.is_eager or len(self._asleep) == len(self._threads)):
                self._call_one()
            elif not self._is_watched:
                self._is_watched = True
                self._loop.call_later(self.PATIENCE_SECONDS, self._watch)
        return future

    def close(self) -> None:
        """Let the threads finish what waits, and end."""
        for bell in self._bells:
            bell.put(False)
        for thread in self._threads:
            thread.join(timeout=1)

    def _call_one(self) -> None:
        """Wake whoever fell asleep last: its caches are warm."""
        self._moved_at = time.monotonic()
        self._asleep.pop().put(True)

    def _watch(self) -> None:
        """Call one more where orders wait and nobody has taken one for a while; fetch what answers are held."""
        self._hand_back()
        with self._lock:
            is_stuck = time.monotonic() - self._moved_at >= self.PATIENCE_SECONDS
            if self._orders and is_stuck and self._asleep:
                self._call_one()
            self._is_watched = bool(self._orders or self._done)
            if self._is_watched:
                self._loop.call_later(self.PATIENCE_SECONDS, self._watch)

    def _live(self, bell: Bell) -> None:
        while bell.get():
            began = time.monotonic()
            while (order := self._take(bell, began)) is not None:
                began = time.monotonic()
                self._work(*order)
            self._wake()

    def _take(self, bell: Bell, began: float) -> Order | None:
        """Take the next order, or let this thread sleep: there is none, or another was called in its place."""
        with self._lock:
            self._moved_at = time.monotonic()
            was_slow = self._moved_at - began >= self.PATIENCE_SECONDS
            others = len(self._threads) - len(self._asleep) - 1
            # Whoever has written takes what was put aside: nobody else is called for that.
            may_write = bool(self._aside) and self._writing < self.most_writing
            if self.is_eager or may_write or not (was_slow and others):
                order = self._next()
                if order is not None:
                    return order
            self._asleep.append(bell)
            return None

    def _next(self) -> Order | None:
        """Give the oldest order that may be worked on; those that write and may not yet are put aside."""
        may_write = self._writing < self.most_writing
        if self._aside and may_write:
            order = self._aside.popleft()
        else:
            while self._orders and self._orders[0][3] and not may_write:
                self._aside.append(self._orders.popleft())
            if not self._orders:
                return None
            order = self._orders.popleft()
        self._writing += order[3]
        return order

    def _work(self, work: Work, args: tuple[Any, ...], future: "asyncio.Future[Any]", writes: bool) -> None:
        result, error = None, None
        try:
            result = work(*args)
        except BaseException as caught:
            error = caught
        if writes:
            with self._lock:
                self._writing -= 1
        now = time.monotonic()
        if not self._done:
            self._held_since = now
        self._done.append((future, result, error))
        if not self._orders or now - self._held_since >= self.PATIENCE_SECONDS:
            self._wake()

    def _wake(self) -> None:
        """Have the loop fetch what is done, unless it is about to.

        Answers are put down before the look at the flag; the loop lowers the flag, then takes the answers.
        So an answer is either seen by the call under way or causes one.
        """
        if self._waking or not self._done:
            return
        self._waking = True
        try:
            self._loop.call_soon_threadsafe(self._hand_back)
        except RuntimeError:  # the loop is closed: nobody waits any more
            self._done.clear()

    def _hand_back(self) -> None:
        self._waking = False
        while self._done:
            future, result, error = self._done.popleft()
            if future.done():
                continue
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
