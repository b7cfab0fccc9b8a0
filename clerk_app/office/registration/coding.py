"""录代码 the unified code on the licence, typed twice or scanned, and with it the approved form goes on record."""

from __future__ import annotations

import re
import unicodedata

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.acts import file_record
from clerk_app.registration.credit_codes import LENGTH, check_holds, credit_code_fault

_SIGNS = re.compile(r"[0-9A-Z]+")
_differs = Refusal("code-differs", "两次录的代码不一样，没有录。对着执照看清楚，两栏都重新录。")


def code_of(first: str, second: str) -> str | Refusal:
    """The code that was meant: typed the same twice, or read by a scanner out of a licence's square, which needs no second."""
    one, two = narrowed(first), narrowed(second)
    if not one:
        return Refusal("code-missing", "还没录代码。对着执照录一遍，再录一遍；或用扫码枪扫执照上的码。")
    if not two and len(one) > LENGTH:
        return _scanned(one)
    if fault := credit_code_fault(one):
        return Refusal("code-wrong", f"统一社会信用代码不对：{fault}，没有录。对着执照再看一遍。")
    if not two:
        return Refusal("code-once", "代码只录了一遍，没有录。对着执照再录一遍，两遍一样才算。")
    return one if one == two else _differs


def enter_code(office: Office, case_id: str, first: str, second: str = "") -> Outcome:
    """录代码并归档: a company that had its code before keeps it and need not be typed again."""
    draft = office.read(lambda books: books.form(case_id))
    known = draft.record if draft else ""
    code = known if known and not narrowed(first) else code_of(first, second)
    return code if isinstance(code, Refusal) else file_record(office, case_id, code)


def narrowed(text: str) -> str:
    """Full width, small letters and spaces are the same code."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def _scanned(text: str) -> str | Refusal:
    """The one code in what a scanner typed: an address, a line of text."""
    parts = (part[at : at + LENGTH] for part in _SIGNS.findall(text) for at in range(len(part) - LENGTH + 1))
    found: set[str] = {part for part in parts if check_holds(part)}
    if len(found) == 1:
        return found.pop()
    return Refusal("code-unreadable", "扫到的内容里看不出是哪个代码，没有录。对着执照录两遍。")
