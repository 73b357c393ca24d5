import asyncio
import threading
import time

import pytest

from porch.web.server.pool import Full, Pool


def test_each_answer_finds_its_way_back() -> None:
    async def ask_in_waves() -> None:
        pool = Pool(4, most_waiting=5_000)
        for _ in range(20):
            answers = await asyncio.wait_for(
                asyncio.gather(*(pool.run(lambda n: n * 2, n) for n in range(200))), 10
            )
            assert answers == [n * 2 for n in range(200)]
        pool.close()

    asyncio.run(ask_in_waves())


def test_an_error_is_raised_where_the_answer_is_awaited() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    async def ask() -> None:
        pool = Pool(1)
        with pytest.raises(ZeroDivisionError):
            await pool.run(fail)
        assert await pool.run(lambda: 1) == 1, "the thread goes on"
        pool.close()

    asyncio.run(ask())


def test_too_much_waiting_work_is_refused() -> None:
    async def ask() -> None:
        pool, hold = Pool(1, most_waiting=2), threading.Event()
        held = [pool.run(hold.wait)]
        await asyncio.sleep(0.05)
        held += [pool.run(hold.wait), pool.run(hold.wait)]
        with pytest.raises(Full):
            pool.run(hold.wait)
        hold.set()
        await asyncio.gather(*held)
        pool.close()

    asyncio.run(ask())


def test_slow_work_holds_up_only_its_own_thread() -> None:
    async def ask() -> None:
        pool, begun = Pool(2), time.monotonic()
        slow = pool.run(time.sleep, 0.5)
        await pool.run(lambda: None)
        assert not slow.done()
        assert time.monotonic() - begun < 0.4
        await slow
        pool.close()

    asyncio.run(ask())


def test_every_thread_is_called_where_all_work_is_slow() -> None:
    async def ask() -> None:
        pool, meet = Pool(4), threading.Barrier(4)
        # Nobody passes the barrier before all four are at it.
        await asyncio.wait_for(asyncio.gather(*(pool.run(meet.wait, 5) for _ in range(4))), 5)
        pool.close()

    asyncio.run(ask())


def test_quick_work_flows_past_what_is_stuck() -> None:
    async def ask() -> None:
        pool, hold = Pool(2), threading.Event()
        stuck = pool.run(hold.wait, 10)
        begun = time.monotonic()
        await asyncio.gather(*(pool.run(lambda: None) for _ in range(500)))
        assert time.monotonic() - begun < 1, "not one at a time with a wait before each"
        hold.set()
        assert await stuck
        pool.close()

    asyncio.run(ask())


def test_one_thread_does_what_one_thread_can() -> None:
    async def ask() -> None:
        pool = Pool(4)
        names = await asyncio.gather(*(pool.run(lambda: threading.current_thread().name) for _ in range(300)))
        assert max(names.count(name) for name in set(names)) > 100
        pool.close()

    asyncio.run(ask())


def test_after_what_was_slow_one_thread_is_enough_again() -> None:
    async def ask() -> None:
        pool = Pool(4)
        await asyncio.gather(*(pool.run(time.sleep, 0.05) for _ in range(8)))
        await pool.run(lambda: None)
        await asyncio.sleep(0.05)
        assert len(pool._asleep) == 4
        await asyncio.gather(*(pool.run(lambda: None) for _ in range(200)))
        pool.close()

    asyncio.run(ask())


def test_an_eager_pool_has_all_of_its_threads_wait_at_once() -> None:
    """Where each page waits for another machine, no thread waits for the next."""

    async def ask() -> list[int]:
        pool, gate = Pool(4, is_eager=True), threading.Barrier(4, timeout=5)
        answers = await asyncio.gather(*(pool.run(gate.wait) for _ in range(4)))
        pool.close()
        return sorted(answers)

    assert asyncio.run(ask()) == [0, 1, 2, 3]


@pytest.mark.parametrize("is_eager", [False, True])
def test_who_writes_and_waits_leaves_a_thread_to_who_reads(is_eager: bool) -> None:
    async def ask() -> None:
        pool, locked = Pool(4, is_eager=is_eager), threading.Event()
        writers = [pool.run(locked.wait, 10, writes=True) for _ in range(20)]
        await asyncio.sleep(0.1)
        begun = time.monotonic()
        for _ in range(50):
            assert await asyncio.wait_for(pool.run(lambda: 1), 2) == 1
        assert time.monotonic() - begun < 1
        assert not any(each.done() for each in writers)
        locked.set()
        assert all(await asyncio.wait_for(asyncio.gather(*writers), 5))
        pool.close()

    asyncio.run(ask())


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_of_readers_and_writers_mixed_nobody_is_forgotten(threads: int) -> None:
    async def ask() -> None:
        pool = Pool(threads)
        for _ in range(20):
            orders = [pool.run(time.sleep, 0.002 * (n % 9 == 0), writes=n % 3 == 0) for n in range(60)]
            await asyncio.wait_for(asyncio.gather(*orders), 10)
        assert (pool._writing, len(pool._aside)) == (0, 0)
        pool.close()

    asyncio.run(ask())


def test_writers_that_wait_do_not_fill_the_queue_of_readers() -> None:
    async def ask() -> None:
        pool, locked = Pool(2, most_waiting=10), threading.Event()
        held = [pool.run(locked.wait, 10, writes=True)]
        await asyncio.sleep(0.05)
        for _ in range(5):
            held.append(pool.run(locked.wait, 10, writes=True))
            await asyncio.sleep(0.03)
        with pytest.raises(Full):
            pool.run(locked.wait, 10, writes=True)
        assert await asyncio.wait_for(pool.run(lambda: 1), 2) == 1
        locked.set()
        await asyncio.gather(*held)
        pool.close()

    asyncio.run(ask())
