"""What a reply costs in statements: an answer is what members write most, so none is added unseen."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.conversation.posts.models import Post
from tests.conversation.talk import space_for, topic_in
from tests.village import Village, browser

# Who asks, whether they are a member; the topic, the key, the standing; the numbers of the topic, the post, its words,
# how far they read, the numbers of the space, the fact; the draft. Besides: to begin the transaction, and on
# PostgreSQL, where writers do not wait for each other anyway, to hold the topic, its space and whoever writes.
MOST = {"sqlite": 13, "postgresql": 16}


def test_a_reply_takes_no_more_statements_than_it_did(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    ada = browser(village.ada)
    for key in ("first", "second"):
        with CaptureQueriesContext(connection) as asked:
            answer = ada.post(f"/inside/topics/{topic.pk}/posts/", {"source": "Rye.", "sent_as": key})
        assert answer.status_code == 302
    said = [each["sql"] for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]
    assert len(said) <= MOST[connection.vendor], "\n".join(said)
    assert Post.objects.filter(topic=topic).count() == 3
