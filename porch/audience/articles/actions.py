from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from porch.audience.articles.acts import PUBLISHED
from porch.audience.articles.facts import ArticlePublished
from porch.audience.articles.models import Article
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.markdown import excerpt, render
from porch.kit.refusals import BadInput, Conflict
from porch.kit.text import clean_line, slug
from porch.people.identity.models import Person


class TitleIsTaken(Conflict):
    text = _("Another article has this address already: its title is the same, or reads the same.")
    hint = _("Choose another title, so that each address leads to one piece.")


class TextIsEmpty(BadInput):
    text = _("There is no text yet.")
    hint = _("A piece needs a few words before anyone can read it.")


def publish_article(*, title: str, source: str, by: Person, at: datetime) -> Article:
    """Publish a piece of Markdown on the open site, at once."""
    title = clean_line(title, most=200, name=_("title"))
    if not source.strip():
        raise TextIsEmpty
    page = render(source)  # before the transaction: nobody waits for Markdown while a lock is held
    return add_article(
        Article(
            title=title,
            slug=slug(title),
            summary=excerpt(page, 280),
            source=page.source,
            html=page.html,
            renderer_version=page.version,
            author=by,
            published_at=at,
        )
    )


@transaction.atomic
def add_article(article: Article) -> Article:
    """Keep a piece that is made already, and note it."""
    try:
        with transaction.atomic():
            article.save(force_insert=True)
    except IntegrityError as error:
        raise TitleIsTaken from error
    record(PUBLISHED, by_id=article.author_id, at=article.published_at, article_id=article.pk)
    note(ArticlePublished(article_id=article.pk, at=article.published_at))
    return article
