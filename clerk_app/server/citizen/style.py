"""样式 the one style sheet, written into the page: colours by pairs that can be read (WCAG AA), sizes that grow with the reader's.

`PAIRS` says which colour stands on which, so that a test can count the contrast.
"""

from __future__ import annotations

import base64
import hashlib

LIGHT = {
    "page": "#ffffff", "ink": "#14181d", "quiet": "#454c55", "panel": "#e9f1fb", "strong": "#0a3f82",
    "warn": "#fff1d6", "warn-ink": "#5c2e00", "link": "#0a4a99", "edge": "#5d6875",
}  # fmt: skip
DARK = {
    "page": "#0f1317", "ink": "#f3f5f7", "quiet": "#c2c9d2", "panel": "#182635", "strong": "#9ccbff",
    "warn": "#3b2700", "warn-ink": "#ffdca6", "link": "#9ccbff", "edge": "#8a95a3",
}  # fmt: skip
PAIRS = (
    ("ink", "page"), ("quiet", "page"), ("link", "page"), ("strong", "page"), ("ink", "panel"), ("quiet", "panel"),
    ("strong", "panel"), ("warn-ink", "warn"), ("page", "strong"),
)  # fmt: skip

_sheet = """
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%}
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
a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid currentColor;outline-offset:2px}
"""


def _colours(tokens: dict[str, str]) -> str:
    return ":root{" + "".join(f"--{name}:{value};" for name, value in tokens.items()) + "}"


SHEET = (
    ":root{color-scheme:light dark}"
    + _colours(LIGHT)
    + "@media (prefers-color-scheme:dark){"
    + _colours(DARK)
    + "}"
    + _sheet.replace("\n", "")
)

POLICY = (
    "default-src 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(SHEET.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing is loaded from anywhere; this very style sheet is the only one that counts."""

FORM_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")
"""The one page that is filled in sends it to itself."""
