import re

import pytest
from django.test import Client

from porch.kit.time import now
from porch.people.identity.actions import issue_sign_in_link
from tests.village import Village, browser

PAGES = ["/", "/sign-in/", "/nothing/", "/sign-in/link/x/"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_a_strict_policy(path: str, db: None) -> None:
    headers = browser().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_scripts_run_only_with_the_nonce_of_their_page(path: str, db: None) -> None:
    answer = browser().get(path)
    nonce = re.search(r"'nonce-([\w-]{22})'", answer.headers["Content-Security-Policy"])[1]  # type: ignore[index]
    scripts = re.findall(r"<script[^>]*>", answer.text)
    assert scripts
    assert all(f'nonce="{nonce}"' in each for each in scripts)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", answer.text)


def test_no_two_answers_share_a_nonce(db: None) -> None:
    policies = {browser().get("/").headers["Content-Security-Policy"] for _ in range(5)}
    assert len(policies) == 5


def test_what_is_for_one_person_is_kept_by_nobody(ben: Client) -> None:
    assert ben.get("/inside/").headers["Cache-Control"] == "private, no-store"


def test_cookies_are_out_of_reach_of_scripts(village: Village) -> None:
    ben = browser()
    address = f"/sign-in/link/{issue_sign_in_link(person=village.ben, at=now())}/"
    ben.get(address)
    ben.post(address)
    assert set(ben.cookies) == {"porch", "porch-csrf"}
    for cookie in ben.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_any_other_name_leads_to_the_right_one(host: str, db: None) -> None:
    answer = Client(headers={"host": host}).get("/sign-in/?next=/inside/")
    assert answer.status_code == 307
    assert answer.headers["Location"] == "http://localhost:8000/sign-in/?next=/inside/"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80:80", "a b", ""])
def test_a_foreign_name_is_refused(host: str, db: None) -> None:
    assert Client(headers={"host": host}).get("/").status_code == 400


def test_a_path_of_slashes_leads_to_no_other_site(db: None) -> None:
    for path in ("//evil.example/", "//evil.example", "/\\evil.example/", "/%5Cevil.example"):
        location = browser().get(path).headers.get("Location", "")
        assert not re.match(r"[/\\]{2}|https?://(?!localhost:8000/)", location), location
