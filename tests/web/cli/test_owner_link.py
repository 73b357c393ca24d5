"""`porch owner-link`: the way in for whoever runs the server."""

import json

from tests.web.cli.conftest import Run


def test_the_link_alone_is_on_standard_output(porch: Run) -> None:
    done = porch("owner-link")
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    assert line.startswith("http://localhost:8000/sign-in/link/")
    assert "within an hour" in done.stderr


def test_a_program_gets_it_as_json_at_the_address_of_the_site(porch: Run) -> None:
    done = porch("owner-link", "--json", url="https://porch.example")
    answer = json.loads(done.stdout)
    assert answer["link"].startswith("https://porch.example/sign-in/link/")
    assert answer["expires_in_seconds"] == 3600


def test_two_first_calls_at_once_make_one_owner(porch: Run) -> None:
    """Two processes prepare the same empty house; the one that waits finds it done."""
    porch("owner-link")
    for _ in range(2):
        porch("owner-link")
    count = "from porch.people.models import Operator as o; print(o.objects.count())"
    assert porch("manage", "shell", "-v0", "-c", count).stdout.strip() == "1"
