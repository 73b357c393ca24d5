"""One parser serves all threads at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from porch.kit.markdown import Extension, Link, render

MENTION = Extension(
    "mention", "@", r"@(\w{1,30})", lambda names: {name: Link(f"/m/{name}/", len(name)) for name in names}
)
TEXTS = [
    f"# T{n}\n\n{'> ' * (n % 5)}@ada{n} *a* https://a.example/{n} [r]\n\n- [x] {n}\n\n|{n}|\n|-|\n|`{n}`|\n\n"
    f"```{language}\nlet x{n} = {n};\n```\n\n[r]: /r{n}\n"
    for n, language in enumerate(
        ["python", "rust", "go", "js", "sql", "html", "ruby", "swift", "lua", "zig"] * 4
    )
]

# A process of its own, because only the first renders of a process build the parser and the lexers.
AT_ONCE = """
import sys, threading
from django.conf import settings
settings.configure(PORCH_URL="")
sys.setswitchinterval(1e-6)
from porch.kit.markdown import render
text = "# a\\n\\n- *b*\\n\\n|c|\\n|-|\\n\\n```ruby\\ndef a = <<X\\nx\\nX\\n```\\n\\n```swift\\nlet a = 1\\n```\\n"
start, pages = threading.Barrier(8), []
def work():
    start.wait()
    pages.append(render(text).html)
threads = [threading.Thread(target=work) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
assert len(pages) == 8, len(pages)
assert set(pages) == {render(text).html}
assert '<span class="kd">let</span>' in pages[0]
"""


def test_many_threads_get_what_one_gets() -> None:
    alone = [render(text, extensions=[MENTION]) for text in TEXTS]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(lambda text: render(text, extensions=[MENTION]), TEXTS * 3))
    assert together == alone * 3


def test_the_first_renders_of_a_process_may_come_at_once() -> None:
    answer = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
