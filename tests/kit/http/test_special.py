from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.kit.http.special import SPECIAL_V4, SPECIAL_V6, is_special


@pytest.mark.parametrize("block", [*SPECIAL_V4, *SPECIAL_V6])
def test_a_special_block_is_special_from_end_to_end(block: str) -> None:
    network = ip_network(block)
    assert is_special(network[0])
    assert is_special(network[-1])
    assert is_special(network[network.num_addresses // 2])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "93.184.216.34",
            "100.63.255.255",
            "100.128.0.0",
        ),
        *("126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0"),
        *("192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255"),
        *(
            "2000::1",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2003::1",
            "2606:4700::1111",
            "2a00::1",
            "3ffe::1",
        ),
    ],
)
def test_public_addresses_are_not(text: str) -> None:
    assert not is_special(ip_address(text))


def test_a_zone_is_never_public() -> None:
    assert is_special(IPv6Address("2606:4700::1111%eth0"))


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_no_ipv4_address_is_public_that_python_calls_special(address: IPv4Address) -> None:
    assert address.is_global or is_special(address)


@settings(deadline=None)
@given(st.one_of(st.integers(0, 2**128 - 1), st.integers(2**125, 2**126 - 1)).map(IPv6Address))
def test_no_ipv6_address_is_public_that_python_calls_special(address: IPv6Address) -> None:
    assert address.is_global or is_special(address)


def test_nor_is_any_at_the_edges_of_what_python_knows() -> None:
    for known in (IPv4Address, IPv6Address):
        constants = known._constants  # type: ignore[union-attr]
        for network in constants._private_networks:
            for edge in (int(network[0]) - 1, int(network[0]), int(network[-1]), int(network[-1]) + 1):
                if 0 <= edge < 2**network.max_prefixlen:
                    assert known(edge).is_global or is_special(known(edge)), known(edge)
