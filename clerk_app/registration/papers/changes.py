"""变更对照 what an application changes against the record it began with, as lines of a paper: 项目, 原, 拟.

What is masked elsewhere stands whole only in the private lines.
"""

from __future__ import annotations

from clerk_app.registration.comparing import Change, changes
from clerk_app.registration.document import Document
from clerk_app.registration.form import Form
from clerk_app.registration.papers.sheet import DASH

Row = tuple[str, ...]


def change_rows(form: Form, before: Document, after: Document, *, private: bool) -> tuple[Row, ...]:
    """One line a change, numbered; a masked field that changed is on the private lines alone, a row with one on both."""
    found = changes(form, before, after)
    if private:
        lines = [(_name(one), *one.whole) for one in found if one.masked]
    else:
        lines = [(_name(one), one.was, one.will) for one in found if not one.masked or one.kind != "changed"]
    return tuple((str(number), name, was or DASH, will or DASH) for number, (name, was, will) in enumerate(lines, 1))


def _name(one: Change) -> str:
    name = f"{one.where}·{one.label}" if one.where else one.label
    return f"{name}（{'登记' if one.registered else '备案'}）"
