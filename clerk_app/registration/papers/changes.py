"""变更对照 the changes the page shows, as lines of a paper: 项目, 原, 拟. It compares nothing itself.

What is masked elsewhere stands whole only in the private lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from clerk_app.registration.comparing import Change
from clerk_app.registration.papers.sheet import DASH

Row = tuple[str, ...]


def change_rows(found: Iterable[Change], *, private: bool) -> tuple[Row, ...]:
    """One line a change, numbered; a masked field that changed is on the private lines alone, a row with one on both."""
    if private:
        lines = [(_name(one), *one.whole) for one in found if one.masked]
    else:
        lines = [(_name(one), one.was, one.will) for one in found if not one.masked or one.kind != "changed"]
    return tuple((str(number), name, was or DASH, will or DASH) for number, (name, was, will) in enumerate(lines, 1))


def _name(one: Change) -> str:
    name = f"{one.where}·{one.label}" if one.where else one.label
    return f"{name}（{'登记' if one.registered else '备案'}）"
