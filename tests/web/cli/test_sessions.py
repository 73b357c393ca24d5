"""`porch sessions end`: the way to sign people out from the machine."""

from tests.web.cli.conftest import Run


def test_it_wants_an_address_or_everyone_and_not_both(porch: Run) -> None:
    for words in ([], ["ada@example.org", "--all"]):
        done = porch("sessions", "end", *words)
        assert done.returncode == 2
        assert "Name an address, or say --all" in done.stderr


def test_it_says_how_many_ended_and_whom_it_does_not_know(porch: Run) -> None:
    done = porch("sessions", "end", "--all")
    assert (done.returncode, done.stdout) == (0, "Ended 0 sessions.\n")
    done = porch("sessions", "end", "nobody@example.org")
    assert done.returncode == 1
    assert "nobody here has the address nobody@example.org" in done.stderr
