"""Names on pages that the front keeps."""

import time

from tests.porch_server import PorchProcess
from tests.web.server.test_front import fill_in, publish, until


def test_a_new_name_stands_under_pieces_that_were_kept(porch_server: PorchProcess) -> None:
    with porch_server.sign_in() as owner, porch_server.client() as stranger:
        assert publish(owner, f"Signed {time.monotonic_ns()}").status_code == 302
        until(lambda: "Signed" in stranger.get("/").text)
        assert fill_in(owner, "/account/name/", name="Ada of the cache").status_code == 302
        until(lambda: "Ada of the cache" in stranger.get("/").text)
