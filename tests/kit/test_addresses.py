import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.kit.addresses import NotAnAddress, clean_address, normal_address, without_tag


@pytest.mark.parametrize(
    ("text", "clean", "normal"),
    [
        ("ada@example.org", "ada@example.org", "ada@example.org"),
        ("  Ada.Obi+news@Example.ORG ", "Ada.Obi+news@example.org", "ada.obi+news@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("Zoe\u0308@example.org", "Zo\u00eb@example.org", "zo\u00eb@example.org"),
        ("o'brien!#$%&*@example.org", "o'brien!#$%&*@example.org", "o'brien!#$%&*@example.org"),
        ("用户@例子.example", "用户@xn--fsqu00a.example", "用户@xn--fsqu00a.example"),
    ],
)
def test_an_address_has_one_form(text: str, clean: str, normal: str) -> None:
    assert (clean_address(text), normal_address(text)) == (clean, normal)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("Ada@example.org", "ada@example.org"),
        ("ADA+News+b@Example.org", "ada@example.org"),
        ("ada.+b@example.org", "ada@example.org"),
        ("+b@example.org", "+b@example.org"),
    ],
)
def test_a_tag_leads_into_the_same_box(text: str, box: str) -> None:
    assert without_tag(text) == box


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@localhost",
        "ada@127.0.0.1",
        "ada@[127.0.0.1]",
        "ada@example..org",
        "ada@-example.org",
        ".ada@example.org",
        "ada.@example.org",
        "a..b@example.org",
        '"a b"@example.org',
        "a b@example.org",
        "a@b@example.org",
        "=?utf-8?q?dov=40example.net=2c_x?=@example.org",
        "ada@example.org\nBcc: dov@example.org",
        "ada\r\n@example.org",
        "ada\x00@example.org",
        "ada\u200b@example.org",
        "ad\u202ea@example.org",
        "ada@exa\u2044mple.org",
        "<ada@example.org>",
        "ada@example.org,dov@example.org",
        "a" * 65 + "@example.org",
        "ada@" + "a" * 64 + ".org",
        "ada@" + ("a" * 60 + ".") * 5 + "org",
        "a" * 100_000,
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        clean_address(text)


@given(st.text(max_size=40), st.sampled_from(["example.org", "BÜCHER.example", "x"]))
def test_whatever_passes_is_one_line_that_stays_as_it_is(local: str, host: str) -> None:
    try:
        clean = clean_address(f"{local}@{host}")
    except NotAnAddress:
        return
    assert clean_address(clean) == clean
    assert normal_address(normal_address(clean)) == normal_address(clean)
    assert without_tag(without_tag(clean)) == without_tag(clean)
    assert clean.isprintable()
    assert not set(clean) & set(' \r\n\t<>,;:"()[]\\')
