from porch.kit.ids import digest, new_token, reference


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert min(map(len, tokens)) >= 43


def test_a_digest_does_not_show_its_token() -> None:
    token = new_token()
    assert digest(token) == digest(token) != token
    assert len(digest(token)) == 64


def test_a_token_of_broken_text_has_a_digest_too() -> None:
    assert len(digest("\udcff")) == 64


def test_a_reference_can_be_read_out() -> None:
    assert set(reference()) <= set("23456789ABCDEFGHJKLMNPQRSTUVWXYZ-")
    assert len(reference()) == 9
