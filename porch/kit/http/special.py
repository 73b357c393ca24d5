"""The addresses that are no public server's: IANA's special-purpose registries, written out.

``ipaddress.is_global`` follows the registries of the day its Python was released, and has changed its mind
between patch releases; this table is ours. It is stricter in two ways: a special block is refused whole, also
where the registry calls a part of it reachable, and of IPv6 only global unicast (2000::/3) is a place to go.

Sources: https://www.iana.org/assignments/iana-ipv4-special-registry/ and the same for ipv6.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

IPAddress = IPv4Address | IPv6Address

SPECIAL_V4 = {
    "0.0.0.0/8": "this network, RFC 791",
    "10.0.0.0/8": "private, RFC 1918",
    "100.64.0.0/10": "shared by carriers, RFC 6598",
    "127.0.0.0/8": "loopback, RFC 1122",
    "168.63.129.16/32": "the host beneath every machine on Azure; public in form only",
    "169.254.0.0/16": "link-local, RFC 3927; the metadata of most clouds",
    "172.16.0.0/12": "private, RFC 1918",
    "192.0.0.0/24": "protocol assignments, RFC 6890",
    "192.0.2.0/24": "documentation (TEST-NET-1), RFC 5737",
    "192.31.196.0/24": "AS112, RFC 7535",
    "192.52.193.0/24": "AMT, RFC 7450",
    "192.88.99.0/24": "6to4 relays, RFC 7526",
    "192.168.0.0/16": "private, RFC 1918",
    "192.175.48.0/24": "AS112, RFC 7534",
    "198.18.0.0/15": "benchmarking, RFC 2544",
    "198.51.100.0/24": "documentation (TEST-NET-2), RFC 5737",
    "203.0.113.0/24": "documentation (TEST-NET-3), RFC 5737",
    "224.0.0.0/4": "multicast, RFC 5771",
    "240.0.0.0/4": "reserved, RFC 1112",
    "255.255.255.255/32": "broadcast, RFC 8190",
}

SPECIAL_V6 = {
    "::/128": "unspecified, RFC 4291",
    "::1/128": "loopback, RFC 4291",
    "::/96": "an IPv4 address inside, deprecated, RFC 4291",
    "::ffff:0:0/96": "an IPv4 address inside (mapped), RFC 4291",
    "::ffff:0:0:0/96": "an IPv4 address inside (translated), RFC 2765",
    "64:ff9b::/96": "an IPv4 address inside (NAT64), RFC 6052",
    "64:ff9b:1::/48": "local NAT64, RFC 8215",
    "100::/64": "discard, RFC 6666",
    "100:0:0:1::/64": "dummy, RFC 9780",
    "2001::/23": "protocol assignments, RFC 2928",
    "2001::/32": "an IPv4 address inside (Teredo), RFC 4380",
    "2001:2::/48": "benchmarking, RFC 5180",
    "2001:10::/28": "ORCHID, RFC 4843",
    "2001:20::/28": "ORCHID 2, RFC 7343",
    "2001:30::/28": "drone identities, RFC 9374",
    "2001:db8::/32": "documentation, RFC 3849",
    "2002::/16": "an IPv4 address inside (6to4), RFC 3056",
    "2620:4f:8000::/48": "AS112, RFC 7534",
    "3fff::/20": "documentation, RFC 9637",
    "5f00::/16": "SRv6 segments, RFC 9602",
    "fc00::/7": "unique local, RFC 4193",
    "fe80::/10": "link-local, RFC 4291",
    "fec0::/10": "site-local, deprecated, RFC 3879",
    "ff00::/8": "multicast, RFC 4291",
    "::/3": "not global unicast, RFC 4291",
    "4000::/2": "not global unicast, RFC 4291",
    "8000::/1": "not global unicast, RFC 4291",
}

_V4 = tuple(IPv4Network(block) for block in SPECIAL_V4)
_V6 = tuple(IPv6Network(block) for block in SPECIAL_V6)


def is_special(address: IPAddress) -> bool:
    """Say whether no public server can stand at this address."""
    if isinstance(address, IPv4Address):
        return any(address in block for block in _V4)
    # A zone (fe80::1%eth0) names an interface of this machine.
    return address.scope_id is not None or any(address in block for block in _V6)
