"""共享过程 who asked, who said what, who used and who looked: for the case's own course, so that he can be told. No person of the public in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from clerk_app.cases.history import Entry, Name
from clerk_app.cases.sharing.model import ShareConsent, given_words
from clerk_app.cases.sharing.rules import way_words

Number = Callable[[str], str]
"""The number of a case by its id."""
_ways = {str(key): words for key, words in way_words.items()}
_givers = {str(key): words for key, words in given_words.items()}


def share_entries(consents: Iterable[ShareConsent], name: Name, number: Number) -> tuple[Entry, ...]:
    """The oldest first."""
    made = [entry for row in consents for entry in (*_said(row, name), *_done(row, name, number))]
    return tuple(sorted(made, key=lambda entry: entry.at))


def _said(row: ShareConsent, name: Name) -> Iterator[Entry]:
    names = "、".join(row.materials)
    yield Entry(at=row.asked_at, who=name(row.asked_by, row.acting_for), what="问能不能用大厅已有的", note=names)
    if row.answered_at is not None:
        refused = row.state == "refused"
        how = "" if refused else f"{_givers.get(row.given_by, '')}，{_ways.get(row.way, '')}"
        what = "申请人不用大厅的，自己带来" if refused else "申请人同意用大厅已有的"
        yield Entry(at=row.answered_at, who=name(row.answered_by, ""), what=what, note=how or names)
    if row.withdrawn_at is not None:
        yield Entry(at=row.withdrawn_at, who=name(row.withdrawn_by, ""), what="申请人撤回同意", note=names)


def _done(row: ShareConsent, name: Name, number: Number) -> Iterator[Entry]:
    for use in row.uses:
        yield Entry(
            at=use.at,
            who=name(use.by, use.acting_for),
            what=f"用了大厅已有的{use.material}",
            note=f"来自 {number(use.source)}",
        )
    for look in row.looks:
        yield Entry(
            at=look.at,
            who=name(look.by, look.acting_for),
            what=f"看了大厅已有的{look.material}",
            note=f"来自 {number(look.source)}",
        )
