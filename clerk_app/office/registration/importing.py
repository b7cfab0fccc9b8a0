"""导入 a whole application from a file or from a self-fill place: read, put into the form's shape, laid beside what is there.

Nothing is changed here: what the clerk takes over goes the way of typing, and one press brings back what was there.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.registration.reference import company_form, form_editions
from clerk_app.registration.comparing import Change, changes
from clerk_app.registration.document import LONGEST, storable
from clerk_app.registration.fitting import Fitted, fitted, over
from clerk_app.registration.model import FormDraft
from clerk_app.registration.reading import LARGEST, Unreadable, read_application, read_json
from clerk_app.registration.self_fill import with_window
from clerk_app.registration.versions import EARLIER, brought_up

VERSION = "form_version"
_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Read:
    """读到的表 in the form's shape, with sentences on what was folded, not known, or not understood."""

    name: str
    fit: Fitted = field(repr=False)
    told: tuple[str, ...] = ()
    of_citizen: bool = False


@dataclass(frozen=True, kw_only=True)
class Preview:
    """采用前看一眼 the document as it would stand, what would become another, and what was told."""

    name: str
    document: Mapping[str, Any] = field(repr=False)
    changes: tuple[Change, ...] = field(default=(), repr=False)
    told: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How much of it is new."""
        if not self.changes:
            return "和表里现在的一样，不用采用。"
        return f"采用后有 {len(self.changes)} 处和现在不同，采用了还能放回去。"


def read_file(path: Path) -> Read | Refusal:
    """From a file somebody brought, whatever it is; never raises. Not on the GUI thread: it may be a slow stick."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return Refusal("file-too-large", _too_large(path.name, size))
        data = path.read_bytes()
    except OSError:
        return Refusal("file-unreadable", f"{path.name} 打不开，表没有动。看看 U 盘还在不在，再选一次。")
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Read | Refusal:
    """From a file's content."""
    text, said = _as_utf8(data)
    older = _of_older_form(text)
    found = read_application(older.data, company_form())
    if isinstance(found, Unreadable):
        return Refusal("file-not-an-application", f"{name}：{found.message.rstrip('。')}，表没有动。")
    fit = fitted(company_form(), found.document)
    fit = replace(fit, document={**fit.document, **older.notes})
    if not storable(fit.document):
        return Refusal("file-too-long", f"{name} 里写得太长，一份表最多 {LONGEST // 10_000} 万字，没有读，表没有动。")
    odd = [f"这些没读懂，没有用，要在表里补：{_some(fit.odd)}。"] if fit.odd else []
    return Read(name=name, fit=fit, told=(*said, *older.told, *found.told, *odd))


def read_document(document: Mapping[str, Any], name: str, version: str = "") -> Read | Refusal:
    """What came from a self-fill place goes the very way of a file: nobody has looked at it yet."""
    whole = {VERSION: version, "application": document, "as_of": None} if version else document
    return read_bytes(json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace"), name)


@dataclass(frozen=True)
class _Older:
    """The file in today's shape, what today's form has no place for, and sentences on it."""

    data: bytes
    notes: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[str, ...] = ()


def _of_older_form(data: bytes) -> _Older:
    """A file that says of which version it is, and it is another one; everything else goes on as it came."""
    found = read_json(data)
    version = found.get(VERSION) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping) or not isinstance(version, str):
        return _Older(data)
    whole = {name: value for name, value in found.items() if name != VERSION}
    wrapped = isinstance(whole.get("application"), Mapping) and "company" not in whole
    inner = whole["application"] if wrapped else whole
    up = brought_up(company_form(), inner, version, form_editions())
    document = {name: value for name, value in up.document.items() if name != EARLIER}
    notes = {EARLIER: up.document[EARLIER]} if EARLIER in up.document else {}
    whole = {**whole, "application": document} if wrapped else document
    return _Older(json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace"), notes, up.sentences)


def preview(read: Read, current: Mapping[str, Any]) -> Preview:
    """Beside what stands in the form now."""
    form = company_form()
    fit = over(form, current, read.fit)
    if read.of_citizen and current:
        fit = replace(fit, document=with_window(form, current, fit.document))
    kept = [f"这些照办件里的，没有换：{_some(fit.kept)}。"] if fit.kept else []
    return Preview(
        name=read.name,
        document=fit.document,
        changes=changes(form, current, fit.document),
        told=(*read.told, *kept),
    )


def why_not(case: Case, draft: FormDraft | None) -> str:
    """Why a whole application may not be taken over here; empty when it may."""
    if case.state == "correction":
        return "补正期间只改告知里写的，不能整份采用。逐栏改。"
    if draft is not None and draft.record:
        return "这张表是从登记档案开的，不能整份采用。逐栏改。"
    return ""


def _as_utf8(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Windows saves text as GBK or UTF-16 too; what is none of them goes on as it is, and is told there."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _decoded(data, "utf-16", "UTF-16")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030", "GBK")
    return data, ()


def _decoded(data: bytes, encoding: str, called: str) -> tuple[bytes, tuple[str, ...]]:
    try:
        return data.decode(encoding).encode("utf-8"), (f"文件是 {called} 编码，已照它读。看看姓名、字号有没有乱字。",)
    except UnicodeError:
        return data, ()


def _some(labels: tuple[str, ...]) -> str:
    more = f" 等 {len(labels)} 处" if len(labels) > _SHOWN else ""
    return "、".join(labels[:_SHOWN]) + more


def _too_large(name: str, size: int) -> str:
    return f"{name} 有 {size / 1024 / 1024:.0f} MB，一份申请不会超过 {LARGEST // 1024 // 1024} MB，没有读，表没有动。"
