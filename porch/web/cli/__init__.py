"""``porch``, the command line. One module a command; each says what it does and how it ended.

Exit codes: 0 done, 1 a finding or a failure, 2 wrong words, 70 an upgrade that did not work, 78 a setting
that cannot be used.
"""

import sys

import click

from porch import __version__
from porch.web.cli.base import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="porch")
def porch() -> None:
    """One server for an open audience, a bounded community, and the bridge between them."""


def main() -> None:
    porch(prog_name="porch", args=sys.argv[1:])
