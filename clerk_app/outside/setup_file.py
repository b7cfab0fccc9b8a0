"""装机文件 `*.clerk-setup`: everything one window needs, made at the centre, read once at the desk; JSON in UTF-8.

A one-time enrolment code stands in it: until it is spent, the file is worth what the code is.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from clerk_app.settings import read_printers

SUFFIX, KIND, FORMAT, CA_FILE = ".clerk-setup", "clerk-setup", 1, "centre-ca.pem"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SetupFaults(Exception):
    """装机文件有错 one sentence a fault; nothing was done."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


@dataclass(frozen=True, kw_only=True)
class SetupFile:
    """装机文件 as it stands; `ca` is a certificate in PEM, `code` the one-time code."""

    hall: str
    window: int
    centre: str
    code: str
    expires: str
    hall_name: str = ""
    printer: str = ""
    printers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    paper_columns: int = 48
    second_screen: bool = False
    second_copy: str = ""
    ca: str = ""


def setup_text(setup: SetupFile) -> str:
    """As it is written."""
    return json.dumps({"kind": KIND, "format": FORMAT, **asdict(setup)}, ensure_ascii=False, indent=2) + "\n"


def read_setup(text: str, now: datetime | None = None) -> SetupFile:
    """Every fault at once; raises `SetupFaults`."""
    try:
        rows = json.loads(text)
    except ValueError:
        rows = None
    if not isinstance(rows, dict) or rows.get("kind") != KIND:
        raise SetupFaults(("这不是装机文件，什么都没动。请中心用 setup-file 重新发一份。",))
    if rows.get("format") != FORMAT:
        raise SetupFaults(("装机文件的格式这一版程序不认，什么都没动。装同一版的程序再来。",))
    values = {name: value for name, value in rows.items() if name not in ("kind", "format")}
    faults = [f"装机文件里多了“{name}”，不认得。" for name in values if name not in _checks]
    given = {**_optional, **values}
    faults += [sentence for name, (good, sentence) in _checks.items() if not _passes(good, given.get(name))]
    if not faults and datetime.fromisoformat(given["expires"]) <= (now or datetime.now(UTC)):
        faults.append("装机文件里的入列码过期了，请中心重新发一份。")
    if faults:
        raise SetupFaults(tuple(faults))
    return SetupFile(**given)


def desk_toml(setup: SetupFile) -> str:
    """`desk.toml` of this window."""
    rows: dict[str, Any] = {"window": setup.window, "centre": setup.centre}
    rows |= {"printer": setup.printer} if not setup.printers else {}
    rows |= {"paper_columns": setup.paper_columns, "second_screen": setup.second_screen}
    rows |= {"second_copy": setup.second_copy} if setup.second_copy else {}
    rows |= {"ca": CA_FILE} if setup.ca else {}
    lines = [f"{name} = {_toml(value)}" for name, value in rows.items()]
    if setup.printers:
        lines += ["", "[printers]", *(f"{_toml(name)} = {_toml(at)}" for name, at in setup.printers.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    """A JSON string without control characters is a TOML string too."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(str(name))} = {_toml(one)}" for name, one in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _passes(good: Callable[[Any], bool], value: Any) -> bool:
    try:
        return good(value)
    except (ValueError, TypeError, AttributeError, OSError):
        return False


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


def _is_centre(value: Any) -> bool:
    parts = urlsplit(value)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    return _is_words(value) and safe and bool(parts.hostname) and "@" not in parts.netloc


def _is_moment(value: Any) -> bool:
    return datetime.fromisoformat(value).tzinfo is not None


def _are_printers(value: Any) -> bool:
    """As the desk file's own table is read; printable, or the desk file would not be one."""
    named = all(_is_words(text) for name, at in value.items() for text in (name, *map(str, at.values())))
    return value == {} or (named and bool(read_printers(value)))


def _is_certificate(value: Any) -> bool:
    if value:
        ssl.create_default_context(cadata=value)
    return isinstance(value, str)


_optional: dict[str, Any] = {
    "hall_name": "", "printer": "", "printers": {}, "paper_columns": 48, "second_screen": False, "second_copy": "", "ca": "",
}  # fmt: skip
_checks: dict[str, tuple[Callable[[Any], bool], str]] = {
    "hall": (lambda value: _is_words(value) and bool(value), "装机文件里没有写大厅。"),
    "window": (lambda value: type(value) is int and value > 0, "装机文件里的窗口号要是正整数。"),
    "centre": (_is_centre, "装机文件里中心的地址要以 https:// 开头。"),
    "code": (lambda value: _is_words(value) and bool(value), "装机文件里没有入列码。"),
    "expires": (_is_moment, "装机文件里没有写入列码到什么时候。"),
    "hall_name": (_is_words, "装机文件里大厅的名字读不懂。"),
    "printer": (_is_words, "装机文件里小票机的地址读不懂。"),
    "printers": (_are_printers, "装机文件里的几台小票机读不懂，照 desk.toml 里 [printers] 的样子写。"),
    "paper_columns": (lambda value: value in (32, 42, 48), "装机文件里的 paper_columns 写 32、42 或 48。"),
    "second_screen": (lambda value: isinstance(value, bool), "装机文件里的 second_screen 写 true 或 false。"),
    "second_copy": (_is_words, "装机文件里第二份的地方读不懂。"),
    "ca": (_is_certificate, "装机文件里中心的根证书读不懂。"),
}
