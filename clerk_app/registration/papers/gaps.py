"""缺什么 findings as the gaps of the official one-time notice, and as lines of the list an applicant takes home."""

from __future__ import annotations

from collections.abc import Iterable

from clerk_app.cases.life import Gap
from clerk_app.registration.document import Document
from clerk_app.registration.findings import Finding, Severity
from clerk_app.registration.form import Form
from clerk_app.registration.model import row_name

_how: dict[Severity, str] = {"error": "要改", "warning": "核实", "info": "提示"}
_order: tuple[Severity, ...] = ("error", "warning", "info")


def gaps_from(findings: Iterable[Finding], form: Form, document: Document) -> tuple[Gap, ...]:
    """What must be put right, all at once: an info is told and is no gap, and nothing stands twice."""
    found = [one for one in findings if one.severity != "info"]
    told = (Gap(what=place_words(form, document, one.pointer), wanted=_wanted(one)) for one in found)
    return tuple(dict.fromkeys(told))


def finding_rows(findings: Iterable[Finding], form: Form, document: Document) -> tuple[tuple[str, ...], ...]:
    """Numbered, what must be changed first."""
    ordered = sorted(findings, key=lambda one: _order.index(one.severity))
    return tuple(
        (str(number), _how[one.severity], place_words(form, document, one.pointer), one.message, one.basis)
        for number, one in enumerate(ordered, start=1)
    )


def place_words(form: Form, document: Document, place: str) -> str:
    """登记表·解芸岚·证件号码: where it is in the form, in words."""
    at, repeat, parts = [], "", ""
    for key in place.split("/")[1:]:
        if key.isdecimal():
            at.append(int(key))
            repeat, parts = parts, f"{parts}[]"
        else:
            parts = f"{parts}.{key}" if parts else key
    label = _label(form, parts)
    row = row_name(form, repeat, document, tuple(at)) if repeat in form.repeat_by_id else ""
    return "·".join(text for text in ("登记表", row, label) if text)


def _label(form: Form, parts: str) -> str:
    if found := form.by_id.get(parts):
        return found.label
    if found_list := form.repeat_by_id.get(parts):
        return found_list.name
    inside = next((one for one in form.fields if one.id.startswith(f"{parts}.")), None)
    return "" if inside is None or parts.endswith("[]") else inside.label


def _wanted(one: Finding) -> str:
    basis = one.basis.strip(" –-")
    return f"{one.message.rstrip('。')}。依据：{basis}。" if basis else one.message
