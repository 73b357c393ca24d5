"""Run the server: sockets first, then the event loop, then a calm end."""

import asyncio
import errno
import logging
import resource
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, close_old_connections, connections
from uvicorn import Config, Server

from porch.web.live.follow import Follower, where_facts_stand
from porch.web.live.leave import which_stand
from porch.web.server.asgi import Receive, Scope, Send
from porch.web.server.database_file import DatabaseFile
from porch.web.server.front import Front
from porch.web.server.pool import Full, Pool
from porch.web.server.protocol import Connection, end_slow_heads
from porch.web.settings.options import Options

log = logging.getLogger("porch.server")

END_SECONDS = 4
BEAT_SECONDS = 20
LOOK_SECONDS = 2
LINES_SECONDS = 0.5
MOST_LOOKED_AT = 500
MOST_FILES = 65_536
FILES_OF_OURS = 200


Call = Callable[[], object]


class DatabaseReplaced(Exception):
    """The server has to start again: it holds a database file that is no longer the one at its path."""


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

    def __init__(self, options: Options, on_ready: Call, on_look: Call, on_beat: Call) -> None:
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
        self.was_replaced = False
        self.known = where_facts_stand()
        self.on_ready = on_ready
        self.on_look = on_look
        self.on_beat = on_beat
        self.file = DatabaseFile.of(settings.DATABASES["default"])
        self.front: Front

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.front(scope, receive, send)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # SQLite answers in microseconds and holds the interpreter meanwhile; PostgreSQL lets it go and takes its time.
        self.pool = Pool(self.options.threads, is_eager=bool(self.options.database))
        self.front = Front(WSGIHandler(), self.options, settings.SESSION_COOKIE_NAME.encode(), self.pool)
        self.front.languages = tuple(code for code, _ in settings.LANGUAGES)
        # Straight to the front, without a hop.
        self.config.loaded_app = self.front
        self.follower = Follower(
            self.front.pages, self.front.hub, self.known, asyncio.get_running_loop().call_soon_threadsafe
        )
        self.follower.start()
        await super().startup(sockets)
        self.keepers = [asyncio.create_task(self.look_after()), asyncio.create_task(self.look_at_lines())]
        self.on_ready()

    async def look_after(self) -> None:
        """Beat the live lines, look after the worker, and end connections that never finish asking."""
        loop = asyncio.get_running_loop()
        beaten = loop.time()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.on_look()
            self.look_at_file()
            end_slow_heads(self.server_state.connections, loop.time())
            if loop.time() - beaten >= BEAT_SECONDS:
                beaten = loop.time()
                self.front.hub.beat()
                await self.on_a_page_thread(self.on_beat, writes=True)

    async def look_at_lines(self) -> None:
        """Hang up on lines whose leave is gone without a fact that said so: deleted, over, or shut out.

        Each look asks about so many; the lines of an ordinary house are all looked at each time.
        """
        while True:
            await asyncio.sleep(LINES_SECONDS)
            if asked := self.front.hub.leaves_to_look_at(MOST_LOOKED_AT):
                stand = await self.on_a_page_thread(which_stand, asked)
                if stand is not None:
                    self.front.hub.revoke(set(asked) - stand)

    async def on_a_page_thread(self, work: Callable[..., Any], *args: Any, writes: bool = False) -> Any:
        """Do something for the house; give None where that cannot be done just now."""
        try:
            return await self.pool.run(with_good_connections, work, *args, writes=writes)
        except (Full, DatabaseError) as error:
            log.warning("%s has to wait: %s", getattr(work, "__name__", "a round"), error or "no room")
            return None

    def look_at_file(self) -> None:
        """Refuse to write into a database file that is gone; end where another lies in its place."""
        state = self.file.look()
        if state == "gone" and not self.front.is_read_only:
            log.critical("the database file is gone: nothing is written until it is back")
        self.front.is_read_only = state == "gone"
        if state == "replaced" and not self.should_exit:
            log.critical("another database file lies in the place of ours: stopping, to start again with it")
            self.was_replaced = self.should_exit = True

    async def end_connections(self) -> None:
        """Ask every connection to end, those too that were let in a moment ago."""
        while True:
            for connection in list(self.server_state.connections):
                connection.shutdown()
            await asyncio.sleep(0.05)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for keeper in self.keepers:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper
        await asyncio.sleep(0)  # whoever stands at the door by now is let in
        closing = asyncio.create_task(self.end_connections())
        await super().shutdown(sockets)
        closing.cancel()
        self.follower.stop()
        self.pool.close()


def with_good_connections(work: Callable[..., Any], *args: Any) -> Any:
    """Do what no request asks for as Django does requests: without a connection that broke before."""
    close_old_connections()
    return work(*args)


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
    on_ready: Call,
    on_look: Call,
    on_beat: Call,
) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; requests that are under way get their answer.

    ``on_ready`` is called once, ``on_look`` every few seconds, ``on_beat`` three times a minute on a page thread.
    Raises DatabaseReplaced where the server ended because of its database.
    """
    make_room_for_connections()
    server = PorchServer(options, on_ready, on_look, on_beat)
    connections.close_all()
    server.run(sockets=sockets)
    if server.was_replaced:
        raise DatabaseReplaced
