import pytest

from porch.kit.http import AddressNotAllowed, BadAnswer, TooManyRedirects, fetch
from tests.kit.http.stage import OK, World, answer, policy, redirect, server


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("to", "path"),
    [
        ("/next?a", "/next?a"),
        ("next?a", "/a/next?a"),
        ("?a", "/a/b?a"),
        ("//127.0.0.1:{port}/next", "/next"),
        ("http://127.0.0.1:{port}/next#part", "/next"),
    ],
)
def test_a_redirect_is_followed(status: int, to: str, path: str) -> None:
    with server(answer(), OK) as site:
        site.scripts[0] = redirect(to.format(port=site.port), status)
        fetched = fetch(site.url("/a/b"), policy=policy(site))
    assert fetched.body == b"hello"
    assert fetched.url == site.url(path)
    assert site.first_line(1) == f"GET {path} HTTP/1.1"


def test_a_place_outside_ascii_is_found() -> None:
    to = "/straße".encode().decode("latin-1")
    with server(redirect(to), OK) as site:
        assert fetch(site.url(), policy=policy(site)).url == site.url("/stra%C3%9Fe")


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_statuses_lead_nowhere(status: int) -> None:
    with server(redirect("http://10.0.0.1/", status)) as site:
        assert fetch(site.url(), policy=policy(site)).status == status


def test_a_redirect_without_a_place_is_an_answer() -> None:
    with server(answer(b"gone", status="302 Found")) as site:
        assert fetch(site.url(), policy=policy(site)).status == 302


@pytest.mark.parametrize(
    "to",
    [
        *("http://127.0.0.2/", "http://10.0.0.1/", "//169.254.169.254/latest/meta-data/"),
        *("http://[::ffff:7f00:1]/", "http://localhost/", "http://porch/"),
        *("http://metadata.google.internal/", "http://inner.example/", "http://93.184.216.34:6379/"),
        *("http://[fd00:ec2::254]/", "http://168.63.129.16/"),
    ],
)
def test_a_redirect_inwards_is_refused(to: str) -> None:
    world = World({"inner.example": [["192.168.1.1"]]})
    with server(redirect(to)) as site, pytest.raises(AddressNotAllowed):
        fetch(site.url(), policy=policy(site, ports=(site.port, 80)), network=world.network)
    assert world.knocks == ["127.0.0.1"]


@pytest.mark.parametrize(
    "to",
    [
        *("ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)"),
        *("gopher://127.0.0.1:6379/_FLUSHALL", "http://127.1/", "http://2130706433/"),
        *("http://user@example.org/", "http:\\\\example.org", "/a b", "/\x01"),
        *("http://example.org\t.inner.example/", "//[", "http://[::1/", "/\xff", "data:,x"),
        *("http://0x7f.1/", "/" + "a" * 3000),
    ],
)
def test_a_redirect_to_what_is_no_address_is_refused(to: str) -> None:
    world = World()
    with server(redirect(to)) as site, pytest.raises(BadAnswer):
        fetch(site.url(), policy=policy(site), network=world.network)
    assert world.knocks == ["127.0.0.1"]


def test_two_places_at_once_are_none() -> None:
    with (
        server(answer(b"", "Location: /a", "Location: /b", status="302 Found")) as site,
        pytest.raises(BadAnswer),
    ):
        fetch(site.url(), policy=policy(site))


@pytest.mark.parametrize("to", ["", "http://", "#part"])
def test_an_empty_place_is_the_one_asked(to: str) -> None:
    with server(redirect(to), OK) as site:
        assert fetch(site.url("/a"), policy=policy(site)).url == site.url("/a")


def test_a_loop_ends() -> None:
    with server(redirect("/again")) as site:
        with pytest.raises(TooManyRedirects):
            fetch(site.url(), policy=policy(site))
        assert len(site.asked) == 6


def test_redirects_can_be_refused_altogether() -> None:
    with server(redirect("/again")) as site, pytest.raises(TooManyRedirects):
        fetch(site.url(), policy=policy(site, redirects=0))


def test_the_last_redirect_that_is_allowed_counts() -> None:
    with server(redirect("/1"), redirect("/2"), OK) as site:
        assert fetch(site.url(), policy=policy(site, redirects=2)).url == site.url("/2")


@pytest.mark.parametrize(
    ("method", "status", "onward"),
    [
        *(("POST", 301, "GET"), ("POST", 302, "GET"), ("POST", 303, "GET")),
        *(("POST", 307, "POST"), ("POST", 308, "POST"), ("PUT", 301, "PUT"), ("PUT", 302, "PUT")),
        *(("PUT", 303, "GET"), ("GET", 303, "GET"), ("HEAD", 301, "HEAD"), ("HEAD", 303, "HEAD")),
        *(("DELETE", 307, "DELETE"), ("DELETE", 303, "GET")),
    ],
)
def test_the_method_changes_as_in_browsers(method: str, status: int, onward: str) -> None:
    sends = method in ("POST", "PUT")
    headers = {"Content-Type": "text/plain", "X-Note": "1"} if sends else {}
    with server(redirect("/next", status), OK) as site:
        body = b"body" if sends else None
        fetch(site.url(), method=method, body=body, headers=headers, policy=policy(site))
    assert site.first_line(1).split()[0] == onward
    keeps = sends and onward == method
    assert site.body(1) == (b"body" if keeps else b"")
    assert ("content-type" in site.headers(1), "content-length" in site.headers(1)) == (
        keeps,
        onward not in ("GET", "HEAD"),
    )
    assert ("x-note" in site.headers(1)) == sends


SENT = {
    "Authorization": "Bearer secret",
    "Cookie": "a=1",
    "X-Api-Key": "secret",
    "Signature": "keyId=1",
    "Accept": "text/html",
    "Accept-Language": "de",
    "If-None-Match": '"1"',
}


def test_keys_stay_with_their_origin() -> None:
    with server() as other, server(answer(), OK) as site:
        site.scripts[0] = redirect(other.url())
        fetch(site.url(), headers=SENT, policy=policy(site, other))
        for name in SENT:
            assert name.lower() in site.headers()
        assert {name for name in SENT if name.lower() in other.headers()} == {
            "Accept",
            "Accept-Language",
            "If-None-Match",
        }


def test_keys_do_not_come_back_after_a_detour() -> None:
    with server(answer()) as other, server(answer(), OK) as site:
        site.scripts[0] = redirect(other.url())
        other.scripts[0] = redirect(site.url("/back"))
        fetch(site.url(), headers=SENT, policy=policy(site, other))
    assert "authorization" in site.headers(0)
    assert "authorization" not in site.headers(1)


def test_another_name_for_the_same_server_is_another_origin() -> None:
    world = World({"one.example": [["127.0.0.1"]], "two.example": [["127.0.0.1"]]})
    with server(answer(), OK) as site:
        site.scripts[0] = redirect(site.url("/", "two.example"))
        fetch(site.url(host="one.example"), headers=SENT, policy=policy(site), network=world.network)
    assert "cookie" not in site.headers(1)


def test_keys_go_along_within_an_origin() -> None:
    with server(redirect("/next"), OK) as site:
        fetch(site.url(), headers=SENT, policy=policy(site))
    assert site.headers(1)["authorization"] == "Bearer secret"
