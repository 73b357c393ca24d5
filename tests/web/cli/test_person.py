"""`porch person`: how people come in, until they can join by themselves."""

import json

from tests.web.cli.conftest import Run


def test_a_person_is_added_and_listed(porch: Run) -> None:
    porch("owner-link")
    done = porch("person", "add", "Ben@Example.org", "--name", "Ben", "--operator")
    assert done.stdout.startswith("Ben <ben@example.org> can sign in now, at http")
    assert "/desk/mail/" in done.stderr, "without a mail server their codes are read there"
    assert porch("person", "list").stdout.splitlines() == [
        "1  Owner  <no address>  operator",
        "2  Ben  <ben@example.org>  operator",
    ]
    rows = [json.loads(line) for line in porch("person", "list", "--json").stdout.splitlines()]
    assert [row["email"] for row in rows] == [None, "ben@example.org"]


def test_what_cannot_be_added_says_why(porch: Run) -> None:
    porch("person", "add", "ben@example.org")
    for words, why in ((["Ben@example.org"], "somebody here already"), (["ben"], "not an address")):
        done = porch("person", "add", *words)
        assert done.returncode == 1
        assert why in done.stderr
    assert len(porch("person", "list").stdout.splitlines()) == 1


def test_looking_at_the_doctor_ticks_a_first_step_off(porch: Run) -> None:
    porch("owner-link")
    porch("doctor")
    taken = "from porch.people.models import StepTaken as s; print(list(s.objects.values_list('step', flat=True)))"
    assert porch("manage", "shell", "-v0", "-c", taken).stdout.strip() == "['doctor']"
