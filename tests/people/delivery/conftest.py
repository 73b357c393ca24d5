from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from porch.people.delivery.server import read_server
from tests.people.delivery.stage import MailStage, mail_stage

Stage = Callable[..., MailStage]


@pytest.fixture
def stage(settings: Settings) -> Iterator[Stage]:
    """Open a mail server with these manners, which Porch then sends by."""
    opened = []

    def open_stage(**manners: object) -> MailStage:
        scene = mail_stage(**manners)
        running = scene.__enter__()
        opened.append(scene)
        settings.PORCH_MAIL_SERVER = read_server(running.address)
        return running

    yield open_stage
    for scene in opened:
        scene.__exit__(None, None, None)
