from django.db import models
from django.db.models import Q

from porch.conversation.topics.models import Topic

LONGEST_TAG, MOST_TAGS = 30, 5


class Tag(models.Model):
    """A word by which topics are found. It is spelt as it was written first; without case and accents there is one."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=LONGEST_TAG)
    # Folding may lengthen a word.
    folded = models.CharField(max_length=4 * LONGEST_TAG, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(folded=""), name="a_tag_is_a_word")]


class TopicTag(models.Model):
    """That a topic has a tag."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "tag"], name="a_topic_has_a_tag_once")]
