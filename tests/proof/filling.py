"""Fill a running Porch with the hostile world, from a process of its own; print who signs in how, and its pages."""

import json
from datetime import timedelta

from porch.conversation.posts.models import Post
from porch.conversation.topics.models import Topic
from porch.kit.time import now
from porch.notices.mailing.looking import mail_what_is_due
from porch.people.identity.actions import issue_sign_in_link
from tests.notices.telling import hear
from tests.notices.test_mail_what_is_due import agree
from tests.proof.crawl import filled
from tests.proof.hostile import EVERYTHING, Hostile
from tests.proof.talking import Said, converse, say
from tests.proof.world import People, belong, knock, settle
from tests.village import NOON

AT_ONCE = 12


def fill() -> None:
    words = Hostile()
    people = settle(words, words)
    for person in (people.ben, people.bea, people.ada):
        for purpose in ("conversation-mail", "digest"):
            agree(person, purpose)
    belong(people, words)
    said = converse(people, words, words)
    say_everything(people, said)
    knock(people, words)
    hear()
    mail_what_is_due(at=NOON + timedelta(days=20), hold=False)
    who = {name: getattr(people, name) for name in ("ada", "ben", "nia")}
    links = {name: issue_sign_in_link(person=person, at=now()) for name, person in who.items()}
    talk = said["open"].topic.pk
    print(json.dumps({"links": links, "pages": pages(), "topic": talk}))


def say_everything(people: People, said: dict[str, Said]) -> None:
    """Have every payload stand in the open, in the room and in glass; several in a post."""
    for start in range(0, len(EVERYTHING), AT_ONCE):
        source = "\n\n".join(EVERYTHING[start : start + AT_ONCE])
        place, by = (("open", people.bea), ("room", people.ben), ("glass", people.gil))[start // AT_ONCE % 3]
        say(said[place].topic, by, source, reply_to=1)


def pages() -> list[str]:
    """Give the addresses of the site, filled with some of what is there, and each page of each topic."""
    found = [path for path, _ in filled(2)]
    for topic in Topic.objects.all():
        found += [f"/inside/topics/{topic.pk}/?page={n}" for n in range(1, topic.posts // 20 + 2)]
    edited = Post.objects.filter(edits__gt=0).values_list("pk", flat=True)
    found += [f"/inside/posts/{pk}/editions/" for pk in edited]
    found += [
        f"/inside/search/?q={query}"
        for query in ("svg", "tripped", "<script>", "onload%3D", "in:x from:%3Cb%3E")
    ]
    return list(dict.fromkeys(found))
