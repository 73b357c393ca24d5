import socket
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.kit.http import AddressNotAllowed, NotFetched, NotReachable, Policy, TooSlow, fetch
from porch.kit.http import network as ways
from porch.kit.http.network import Network, system_look_up
from porch.kit.http.special import SPECIAL_V4, SPECIAL_V6
from tests.kit.http.spellings import spellings_of
from tests.kit.http.stage import OK, World, policy, redirect, server

PUBLIC = "93.184.216.34"


def within(block: str) -> st.SearchStrategy[str]:
    return st.ip_addresses(network=block).map(str)


special = st.sampled_from([*SPECIAL_V4, *SPECIAL_V6]).flatmap(within)


@settings(deadline=None)
@given(special.flatmap(spellings_of))
def test_no_spelling_of_a_special_address_is_visited(host: str) -> None:
    world = World()
    with pytest.raises(NotFetched):
        fetch(f"http://{host}/", network=world.network)
    assert (world.lookups, world.knocks) == ([], [])


@settings(deadline=None)
@given(st.lists(special, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_nor_a_name_that_stands_for_one_among_others(bad: list[str], random: st.DataObject) -> None:
    answer = [*bad, PUBLIC, "2606:4700::1111"]
    random.shuffle(answer)  # type: ignore[attr-defined]
    world = World({"example.org": [answer]})
    with pytest.raises(AddressNotAllowed) as refusal:
        fetch("http://example.org/", network=world.network)
    assert world.knocks == []
    assert not any(text in str(refusal.value) for text in bad if len(text) > 3)


def test_a_name_is_looked_up_once_for_a_visit() -> None:
    world = World({"example.org": [["127.0.0.1"], ["127.0.0.2"]]})
    with server() as site:
        fetched = fetch(site.url(host="example.org"), policy=policy(site), network=world.network)
    assert fetched.body == b"hello"
    assert (len(world.lookups), world.knocks) == (1, ["127.0.0.1"])


def test_a_name_that_turns_inwards_between_two_visits_is_caught() -> None:
    world = World({"example.org": [["127.0.0.1"], ["10.0.0.1"]]})
    with server(redirect("/next"), OK) as site, pytest.raises(AddressNotAllowed):
        fetch(site.url(host="example.org"), policy=policy(site), network=world.network)
    assert (len(world.lookups), world.knocks) == (2, ["127.0.0.1"])


def test_what_is_let_through_is_no_more_than_that() -> None:
    world = World({"example.org": [["127.0.0.1", "127.0.0.2"]]})
    with server() as site, pytest.raises(AddressNotAllowed):
        fetch(site.url(host="example.org"), policy=policy(site), network=world.network)
    with pytest.raises(AddressNotAllowed):
        fetch("http://[::ffff:7f00:1]/", policy=policy(ports=(80,)), network=world.network)
    assert world.knocks == []


def test_a_connection_that_ends_elsewhere_is_dropped_unused() -> None:
    with server() as site:
        elsewhere = Network(
            look_up=lambda name, port: [PUBLIC],
            connect=lambda address, port, seconds: socket.create_connection(("127.0.0.1", site.port)),
        )
        with pytest.raises(AddressNotAllowed):
            fetch("http://example.org/", policy=Policy(seconds=5), network=elsewhere)
    assert site.asked in ([], [b""])


def test_a_name_without_addresses_is_not_reachable() -> None:
    for answers in ({}, {"example.org": [[]]}):
        with pytest.raises(NotReachable):
            fetch("http://example.org/", network=World(answers).network)


def test_the_next_address_is_tried_where_nobody_answers() -> None:
    with server(host="::1") as site:
        world = World({"example.org": [["127.0.0.1", "::1"]]})
        fetched = fetch(site.url(host="example.org"), policy=policy(site), network=world.network)
    assert fetched.body == b"hello"
    assert world.knocks == ["127.0.0.1", "::1"]


def test_a_name_with_very_many_addresses_makes_few_knocks() -> None:
    knocks = []

    def connect(address: object, port: int, seconds: float) -> socket.socket:
        knocks.append(seconds)
        raise ConnectionRefusedError

    many = [f"93.184.216.{last}" for last in range(200)]
    with pytest.raises(NotReachable):
        fetch("http://example.org/", network=Network(lambda name, port: many, connect))
    assert len(knocks) == ways.MOST_ADDRESSES
    assert sum(knocks[:1]) <= 20 / ways.MOST_ADDRESSES


def test_a_lookup_that_hangs_is_left_behind() -> None:
    gone_home = threading.Event()
    try:
        hanging = Network(look_up=lambda name, port: [str(gone_home.wait(10))])
        with pytest.raises(TooSlow):
            fetch("http://example.org/", policy=Policy(seconds=0.05), network=hanging)
    finally:
        gone_home.set()


def test_lookups_that_hang_cannot_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "LOOKUPS", threading.BoundedSemaphore(1))
    gone_home, asked = threading.Event(), []

    def look_up(name: str, port: int) -> list[str]:
        asked.append(name)
        gone_home.wait(10)
        raise socket.gaierror

    try:
        for name in ("one.example", "two.example"):
            with pytest.raises(TooSlow):
                fetch(f"http://{name}/", policy=Policy(seconds=0.2), network=Network(look_up=look_up))
        assert "two.example" not in asked
    finally:
        gone_home.set()
    with pytest.raises(NotReachable):
        fetch("http://three.example/", policy=Policy(seconds=5), network=Network(look_up=look_up))


def test_an_error_of_our_own_in_a_lookup_is_not_hidden() -> None:
    def look_up(name: str, port: int) -> list[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fetch("http://example.org/", network=Network(look_up=look_up))


def test_the_system_is_asked_for_addresses() -> None:
    assert set(system_look_up("localhost", 80)) <= {"127.0.0.1", "::1"}
    assert system_look_up("localhost", 80)
