import netrc
from pathlib import Path

import pytest

from porch.kit.http import (
    AddressNotAllowed,
    BadAnswer,
    HeaderNotAllowed,
    MalformedAddress,
    NotFetched,
    NotReachable,
    fetch,
)
from tests.kit.http.stage import OK, World, answer, policy, server


def test_what_stands_at_an_address_comes_back() -> None:
    with server(answer(b"hello", "ETag: W/1", "Link: <a>", "link: <b>")) as site:
        fetched = fetch(site.url("/feed?a=1#part"), policy=policy(site))
    assert (fetched.url, fetched.status, fetched.body) == (site.url("/feed?a=1"), 200, b"hello")
    assert fetched.headers["etag"] == fetched.headers["ETAG"] == "W/1"
    assert (fetched.headers["Link"], fetched.headers.all("link")) == ("<a>, <b>", ["<a>", "<b>"])
    assert list(fetched.headers) == ["content-length", "etag", "link"]
    assert site.first_line() == "GET /feed?a=1 HTTP/1.1"
    assert site.headers() == {
        "host": f"127.0.0.1:{site.port}",
        "user-agent": "Porch",
        "connection": "close",
        "accept-encoding": "gzip, deflate",
        "accept": "*/*",
    }


def test_a_name_is_looked_up_and_asked_for_by_name() -> None:
    world = World({"xn--bcher-kva.example": [["127.0.0.1"]]})
    with server() as site:
        fetched = fetch(site.url(host="Bücher.example"), policy=policy(site), network=world.network)
    assert fetched.url == f"http://xn--bcher-kva.example:{site.port}/"
    assert site.headers()["host"] == f"xn--bcher-kva.example:{site.port}"
    assert (world.lookups, world.knocks) == (["xn--bcher-kva.example"], ["127.0.0.1"])


def test_ipv6_is_a_way_too() -> None:
    with server(host="::1") as site:
        assert fetch(site.url(host="[::1]"), policy=policy(site)).body == b"hello"
    assert site.headers()["host"] == f"[::1]:{site.port}"


def test_a_body_goes_out_with_its_length() -> None:
    body = b"x" * 300_000
    with server() as site:
        fetch(site.url(), method="POST", body=body, headers={"Content-Type": "a/b"}, policy=policy(site))
    assert site.first_line() == "POST / HTTP/1.1"
    assert (site.headers()["content-length"], site.headers()["content-type"]) == ("300000", "a/b")
    assert site.body() == body


def test_a_post_without_a_body_says_so() -> None:
    with server() as site:
        fetch(site.url(), method="POST", policy=policy(site))
    assert site.headers()["content-length"] == "0"


