import json
import sys

import click
from django.db import connection

from porch.conversation.search.engines import is_whole, make_anew
from porch.conversation.search.indexing import mend
from porch.web.cli.base import say


@click.group()
def search() -> None:
    """The index under which posts are found, and whether it is right."""


@search.command()
@click.option("--after", default=0, metavar="POST", help="Go on after the post with this number.")
@click.option(
    "--from-scratch", is_flag=True, help="Make the database's own index anew first; others wait meanwhile."
)
def rebuild(after: int, from_scratch: bool) -> None:
    """Put right what the index has wrong, a few hundred posts at a time, while Porch runs.

    Stopped and begun again, it goes quickly over what is right; it says after which post it goes on.
    """
    if from_scratch:
        make_anew(connection)
    posts = wrong = 0
    for each in mend(after=after):
        posts, wrong = posts + each.posts, wrong + each.wrong
        say(f"· {posts} posts, {wrong} put right; to go on from here: --after {each.last}")
    say(f"The index is right: {posts} posts were looked at, {wrong} were put right.")


@search.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(as_json: bool) -> None:
    """Hold the index against every post. Exit code 1 where they differ; `porch search rebuild` puts it right."""
    posts = wrong = 0
    for each in mend(fix=False):
        posts, wrong = posts + each.posts, wrong + each.wrong
    whole = is_whole(connection)
    if as_json:
        click.echo(json.dumps({"ok": whole and not wrong, "posts": posts, "wrong": wrong, "whole": whole}))
    else:
        say(f"{posts} posts, {wrong} of them wrong in the index.")
        if not whole:
            say("The database's own index is not whole: run `porch search rebuild --from-scratch`.")
    sys.exit(not whole or wrong > 0)
