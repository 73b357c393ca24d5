"""What a home screen learns of the site."""

import json
from typing import Any

from tests.village import browser


def test_it_names_the_site_and_its_picture(db: None, settings: Any) -> None:
    settings.PORCH_NAME = "The Reading Room"
    answer = browser().get("/porch.webmanifest")
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["start_url"]) == ("The Reading Room", "/")
    assert told["icons"][0]["src"].endswith("/icons/app.svg")
