"""Names are refused where they mislead, and mended where they are only odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.kit.formats.known import CSV, JPEG, PDF, TEXT
from porch.kit.formats.names import NameIsTurned, NameLeadsElsewhere, clean_name


@pytest.mark.parametrize("name", ["../a.jpg", "..\\a.jpg", "/etc/../a.jpg", "a/..", "..", "C:\\..\\x"])
def test_a_name_that_leads_out_of_its_folder_is_refused(name: str) -> None:
    with pytest.raises(NameLeadsElsewhere):
        clean_name(name, JPEG)


@pytest.mark.parametrize(
    "mark", list("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
def test_a_name_that_hides_a_turn_is_refused(mark: str) -> None:
    with pytest.raises(NameIsTurned):
        clean_name(f"holiday{mark}gpj.exe", JPEG)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("holiday.jpg", "holiday.jpg"),
        ("holiday.JPEG", "holiday.jpeg"),
        ("holiday", "holiday.jpg"),
        ("", "file.jpg"),
        ("   ", "file.jpg"),
        (".jpg", "file.jpg"),
        ("...", "file.jpg"),
        ("/etc/passwd", "passwd.jpg"),
        ("C:\\Windows\\a.png", "a.jpg"),
        ("a.html", "a.jpg"),
        ("a.jpg.exe", "a.jpg"),
        ("a.exe.html.svg", "a.jpg"),
        ("notes.v2", "notes.v2.jpg"),
        ("a\x00b.jpg", "ab.jpg"),
        ("a\r\nb\tc.jpg", "a__b_c.jpg"),
        ('a"<b>|c?*:d.jpg', "a__b__c___d.jpg"),
        ("a\u200b\u2060b.jpg", "ab.jpg"),
        ("CON", "_CON.jpg"),
        ("con.txt", "_con.jpg"),
        ("lpt1.x.jpg", "_lpt1.x.jpg"),
        ("COM¹.jpg", "_COM¹.jpg"),
        ("console.jpg", "console.jpg"),
        ("photo .jpg", "photo.jpg"),
        ("photo.jpg. . ", "photo.jpg"),
        ("тест-שלום-世界 😀.jpg", "тест-שלום-世界 😀.jpg"),
        ("e\u0301.jpg", "é.jpg"),
    ],
)
def test_an_odd_name_is_mended(name: str, clean: str) -> None:
    assert clean_name(name, JPEG) == clean


def test_a_long_name_is_cut_and_keeps_its_extension() -> None:
    assert clean_name("a" * 300 + ".jpg", JPEG) == "a" * 100 + ".jpg"
    assert clean_name("😀" * 300 + ".pdf", PDF) == "😀" * 45 + ".pdf"


def test_texts_keep_what_they_are_called() -> None:
    assert clean_name("list.csv", CSV) == "list.csv"
    assert clean_name("list.csv", TEXT) == "list.txt"
    assert clean_name("READ.md", TEXT) == "READ.md"


@given(st.text(max_size=400))
def test_any_name_becomes_a_harmless_one_or_is_refused(name: str) -> None:
    try:
        clean = clean_name(name, JPEG)
    except (NameLeadsElsewhere, NameIsTurned):
        return
    assert 0 < len(clean) <= 120
    assert len(clean.encode("utf-8")) <= 200
    assert not set(clean) & set('/\\"<>:|?*\0\r\n')
    assert clean.endswith((".jpg", ".jpeg", ".jpe", ".jfif"))
    assert not clean.startswith(".")
    assert clean_name(clean, JPEG) == clean, "what is clean stays"