def test_head_has_no_body_and_may_name_any_length() -> None:
    with server(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n") as site:
        assert fetch(site.url(), method="HEAD", policy=policy(site)).body == b""


@pytest.mark.parametrize(
    "status", ["304 Not Modified", "404 Not Found", "500 Broken", "300 Choose", "429 Later"]
)
def test_every_final_status_is_an_answer(status: str) -> None:
    with server(answer(b"", "Retry-After: 5", status=status)) as site:
        fetched = fetch(site.url(), headers={"If-None-Match": '"1"'}, policy=policy(site))
    assert (fetched.status, fetched.headers["retry-after"]) == (int(status[:3]), "5")


def test_what_comes_before_the_answer_is_passed_over() -> None:
    with server(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK) as site:
        assert fetch(site.url(), policy=policy(site)).body == b"hello"


def test_a_server_that_hangs_up_on_a_long_body_is_heard() -> None:
    with server(answer(b"no", status="413 Too Long"), reads="head") as site:
        assert fetch(site.url(), method="POST", body=b"x" * 20_000_000, policy=policy(site)).status == 413


@pytest.mark.parametrize(
    "name",
    [
        *("Host", "host", "Content-Length", "TRANSFER-ENCODING", "Connection", "Expect", "TE", "Upgrade"),
        *("Accept-Encoding", "Proxy-Authorization", "User-Agent", "", "A B", "A:", "A\r\nHost", "Ä", "A\0"),
    ],
)
def test_some_headers_are_not_the_callers(name: str) -> None:
    world = World()
    with pytest.raises(HeaderNotAllowed):
        fetch("http://example.org/", headers={name: "1"}, network=world.network)
    assert world.lookups == []


@pytest.mark.parametrize(
    "value", ["a\r\nHost: b", "a\nb", "a\rb", "a\0b", "ä", " a", "a ", "a\x7f", "a\x0bb"]
)
def test_a_value_that_could_be_two_is_refused(value: str) -> None:
    with pytest.raises(HeaderNotAllowed) as refusal:
        fetch("http://example.org/", headers={"X-Note": value}, network=World().network)
    assert str(refusal.value) == "The header 'X-Note' cannot be sent like this."


def test_only_known_methods_are_spoken() -> None:
    for method in ("CONNECT", "TRACE", "get", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET"):
        with pytest.raises(ValueError, match="does not speak"):
            fetch("http://example.org/", method=method, network=World().network)


def test_an_address_is_read_before_anything_else() -> None:
    world = World({"example.org": [["127.0.0.1"]]})
    with pytest.raises(MalformedAddress):
        fetch("http://user@example.org/", network=world.network)
    assert (world.lookups, world.knocks) == ([], [])


def test_other_ports_are_not_visited() -> None:
    world = World({"example.org": [["93.184.216.34"]]})
    for port in (22, 25, 6379, 8080):
        with pytest.raises(AddressNotAllowed):
            fetch(f"http://example.org:{port}/", network=world.network)
    assert (world.lookups, world.knocks) == ([], [])


def test_a_kind_that_nobody_asked_for_is_not_read() -> None:
    page = answer(b"<p>", "Content-Type: Text/HTML; charset=utf-8")
    with server(page, answer(b"x", "Content-Type: video/mp4"), OK, answer(status="404 No")) as site:
        only_pages = policy(site, types=("text/html", "application/xhtml+xml"))
        assert fetch(site.url(), policy=only_pages).body == b"<p>"
        assert site.headers()["accept"] == "text/html, application/xhtml+xml"
        for _ in range(2):
            with pytest.raises(BadAnswer):
                fetch(site.url(), policy=only_pages)
        assert fetch(site.url(), policy=only_pages).status == 404


def test_a_caller_may_say_what_they_accept() -> None:
    with server() as site:
        fetch(site.url(), headers={"Accept": "application/activity+json"}, policy=policy(site))
    assert site.asked[0].lower().count(b"accept:") == 1
    assert site.headers()["accept"] == "application/activity+json"


def test_nobody_there_is_not_reachable() -> None:
    with server() as site:
        pass
    with pytest.raises(NotReachable):
        fetch(site.url(), policy=policy(site))


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"])
def test_proxies_of_the_environment_are_passed_by(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with server(answer(b"proxy")) as proxy, server() as site:
        monkeypatch.setenv(name, proxy.url())
        assert fetch(site.url(), policy=policy(site)).body == b"hello"
    assert proxy.asked == []


def test_no_password_of_the_users_home_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = tmp_path / ".netrc"
    secrets.write_text("machine 127.0.0.1 login porch password secret\n")
    secrets.chmod(0o600)
    assert netrc.netrc(secrets).authenticators("127.0.0.1")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(secrets))
    with server() as site:
        fetch(site.url(), policy=policy(site))
    assert "authorization" not in site.headers()


def test_cookies_are_not_kept() -> None:
    with server(answer(b"", "Set-Cookie: a=1; Path=/"), OK) as site:
        fetch(site.url(), policy=policy(site))
        fetch(site.url(), policy=policy(site))
    assert "cookie" not in site.headers(1)


def test_every_failure_can_be_shown() -> None:
    def kinds(kind: type[NotFetched]) -> list[type[NotFetched]]:
        return [kind, *(deeper for lower in kind.__subclasses__() for deeper in kinds(lower))]

    for kind in kinds(NotFetched):
        shown = str(kind(why="it is so", name="'X'"))
        assert shown
        assert "%(" not in shown
