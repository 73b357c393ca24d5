import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from porch.people.identity.addresses import give_address, take_address
from porch.people.identity.models import Person
from porch.web.settings.oidc import oidc_apps
from porch.web.settings.options import SettingsError, read_options
from tests.people.hands import give_app, is_in
from tests.people.provider import Provider, running_provider, set_as_ours
from tests.village import Village, browser


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as provider, set_as_ours(provider):
        yield provider


def go(client: Client, **fields: str) -> str:
    """Press the button; give where it leads."""
    answer = client.post("/sign-in/oidc/", fields)
    assert answer.status_code == 200, answer.text
    return where(answer.text)


def where(page: str) -> str:
    """Read where the page moves on to."""
    found = re.search(r'content="0; url=([^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


def come(client: Client, provider: Provider, **fields: str) -> Any:
    """Go to the provider and come back from it."""
    return client.get("/sign-in/oidc/return/", provider.authorise(go(client, **fields)))


def test_ben_comes_in_at_the_word_of_the_provider(village: Village, provider: Provider) -> None:
    ben = browser()
    assert "Come in with Home" in ben.get("/sign-in/").text
    assert come(ben, provider).headers["Location"] == "/inside/"
    assert is_in(ben)
    assert come(browser(), provider, next="/account/name/").headers["Location"] == "/account/name/"
    assert not SocialAccount.objects.exists(), "nothing is tied unseen"


def test_whoever_no_longer_has_the_address_no_longer_comes_in_by_it(
    village: Village, provider: Provider
) -> None:
    work = give_address(person=village.dov, address="dov@work.example")
    provider.says = provider.info = {"email": "dov@work.example", "sub": "emp-7"}
    dov = browser()
    come(dov, provider)
    assert is_in(dov)
    take_address(person=village.dov, number=work.pk)
    again = browser()
    come(again, provider)
    assert not is_in(again)


def test_it_asks_with_a_state_a_nonce_a_challenge_and_our_address(
    village: Village, provider: Provider
) -> None:
    location = go(browser())
    for part in (
        "state=",
        "nonce=",
        "code_challenge_method=S256",
        "redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fsign-in",
    ):
        assert part in location
    assert "nonce=" in location
    assert location != go(browser())


LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"says": {"iss": "https://evil.example"}},
    "another issuer on its card": {"config": {"issuer": "https://evil.example"}},
    "another nonce": {"says": {"nonce": "guessed"}},
    "no nonce": {"says": {"nonce": None}},
    "another audience": {"says": {"aud": "somebody-else"}},
    "another issuer everywhere": {
        "says": {"iss": "https://evil.example"},
        "config": {"issuer": "https://evil.example"},
    },
    "a paper of yesterday": {"says": {"exp": 1}},
    "a signature of somebody else": {"signs_with": rsa.generate_private_key(65537, 2048)},
    "two subjects": {"info": {"sub": "ada-1"}},
    "an address that is not proved": {"says": {"email_verified": False}, "info": {"email_verified": False}},
    "an address that is proved in words": {"info": {"email_verified": "false"}},
    "an address that nobody here has": {
        "says": {"email": "x@example.org"},
        "info": {"email": "x@example.org"},
    },
    "no address": {"says": {"email": None}, "info": {"email": None}},
    "no subject": {"says": {"sub": None}, "info": {"sub": None}},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_provider_that_is_wrong_is_not_believed(village: Village, provider: Provider, lie: str) -> None:
    for name, value in LIES[lie].items():
        setattr(provider, name, value)
    client, before = browser(), Person.objects.count()
    moving = client.post("/sign-in/oidc/")
    if moving.status_code == 200:
        answer = client.get("/sign-in/oidc/return/", provider.authorise(where(moving.text)))
        assert answer.status_code in (403, 502), answer.status_code
    else:
        assert moving.status_code == 502
    assert not is_in(client)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_answer_works_once(village: Village, provider: Provider) -> None:
    ben, thief = browser(), browser()
    back = provider.authorise(go(ben))
    stolen = dict(back)
    assert ben.get("/sign-in/oidc/return/", back).status_code == 302
    ben.post("/sign-out/")
    assert ben.get("/sign-in/oidc/return/", back).status_code == 403
    assert thief.get("/sign-in/oidc/return/", stolen).status_code == 403
    assert not is_in(ben)


def test_a_code_of_another_s_exchange_is_not_taken(village: Village, provider: Provider) -> None:
    ben, thief = browser(), browser()
    theirs, own = provider.authorise(go(ben)), provider.authorise(go(thief))
    answer = thief.get("/sign-in/oidc/return/", {"code": theirs["code"], "state": own["state"]})
    assert answer.status_code == 403
    assert not is_in(thief)


@pytest.mark.parametrize(
    "sent", [{}, {"state": "x"}, {"code": "x"}, {"error": "access_denied"}, {"error": "server_error"}]
)
def test_an_answer_without_a_question_is_refused(
    village: Village, provider: Provider, sent: dict[str, str]
) -> None:
    client = browser()
    assert client.get("/sign-in/oidc/return/", sent).status_code == 403


def test_who_calls_it_off_at_the_provider_is_told(village: Village, provider: Provider) -> None:
    ben = browser()
    state = provider.authorise(go(ben))["state"]
    assert ben.get("/sign-in/oidc/return/", {"state": state, "error": "access_denied"}).status_code == 403


def test_somebody_shut_out_is_out(village: Village, provider: Provider) -> None:
    village.ben.is_active = False
    village.ben.save()
    ben = browser()
    assert come(ben, provider).status_code == 403
    assert not is_in(ben)


def test_the_second_step_is_asked_here_too(village: Village, provider: Provider) -> None:
    give_app(village.ben)
    assert come(browser(), provider).headers["Location"] == "/sign-in/second-step/"


def test_without_a_provider_there_is_no_such_way(village: Village) -> None:
    assert browser().post("/sign-in/oidc/").status_code == 404
    assert "Come in with" not in browser().get("/sign-in/").text


def test_a_provider_needs_a_client_and_a_safe_address() -> None:
    with pytest.raises(SettingsError, match="PORCH_OIDC_CLIENT"):
        oidc_apps(read_options({"PORCH_OIDC_ISSUER": "https://id.example/"}))
    for unsafe in (
        "http://id.example",
        "https://",
        "id.example",
        "https://id.example/?x=1",
        "https://a:b@id.example",
    ):
        with pytest.raises(SettingsError, match="issuer"):
            read_options({"PORCH_OIDC_ISSUER": unsafe})
