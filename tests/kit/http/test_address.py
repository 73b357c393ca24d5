import pytest

from porch.kit.http.address import MOST_CHARACTERS, parse_address
from porch.kit.http.failures import AddressNotAllowed, MalformedAddress


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG/Path?Query=1#part", "https://example.org/Path?Query=1"),
        ("https://example.org:443/", "https://example.org/"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("https://example.org?q", "https://example.org/?q"),
        ("https://bücher.example/straße?ü", "https://xn--bcher-kva.example/stra%C3%9Fe?%C3%BC"),
        ("https://BU\u0308CHER.example/", "https://xn--bcher-kva.example/"),
        ("https://xn--bcher-kva.example/%20%zz", "https://xn--bcher-kva.example/%20%zz"),
        ('https://example.org/"<>`{}|^', "https://example.org/%22%3C%3E%60%7B%7D%7C%5E"),
        ("http://93.184.216.34/", "http://93.184.216.34/"),
        ("http://[2606:2800:220:1:248:1893:25c8:1946]:80/", "http://[2606:2800:220:1:248:1893:25c8:1946]/"),
        ("https://[2606:2800::ABCD]:8443/", "https://[2606:2800::abcd]:8443/"),
    ],
)
def test_an_address_is_read_in_one_way(text: str, read: str) -> None:
    assert str(parse_address(text)) == read
    assert str(parse_address(read)) == read


@pytest.mark.parametrize(
    "text",
    [
        *("", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd"),
        *("http:example.org", "http:/example.org", "http:///example.org", "http://", "https://?"),
        *("javascript:alert(1)", "gopher://a.b", " http://example.org", "http://example.org/ "),
        *("http://example.org/a b", "http://exam\tple.org/", "http://example.org/\r\nHost: inner"),
        *("http://example.org/\0", "http://example.org/\x7f", "http://a\u3000.b/"),
        *("http://example.org\\@inner.org/", "http:\\\\example.org/", "http://example.org/\ud800"),
        *("http://user@example.org/", "http://user:word@example.org/", "http://@example.org/"),
        *("http://a@b@c.org/", "http://example.org:/", "http://example.org:0/", "http://example.org:080/"),
        *("http://example.org:65536/", "http://example.org:80a/", "http://example.org:-1/"),
        *("http://example.org:٨٠/", "http://example.org:80:80/", "http://example..org/"),
        *("http://.example.org/", "http://example.org./", "http://-a.org/", "http://a-.org/"),
        *("http://exa%6dple.org/", "http://exam_ple.org/", "http://exam!ple.org/"),
        *(
            f"http://{'a' * 64}.org/",
            "http://" + "a." * 127 + "org/",
            "http://\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45.org/",
        ),
        *("http://exam\u00adple.org/", "http://exam\u200bple.org/", "http://①.org/"),
        *("http://xn--\u00fc.org/", "http://\u2488example.org/", "http://[2606:2800::1/"),
        *("http://2606:2800::1/", "http://[2606:2800::1]80/", "http://[example.org]/"),
        *("http://[2606:2800:0::1]/", "http://[2606:2800::0001]/", "http://[fe80::1%eth0]/"),
        *("http://[fe80::1%25eth0]/", "http://[2606:2800::1%25]/", "http://[v1.example]/", "http://[]/"),
        *("http://[::1]x.org/", "http://x[::1]/"),
        "http://example.org/" + "a" * MOST_CHARACTERS,
    ],
)
def test_what_could_be_read_in_two_ways_is_no_address(text: str) -> None:
    with pytest.raises(MalformedAddress) as refusal:
        parse_address(text)
    assert str(refusal.value).startswith("Porch cannot visit this address: it")


def test_the_reason_is_told() -> None:
    with pytest.raises(MalformedAddress) as refusal:
        parse_address("https://ada:secret@example.org/")
    assert refusal.value.title == "Porch cannot visit this address: it has a name or a password in it."
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "017700000001", "0x7f000001", "0X7F000001", "0x7f.1", "127.1", "127.0.1", "0"),
        *("0x", "1.0x", "0177.0.0.1", "127.0.0.01", "0x7f.0.0.1", "127.0.0.1.", "127.0.0.0x1", "256.0.0.1"),
        *("1.2.3.4.5", "8.8.8"),
        *("\uff11\uff12\uff17.0.0.1", "127。0。0。1", "127.0.0.\u0661", "①②⑦.0.0.1", "%31%32%37.0.0.1"),
        *("127.0.0.1%00", "example.1", "93.184.216.034", "1572395042", "+127.0.0.1", "127.0.0.1e0"),
        *("0b1.0.0.1", "127 .0.0.1", "127.0.0.1\u200b", "[0:0:0:0:0:0:0:1]"),
        *("[::1%lo]", "[::127.0.0.1]", "[0::1]", "[::0001]"),
    ],
)
def test_a_number_has_one_spelling(host: str) -> None:
    with pytest.raises(MalformedAddress):
        parse_address(f"http://{host}/")


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST", "porch", "metadata", "printer.local", "a.b.LOCAL"),
        *("metadata.google.internal", "me.localhost", "router.home.arpa", "abc.onion", "nas.lan"),
        *("wiki.corp", "wiki.intranet"),
    ],
)
def test_inner_names_are_not_looked_up(host: str) -> None:
    with pytest.raises(AddressNotAllowed):
        parse_address(f"http://{host}/")


def test_names_that_only_resemble_inner_ones_are_fine() -> None:
    for host in (
        "mylocal.example",
        "local.example",
        "home.arpa.example",
        "0x7f.example",
        "127.0.0.1.example",
    ):
        assert parse_address(f"http://{host}/").host == host
