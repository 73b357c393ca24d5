"""A fixed set of threads that make pages, and the way back to the event loop.

Threads are few and live as long as the server, so each keeps its database connection and its caches warm.
Answers that are ready at the same moment wake the loop once.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

Work = Callable[..., Any]
Order = tuple[Work, tuple[Any, ...], "asyncio.Future[Any]"]


class Full(Exception):
    """More work waits than the server will get to in reasonable time."""


class Pool:
    def __init__(self, threads: int, *, most_waiting: int = 1_000) -> None:
        self.most_waiting = most_waiting
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._done: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._waking = False
        self._loop = asyncio.get_running_loop()
        self._threads = [
            threading.Thread(target=self._work, name=f"page-{n}", daemon=True) for n in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def run(self, work: Work, *args: Any) -> "asyncio.Future[Any]":
        """Hand work to the next free thread. Raises Full instead of queueing without end."""
        if self._orders.qsize() >= self.most_waiting:
            raise Full
        future = self._loop.create_future()
        self._orders.put((work, args, future))
        return future

    def close(self) -> None:
        """Let the threads finish what they hold, and end."""
        for _ in self._threads:
            self._orders.put(None)
        for thread in self._threads:
            thread.join(timeout=1)

    def _work(self) -> None:
        while (order := self._orders.get()) is not None:
            work, args, future = order
            result, error = None, None
            try:
                result = work(*args)
            except BaseException as caught:
                error = caught
            # First the answer, then the look at the flag; the loop lowers the flag, then takes the answers.
            # So an answer is either seen by the call under way or causes one.
            self._done.append((future, result, error))
            if not self._waking:
                self._waking = True
                self._wake()

    def _wake(self) -> None:
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
