import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from porch.audience.articles.actions import TextIsEmpty, TitleIsTaken, publish_article
from porch.audience.articles.models import Article
from porch.engine.facts.pull import pull
from porch.kit.refusals import Refusal
from porch.people.identity.actions import appoint_owner
from tests.village import NOON, Village


def test_a_piece_is_on_the_open_site_at_once(village: Village, cleo: Client) -> None:
    publish_article(title="Hello, world", source="It *begins*.", by=village.ada, at=NOON)
    assert "Hello, world" in cleo.get("/").text
    assert "<em>begins</em>" in cleo.get("/articles/hello-world/").text


def test_the_source_is_kept_with_what_was_made_of_it(village: Village) -> None:
    article = publish_article(title="One", source="*a*", by=village.ada, at=NOON)
    assert article.source == "*a*"
    assert article.html.strip() == "<p><em>a</em></p>"
    assert article.renderer_version > 0


def test_the_fact_names_the_article_and_nobody(village: Village) -> None:
    article = publish_article(title="One", source="a", by=village.ada, at=NOON)
    (fact,) = pull("audience")
    assert fact.ids == {"article_id": article.pk}


def test_two_pieces_do_not_share_an_address(village: Village) -> None:
    publish_article(title="One", source="a", by=village.ada, at=NOON)
    with pytest.raises(TitleIsTaken):
        publish_article(title="ONE!", source="b", by=village.ada, at=NOON)
    assert len(pull("audience")) == 1


@pytest.mark.parametrize("title", ["", "   ", "\u200b", "x" * 201, "a\0b", "\ud800"])
def test_a_title_that_does_not_fit_is_refused(village: Village, title: str) -> None:
    with pytest.raises(Refusal):
        publish_article(title=title, source="a", by=village.ada, at=NOON)
    assert not Article.objects.exists()


def test_the_form_gives_the_text_back_with_the_reason(ada: Client) -> None:
    answer = ada.post("/desk/articles/new/", {"title": " ", "source": "What I wrote"})
    assert answer.status_code == 422
    assert "What I wrote" in answer.text


def test_the_form_leads_to_the_piece(ada: Client) -> None:
    answer = ada.post("/desk/articles/new/", {"title": "Löwenzahn 🌼", "source": "a"}, follow=True)
    assert answer.status_code == 200
    assert "Löwenzahn 🌼" in answer.text


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_with_one_title_one_is_published() -> None:
    owner = appoint_owner(at=NOON)
    start, got = threading.Barrier(4), []

    def publish() -> None:
        start.wait()
        try:
            got.append(publish_article(title="One", source="a", by=owner, at=NOON))
        except Refusal:
            got.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert sum(each is not None for each in got) == 1
    assert len(pull("audience")) == 1


@pytest.mark.parametrize("source", ["", "  \n\t", "\n" * 50])
def test_a_piece_without_text_is_refused(village: Village, source: str) -> None:
    with pytest.raises(TextIsEmpty):
        publish_article(title="Title", source=source, by=village.ada, at=NOON)


def test_the_twenty_first_piece_is_on_the_second_page(village: Village, cleo: Client) -> None:
    for number in range(21):
        at = NOON + timedelta(minutes=number)
        publish_article(title=f"Piece {number}.", source="x", by=village.ada, at=at)
    first, second = cleo.get("/").text, cleo.get("/?page=2").text
    assert "Piece 20." in first
    assert "Piece 0." not in first
    assert 'href="?page=2"' in first
    assert "Piece 0." in second
    assert "Piece 1." not in second
    assert 'href="/"' in second
    assert "That was the oldest." in cleo.get("/?page=3").text


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "\u0663", ""])
def test_a_page_that_cannot_be_is_not_found(cleo: Client, page: str) -> None:
    assert cleo.get("/", {"page": page}).status_code == 404


def test_a_writer_who_was_signed_out_gets_the_text_back(village: Village, ada: Client) -> None:
    ada.logout()
    form = {"title": "Title", "source": "What I thought about all night. " * 10}
    answer = ada.post("/desk/articles/new/", form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    assert "You are signed out" in answer.text
    assert "What I thought about all night." in answer.text


def test_nobody_else_puts_words_on_our_pages(village: Village, cleo: Client) -> None:
    answer = cleo.post(
        "/desk/articles/new/", {"source": "Call this number. " * 10}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert "Call this number" not in answer.text
