"""Run the server: sockets first, then the event loop, then a calm end."""

import asyncio
import errno
import logging
import resource
import socket
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from uvicorn import Config, Server

from porch.web.server.asgi import Receive, Scope, Send
from porch.web.server.follow import Follower, where_facts_stand
from porch.web.server.front import Front
from porch.web.server.pool import Pool
from porch.web.server.protocol import Connection, end_slow_heads
from porch.web.settings.options import Options

log = logging.getLogger("porch.server")

END_SECONDS = 4
BEAT_SECONDS = 20
LOOK_SECONDS = 2
MOST_FILES = 65_536
FILES_OF_OURS = 200


class CannotListen(Exception):
    """The address is taken or not ours. The text says what to do."""


def open_sockets(host: str, port: int) -> list[socket.socket]:
    """Listen at an address; ``localhost`` means both loopbacks, since browsers try either first."""
    hosts = ["127.0.0.1", "::1"] if host == "localhost" else [host]
    opened: list[socket.socket] = []
    for each in hosts:
        family = socket.AF_INET6 if ":" in each else socket.AF_INET
        sock = None
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            # The second loopback takes whatever port the first was given.
            sock.bind((each, opened[0].getsockname()[1] if opened else port))
            sock.listen(1024)
        except OSError as error:
            if sock is not None:
                sock.close()
            if each == "::1" and error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                continue  # a machine without IPv6
            for done in opened:
                done.close()
            raise CannotListen(why_not(error, each, port)) from error
        sock.setblocking(False)
        opened.append(sock)
    return opened


def why_not(error: OSError, host: str, port: int) -> str:
    """Put into words why an address cannot be listened at, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken; is Porch running already? Another port: PORCH_URL=http://localhost:{port + 1}"
    if error.errno == errno.EACCES:
        return f"only root may listen on port {port}; choose one above 1023 with PORCH_BIND, behind a proxy"
    return f"cannot listen on {host} port {port}: {error.strerror}"


class PorchServer(Server):
    """uvicorn's server with our front: started in its loop, looked after while it runs."""

    def __init__(self, options: Options, on_ready: Callable[[], None], on_look: Callable[[], None]) -> None:
        super().__init__(
            Config(
                self.answer,
                http=Connection,
                loop="auto",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=65,
                timeout_graceful_shutdown=END_SECONDS,
            )
        )
        self.options = options
        self.known = where_facts_stand()
        self.on_ready = on_ready
        self.on_look = on_look
        self.front: Front

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.front(scope, receive, send)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # SQLite answers in microseconds and holds the interpreter meanwhile; PostgreSQL lets it go and takes its time.
        self.pool = Pool(self.options.threads, is_eager=bool(self.options.database))
        self.front = Front(WSGIHandler(), self.options, settings.SESSION_COOKIE_NAME.encode(), self.pool)
        # Straight to the front, without a hop.
        self.config.loaded_app = self.front
        self.follower = Follower(self.front.pages, self.front.hub, self.known)
        await super().startup(sockets)
        self.keeper = asyncio.create_task(self.look_after())
        self.on_ready()

    async def look_after(self) -> None:
        """Beat the live lines, look after the worker, and end connections that never finish asking."""
        loop = asyncio.get_running_loop()
        beaten = loop.time()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.on_look()
            end_slow_heads(self.server_state.connections, loop.time())
            if loop.time() - beaten >= BEAT_SECONDS:
                beaten = loop.time()
                self.front.hub.beat()

    async def end_connections(self) -> None:
        """Ask every connection to end, those too that were let in a moment ago."""
        while True:
            for connection in list(self.server_state.connections):
                connection.shutdown()
            await asyncio.sleep(0.05)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.keeper.cancel()
        with suppress(asyncio.CancelledError):
            await self.keeper
        await asyncio.sleep(0)  # whoever stands at the door by now is let in
        closing = asyncio.create_task(self.end_connections())
        await super().shutdown(sockets)
        closing.cancel()
        self.follower.stop()
        self.pool.close()


def make_room_for_connections() -> None:
    """Let this process open as many files as it may, and take no more connections than that leaves room for."""
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(most, MOST_FILES) if most != resource.RLIM_INFINITY else MOST_FILES
    if least < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    files = max(least, wanted)
    Connection.most_connections = max(files - FILES_OF_OURS, files // 2)


def run_server(
    options: Options,
    sockets: list[socket.socket],
    on_ready: Callable[[], None],
    on_look: Callable[[], None],
) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; requests that are under way get their answer.

    ``on_ready`` is called once, ``on_look`` every few seconds.
    """
    make_room_for_connections()
    server = PorchServer(options, on_ready, on_look)
    connections.close_all()
    server.run(sockets=sockets)
