"""All the ways we know of to write a literal address into the host of a URL."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from hypothesis import strategies as st

FULLWIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789abcdef"}
BASES = ("{}", "0{:o}", "0000{:o}", "0x{:x}", "0X{:X}", "0x000{:x}")


def spellings_of(text: str) -> st.SearchStrategy[str]:
    address = ip_address(text)
    if isinstance(address, IPv4Address):
        plain = st.one_of(st.just(text), numbers(address), mapped(address))
    else:
        plain = st.one_of(st.just(f"[{text}]"), longhand(address))
    return plain.flatmap(disguised)


@st.composite
def numbers(draw: st.DrawFn, address: IPv4Address) -> str:
    """One to four parts, as inet_aton reads them, each in a base of its own."""
    parts = draw(st.integers(1, 4))
    last = int(address) & (2 ** (8 * (5 - parts)) - 1)
    values = [*address.packed[: parts - 1], last]
    return ".".join(draw(st.sampled_from(BASES)).format(value) for value in values)


def mapped(address: IPv4Address) -> st.SearchStrategy[str]:
    high, low = divmod(int(address), 2**16)
    prefixes = ["::ffff:", "::", "::ffff:0:", "64:ff9b::", "0:0:0:0:0:ffff:"]
    return st.sampled_from(prefixes).flatmap(
        lambda prefix: st.sampled_from([f"[{prefix}{address}]", f"[{prefix}{high:x}:{low:x}]"])
    )


def longhand(address: IPv6Address) -> st.SearchStrategy[str]:
    full = address.exploded
    return st.sampled_from([f"[{full}]", f"[{full.upper()}]", f"[{full}%lo]", f"[{full}%25lo]", full])


def disguised(host: str) -> st.SearchStrategy[str]:
    """Add a dot, a port, a name, another alphabet, or what some readers cut away."""
    quoted = "".join(f"%{ord(c):02x}" for c in host)
    dressed = [host, host, f"{host}.", f"{host}:80", f"{host}%00", f"{host}%20", f"\t{host}", quoted]
    dressed += [f"me@{host}", f"example.org@{host}", f"example.org\\@{host}", f"{host}\\.example.org"]
    dressed += [f"{host}#@example.org", f"{host}?.example.org", host.translate(FULLWIDTH)]
    dressed += [host.replace(".", dot) for dot in ("\u3002", "\uff0e", "\uff61")]
    return st.sampled_from(dressed)
