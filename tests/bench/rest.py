"""Memory at rest: the server and its worker, a moment after both have done a little."""

import time

import httpx

from tests.bench.meter import memory_kib, tree
from tests.bench.report import Figure, judge
from tests.bench.stage import Ground, Server

NAMES = ("rest_memory",)


def measure_rest(ground: Ground, *, seconds: float) -> Figure:
    """Add up the proportional set size (PSS) of both processes: what would be free again without them."""
    with ground.porch() as porch, ground.reference() as reference:
        for server in (porch, reference):
            look_around(server)
        time.sleep(seconds)
        assert len(tree(porch.pid)) == 2, "the server and its worker"
        ours, theirs, rss = (
            kib * 1024 / 1e6
            for kib in (
                memory_kib(porch.pid, "Pss"),
                memory_kib(reference.pid, "Pss"),
                memory_kib(porch.pid, "Rss"),
            )
        )
    wanted, met = judge(ours, "MB", most=150)
    note = f"PSS of both processes; their RSS adds up to {rss:.0f} MB"
    return Figure("rest_memory", ours, theirs, ours / theirs, "MB", wanted, met, note=note)


def look_around(server: Server) -> None:
    """Ask for each page a few times: a server that has never made one is not at rest but asleep."""
    for path in ("/", "/?fresh", "/inside/") * 5:
        address = f"http://127.0.0.1:{server.port}{path}"
        httpx.get(address, headers=server.headers(signed_in=True), trust_env=False).raise_for_status()
