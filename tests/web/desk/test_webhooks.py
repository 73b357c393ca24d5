"""The pages of webhooks at the desk."""

import re

import pytest
from django.urls import reverse

from porch.engine.outbox.models import Delivery
from porch.engine.webhooks.models import Endpoint
from porch.engine.webhooks.signing import secret_of
from porch.insight.coverage import MEASURED, UNMEASURED
from porch.web.webhooks.offered import KINDS
from tests.village import Village, browser

pytestmark = pytest.mark.django_db
FORM = {"name": "Chat", "url": "https://hooks.example.org/a?b=1", "kinds": ["PostWritten", "TopicBegun"]}


def made(village: Village) -> Endpoint:
    browser(village.ada).post(reverse("new-webhook"), FORM)
    return Endpoint.objects.get()


def test_an_operator_makes_one_reads_its_secret_and_tries_it(village: Village) -> None:
    ada, there = browser(village.ada), made(village)
    page = ada.get(reverse("webhook", args=[there.pk])).content.decode()
    assert "post.written" in page
    assert secret_of(there) not in page
    assert secret_of(there) in ada.get(reverse("webhook-secret", args=[there.pk])).content.decode()
    ada.post(reverse("webhook-tests", args=[there.pk]))
    assert "webhook.tested" in ada.get(reverse("webhook", args=[there.pk])).content.decode()


def test_a_refusal_gives_everything_back(village: Village) -> None:
    page = browser(village.ada).post(reverse("new-webhook"), {**FORM, "url": "http://hooks.example.org/"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "begins with https://" in text
    assert 'value="http://hooks.example.org/"' in text
    assert re.findall(r'value="(\w+)"[^>]*name="kinds"[^>]* checked', text) == ["TopicBegun", "PostWritten"]


def test_what_is_not_offered_is_not_taken(village: Village) -> None:
    browser(village.ada).post(reverse("new-webhook"), {**FORM, "kinds": ["PostWritten", "SessionEnded"]})
    assert Endpoint.objects.get().kinds == "PostWritten"


def test_only_operators_come_near(village: Village) -> None:
    there = made(village)
    for name in ("webhooks", "new-webhook", "webhook", "webhook-secret", "webhook-change"):
        address = reverse(name, args=[there.pk] if name not in ("webhooks", "new-webhook") else [])
        for person in (village.ben, village.dov, None):
            assert browser(person).get(address).status_code in (302, 404), (name, person)


def test_a_message_to_a_program_is_no_mail(village: Village) -> None:
    there = made(village)
    ada = browser(village.ada)
    ada.post(reverse("webhook-tests", args=[there.pk]))
    row = Delivery.objects.get()
    assert "webhook.tested" not in ada.get(reverse("mails")).content.decode()
    assert ada.get(reverse("mail", args=[row.pk])).status_code == 404
    assert ada.post(reverse("mail-retry", args=[row.pk])).status_code == 404


def test_every_kind_that_is_offered_is_one_that_is_noted() -> None:
    assert {each.__name__ for each in (*MEASURED, *UNMEASURED)} >= KINDS
