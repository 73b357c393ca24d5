from datetime import datetime

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.models import Post
from porch.conversation.search.engines import drop_what_is_gone
from porch.conversation.search.tokens import tokens
from porch.conversation.search.words import words_of
from porch.kit.markdown import render
from porch.people.erasure.cutting import without_addresses
from porch.people.erasure.holdings import Subject, hold


class Entry(models.Model):
    """The words of a post, by which it is found. The index of the database over them follows by itself.

    On SQLite that is the table ``conversation_found`` (FTS5), fed by triggers; on PostgreSQL a column ``found`` that is
    generated. A migration that alters this table on SQLite makes it anew, and has to make the triggers again.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField()


def forget_words(subject: Subject, at: datetime) -> None:
    """Take the addresses of somebody out of the index. The posts may be cut before this or after."""
    is_cut = False
    for address in subject.addresses:
        said = " ".join(each.text for each in tokens(address))
        mentions = Entry.objects.filter(words__contains=f" {said} ").select_related("post__topic")
        for entry in mentions.iterator(chunk_size=100):
            post = entry.post
            html = render(without_addresses(post.source, subject)).html
            title = without_addresses(post.topic.title, subject) if post.number == 1 else ""
            is_cut = bool(
                Entry.objects.filter(pk=entry.pk).update(words=words_of(title, html, post.topic.space_id))
            )
    if is_cut:
        drop_what_is_gone(connection)


hold(
    Entry,
    _("Words of what was said, by which those who may read it find it."),
    kept=_("What was said stays, and is found by its words. Addresses go from it."),
    finds=lambda subject: Q(post__author=subject.person_id),
    counted_by="post__author",
    also=forget_words,
)
