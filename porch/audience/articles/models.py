from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold


class Article(models.Model):
    """A published piece: its Markdown, the page made of it, and which renderer made it."""

    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=80, unique=True)
    summary = models.CharField(max_length=300)
    source = models.TextField()
    html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="an_article_has_a_title")]
        indexes = [models.Index(fields=["-published_at", "-id"], name="articles_newest_first")]

    def __str__(self) -> str:
        return self.title


hold(
    Article,
    _("Who published which piece."),
    kept=_("What was published stays, without the name of its author."),
    about=("author",),
)
