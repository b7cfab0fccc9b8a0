"""盖章的更新 what the sealing itself did to a file: it may add one seal and one grant to the authorised bytes, and nothing else.

Whoever holds a seal's key could hide other changes in the very update he signs; the signature covers them, the chief never
saw them.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

_MORE = "盖章的那次更新里还改了别的东西：看到的不是授权的那一份。"
_COVERS = "印章的图样会盖掉正文：看到的不是授权的那一份。"
_CATALOGUE = {"/AcroForm", "/Perms", "/Extensions", "/Version", "/Names", "/Metadata"}
_INFO = {"/ModDate", "/Producer"}
_FORM = {"/Fields", "/SigFlags"}
_WIDGET = {"/FT", "/T", "/TU", "/Type", "/Subtype", "/F", "/Rect", "/P", "/AP", "/V", "/Lock"}
_LARGEST_SEAL = 61 * 72 / 25.4
"""In points: no seal is wider than 6 cm."""
_INK = re.compile(rb"\s*q\s+(/\w+)\s+gs\s+/\w+\s+Do\s+Q\s*")
_DEEPEST = 8
_OBJECT = re.compile(rb"(?<!\d)(\d+)\s+(\d+)\s+obj\b")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
_STATE = re.compile(rb"(/[^\s/<>\[\](){}%]+)\s+gs\b")
_ANY_STATE = re.compile(rb"(?<![^\s\])}>])gs\b")


def update_fault(pdf: bytes, length: int) -> str:
    """What one update behind the first `length` bytes did besides sealing; empty when nothing."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        old, new = PdfFileReader(BytesIO(pdf[:length])), PdfFileReader(BytesIO(pdf))
        if not _read_alike(pdf[length:], old, new) or not _only_sealed(old, new):
            return _MORE
        return "" if _is_ink(_widget(new)) else _COVERS
    except Exception:
        # What someone altered may break any reader anywhere; each way of breaking is one answer.
        return _MORE


def entry(holder: Any, key: str, default: Any = None) -> Any:
    """The value itself, wherever in the file it lies; pyHanko's own `get` hands out references."""
    try:
        return holder[key]
    except KeyError:
        return default


def _widget(new: Any) -> Any:
    (field,) = new.root["/AcroForm"]["/Fields"]
    return field.get_object()


def _read_alike(update: bytes, old: Any, new: Any) -> bool:
    """Every program finds the same objects in it: one table behind the authorised one, each object once and in the table.

    A second end, or an object in no table, is what a forgiving reader shows and a strict one does not.
    """
    revision = old.xrefs.total_revisions
    if _END.search(update) is None or b"/ObjStm" in update:
        return False
    objects = sorted((int(number), int(generation)) for number, generation in _OBJECT.findall(update))
    listed = new.xrefs.get_xref_data(revision).explicit_refs_in_revision
    return _tables(new)[:revision] == _tables(old) and objects == sorted(listed)


def _only_sealed(old: Any, new: Any) -> bool:
    revision = old.xrefs.total_revisions
    if new.xrefs.total_revisions != revision + 1 or new.xrefs.hybrid_xrefs_present or _takes_away(new, revision):
        return False
    widget = _widget(new)
    page, number = widget["/P"], widget.raw_get("/P").reference
    before = old.get_object(number)
    may = {_reference(old.trailer, "/Info"), _reference(old.trailer, "/Root"), number}
    may |= {_reference(old.root, "/Names"), _reference(old.root, "/Metadata"), _reference(before, "/Annots")}
    changed = {one for one in new.xrefs.explicit_refs_in_revision(revision) if _known(old, one)}
    return (
        changed <= may
        and _reference(new.trailer, "/Root") == _reference(old.trailer, "/Root")
        and _same(old.root, new.root, _CATALOGUE)
        and set(new.trailer) - set(old.trailer) <= {"/Prev"}
        and _same(entry(old.trailer, "/Info", {}), entry(new.trailer, "/Info", {}), _INFO)
        and _same(before, page, {"/Annots"})
        and list(page["/Annots"])[:-1] == list(entry(before, "/Annots", ()))
        and page["/Annots"].raw_get(-1) == new.root["/AcroForm"]["/Fields"].raw_get(0)
        and _adds_only_ours(old.root, new.root, widget)
    )


def _adds_only_ours(old: Any, new: Any, widget: Any) -> bool:
    """The form is the one signature, nothing runs by itself, and no other file came in with it."""
    names, listed = entry(new, "/Names", {}), entry(old, "/Names", {})
    files = entry(names, "/EmbeddedFiles", {})
    return (
        "/AcroForm" not in old
        and set(new["/AcroForm"]) <= _FORM
        and set(widget) <= _WIDGET
        and widget["/FT"] == "/Sig"
        and _same(listed, names, {"/EmbeddedFiles"})
        and "/EmbeddedFiles" not in listed
        and set(files) == {"/Names"}
        and len(files["/Names"]) == 2  # a name and its file
    )


def _is_ink(widget: Any) -> bool:
    """The face lies on the page as ink does (multiplied), is no larger than a seal, and is the only one it has."""
    left, low, right, high = (float(number) for number in widget["/Rect"])
    look = widget["/AP"]["/N"]
    drawn = _INK.fullmatch(look.data)
    states = look["/Resources"]["/ExtGState"]
    return (
        set(widget["/AP"]) == {"/N"}
        and max(abs(right - left), abs(high - low)) <= _LARGEST_SEAL
        and drawn is not None
        and entry(states[drawn[1].decode()], "/BM") == "/Multiply"
        and _multiplies(look, _DEEPEST)
    )


def _multiplies(part: Any, deeper: int) -> bool:
    """No part of it changes back to covering colour, by its own resources or by those of the page it lies on."""
    resources, drawing = entry(part, "/Resources", {}), part.data
    states = entry(resources, "/ExtGState", {})
    names = _STATE.findall(drawing)
    if len(names) != len(_ANY_STATE.findall(drawing)) or any(name.decode() not in states for name in names):
        return False
    if any(entry(state, "/BM", "/Multiply") != "/Multiply" for state in _each(resources, "/ExtGState")):
        return False
    if _each(resources, "/Pattern") or any("/CharProcs" in font for font in _each(resources, "/Font")):
        return False
    forms = [one for one in _each(resources, "/XObject") if one["/Subtype"] == "/Form"]
    return all(deeper > 0 and _multiplies(one, deeper - 1) for one in forms)


def _each(resources: Any, kind: str) -> list[Any]:
    there = entry(resources, kind, {})
    return [there[name] for name in there]


def _tables(reader: Any) -> list[tuple[int, int]]:
    """Where each revision's table of objects lies: an update may rest on another than the authorised one."""
    found = (reader.xrefs.get_xref_container_info(number) for number in range(reader.xrefs.total_revisions))
    return [(one.declared_startxref, one.end_location) for one in found]


def _takes_away(new: Any, revision: int) -> bool:
    return set(new.xrefs.get_xref_data(revision).freed) - {0} != set()


def _reference(holder: Any, key: str) -> Any:
    value = holder.raw_get(key) if key in holder else None
    return getattr(value, "reference", None)


def _known(old: Any, reference: Any) -> bool:
    try:
        return old.xrefs[reference] is not None
    except KeyError:
        return False


def _same(old: Any, new: Any, but: set[str]) -> bool:
    """Entry for entry as it was, but those."""
    kept = [{key: one.raw_get(key) for key in one if key not in but} for one in (old, new)]
    return bool(kept[0] == kept[1])
