import pytest

from porch.people.sessions.devices import read_device

SAID = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0": ("Firefox", "Windows"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.4 Safari/605.1": ("Safari", "Mac"),
    "Mozilla/5.0 (iPhone; CPU OS 17_4 like Mac OS X) Version/17.4 Mobile Safari/604.1": ("Safari", "iPhone"),
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/124.0 Mobile Safari/537.36": ("Chrome", "Android"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/124.0.0.0 Safari/537.36 Edg/124.0": ("Edge", "Windows"),
    "Mozilla/5.0 (X11; Linux x86_64) Chrome/124.0 Safari/537.36 OPR/110.0": ("Opera", "Linux"),
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/124.0 Safari/537.36": ("Chrome", "ChromeOS"),
    "curl/8.5.0": ("", ""),
    "": ("", ""),
    "<script>alert(1)</script>" * 1000: ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("said", SAID, ids=[" on ".join(each) or "unknown" for each in SAID.values()])
def test_a_browser_is_named_as_people_name_it(said: str) -> None:
    assert read_device(said) == SAID[said]
