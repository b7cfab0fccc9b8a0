"""样式 the one style sheet, written into the page: colours by pairs that can be read (WCAG AA), sizes that grow with the reader's.

`PAIRS` says which colour stands on which, so that a test can count the contrast.
"""

from __future__ import annotations

import base64
import hashlib

LIGHT = {
    "page": "#fffdf8", "ink": "#24211b", "quiet": "#5b5548", "panel": "#e1ecee", "strong": "#1f5c74",
    "warn": "#f7ebcf", "warn-ink": "#7a4e00", "link": "#1f5c74", "edge": "#8f8672",
    "paper": "#f3f0e8", "sunken": "#f8f5ec", "line": "#dfd8c9", "fill": "#1f5c74", "on-fill": "#ffffff",
    "lattice": "#3d7389", "still": "#5b5548", "ok": "#2f6b45",
}  # fmt: skip
DARK = {
    "page": "#242521", "ink": "#ece8dd", "quiet": "#bbb5a6", "panel": "#22363c", "strong": "#8cc3d5",
    "warn": "#3a3120", "warn-ink": "#e0b35c", "link": "#8cc3d5", "edge": "#8a8777",
    "paper": "#191a18", "sunken": "#1e1f1c", "line": "#3a3b35", "fill": "#2a6a81", "on-fill": "#ffffff",
    "lattice": "#468297", "still": "#4d4c45", "ok": "#7fbf95",
}  # fmt: skip
PAIRS = (
    ("ink", "page"), ("quiet", "page"), ("link", "page"), ("strong", "page"), ("ink", "panel"), ("quiet", "panel"),
    ("strong", "panel"), ("warn-ink", "warn"), ("page", "strong"), ("ink", "paper"), ("quiet", "paper"),
    ("quiet", "sunken"), ("on-fill", "fill"), ("on-fill", "still"), ("ok", "paper"), ("warn-ink", "paper"),
)  # fmt: skip

_sheet = """
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%}
html.large{font-size:145%}
body{margin:0 auto;max-width:34rem;padding:1rem 1rem 2rem;background:var(--page);color:var(--ink);
font:1.25rem/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
h1,h2,p,dl,dd{margin:0}
.hall{color:var(--quiet);font-size:1.125rem}
h1{font-size:min(3.75rem,20vw);line-height:1.15;white-space:nowrap;color:var(--strong)}
h1.long{font-size:1.75rem;white-space:normal;margin:.25rem 0}
main>*{margin-top:1rem}
.panel{background:var(--panel);border-radius:.75rem;padding:1rem 1.125rem}
.state{font-size:1.75rem;font-weight:700;line-height:1.3}
.window{font-size:min(2.75rem,14vw);word-break:keep-all;font-weight:700;line-height:1.3;color:var(--strong)}
.wait{font-size:1.5rem;font-weight:700}
.quiet{color:var(--quiet);font-size:1.125rem}
.links a{margin-right:1.5rem}
.warn{background:var(--warn);color:var(--warn-ink);border:2px solid currentColor;border-radius:.75rem;padding:.75rem 1rem}
h2{font-size:1.25rem}
dt{color:var(--quiet);font-size:1.125rem;margin-top:.5rem}
dt:first-child{margin-top:0}
dd{font-weight:700}
footer{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--edge);color:var(--quiet);font-size:1.125rem}
footer p+p{margin-top:.25rem}
a{color:var(--link);display:inline-block;min-height:2.75rem;line-height:2.75rem;padding:0 .125rem}
label{display:block;font-weight:700}
input,button{font:inherit;width:100%;min-height:2.75rem;margin-top:.5rem;border-radius:.5rem;padding:.5rem .75rem}
input{background:var(--page);color:var(--ink);border:2px solid var(--edge)}
::file-selector-button{font:inherit;font-size:1rem}
button{background:var(--strong);color:var(--page);border:0;font-weight:700}
form p{margin-top:.5rem}
ul{margin:.25rem 0 0;padding-left:1.5rem}
h2.state{font-size:1.75rem}
a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid currentColor;outline-offset:2px}
@media print{
body{max-width:none;background:none;padding:0;font-size:1rem}
main>*,footer{break-inside:avoid}
.panel{border:1px solid var(--edge);background:none}
.links{display:none}}
"""


def _colours(tokens: dict[str, str]) -> str:
    return ":root{" + "".join(f"--{name}:{value};" for name, value in tokens.items()) + "}"


def dressed(sheet: str) -> str:
    """A style sheet with the colours it names, on one line."""
    dark = "@media (prefers-color-scheme:dark){" + _colours(DARK) + "}"
    paper = "@media print{:root{color-scheme:light}" + _colours(LIGHT) + "}"
    return ":root{color-scheme:light dark}" + _colours(LIGHT) + dark + paper + sheet.replace("\n", "")


def policy(sheet: str, *more: str) -> str:
    """Nothing is loaded from anywhere and this very style sheet is the only one that counts; `more` is what a page needs beside."""
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    always = ("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
    return "; ".join(("default-src 'none'", f"style-src 'sha256-{digest}'", *more, *always))


SHEET = dressed(_sheet)
POLICY = policy(SHEET)

FORM_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")
"""The one page that is filled in sends it to itself."""
