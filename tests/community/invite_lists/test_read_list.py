"""A list of addresses as people have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.community.invite_lists.parsing import decoded, read_list
from porch.people.identity.addresses import sign_in_address


def addresses(text: str) -> list[str]:
    return [each.address for each in read_list(text)]


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.org\nben@example.org",
        "ada@example.org\r\nben@example.org\r\n",
        "ada@example.org, ben@example.org",
        "ada@example.org;ben@example.org;",
        'Ada <ada@example.org>, "Smith, Ben" <ben@example.org>',
        "name,address\nAda,ada@example.org\nBen,ben@example.org",
        "ADA@Example.ORG\tben@example.org",
        "ada@example.org ben@example.org",
        "\ufeffada@example.org\n\n\n'ben@example.org'",
        "mailto:ada@example.org\n(ben@example.org)",
    ],
)
def test_lists_of_every_kind_are_read(text: str) -> None:
    assert addresses(text) == ["ada@example.org", "ben@example.org"]


def test_plus_tags_stay_apart() -> None:
    assert addresses("a+1@x.org a+2@x.org a@x.org") == ["a+1@x.org", "a+2@x.org", "a@x.org"]


def test_what_is_none_is_told_with_its_line() -> None:
    found = list(read_list("a@x.org\nnobody\nb@\n\u0430@x.org\nc@x.org\x00"))
    assert [(each.line, each.address) for each in found] == [
        (1, "a@x.org"),
        (2, ""),
        (3, ""),
        (4, ""),
        (5, ""),
    ]


def test_hosts_that_look_alike_are_two() -> None:
    one, other = addresses("eve@example.org\neve@ex\u0430mple.org")
    assert one == "eve@example.org"
    assert other.startswith("eve@xn--")


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_and_what_is_read_can_be_written_to(text: str) -> None:
    for entry in read_list(text):
        assert entry.line >= 1
        assert entry.address == "" or sign_in_address(entry.address) == entry.address
        assert "\n" not in entry.address


@given(
    st.lists(st.from_regex(r"[a-z0-9+]{1,8}@[a-z]{1,8}\.org", fullmatch=True), max_size=8),
    st.sampled_from(["\n", ", ", ";", "\t", " ", "\r\n", ",\n"]),
)
def test_no_address_is_lost_and_none_made_up(given_: list[str], between: str) -> None:
    assert addresses(between.join(given_)) == given_


@given(st.lists(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.org", fullmatch=True), min_size=1, max_size=5))
def test_names_in_front_change_nothing(given_: list[str]) -> None:
    text = "\n".join(f'"Last, First {n}" <{each}>' for n, each in enumerate(given_))
    assert addresses(text) == given_


@given(st.binary(max_size=200))
def test_any_file_is_read(data: bytes) -> None:
    list(read_list(decoded(data)))


@pytest.mark.parametrize("how", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_other_programs_are_read(how: str) -> None:
    assert addresses(decoded("Jürgen <j@example.org>".encode(how))) == ["j@example.org"]
