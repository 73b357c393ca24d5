"""Fills the house of a running server with the marked world, in a process of its own.

It prints as JSON: the addresses that there are, those that there are not, and the cookie of a member's browser.
"""

import json
import sys

from django.conf import settings

from porch.audience.articles.actions import publish_article
from tests.bench.data import sign_in
from tests.proof.conftest import GLASS, INSIDE
from tests.proof.crawl import filled
from tests.proof.marks import Marked
from tests.proof.talking import converse
from tests.proof.world import belong, knock, settle
from tests.village import NOON


def main() -> None:
    words, open_words = Marked(INSIDE), Marked(GLASS)
    people = settle(words, open_words)
    belong(people, words)
    converse(people, words, open_words)
    knock(people, words)
    publish_article(title="For all", source="Said to **anyone**.", by=people.ada, at=NOON)
    there = list(dict.fromkeys(path for path, _nowhere in filled(2)))
    session = {settings.SESSION_COOKIE_NAME: sign_in(people.ben)}
    sys.stdout.write(json.dumps({"paths": there, "cookies": session}))
