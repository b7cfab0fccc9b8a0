"""收工前所见 what the evening part of the day close shows, and how it is told from what the office found."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.office.oversight.evening import Check, Evening, HallEnd, check_words
from ui.language import tr
from ui.today.view import MarkView
from ui.widgets.empty_card import EmptyView

AGREES = EmptyView(tr("都对得上"), tr("号票、办件、用印、打印、号码，今天的都对上了。"), icon="check", tone="ok")
HALL = "hall"


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """对不上的一处 in words, its remedy, the page it is done on; `case` opens that case, `gap` is a number to be explained."""

    id: str
    words: str
    remedy: str
    page: str = ""
    case: str = ""
    gap: bool = False


@dataclass(frozen=True, kw_only=True)
class EveningView:
    """收工前 the checks side by side, what does not agree, and whether numbers are to be explained."""

    checks: tuple[MarkView, ...] = ()
    title: str = ""
    findings: tuple[FindingView, ...] = ()
    empty: EmptyView = AGREES


def tell_evening(found: Evening) -> EveningView:
    """The window's own first, then what the hall leaves open."""
    own = [
        FindingView(
            id=f"{check.kind}:{place}",
            words=finding.words,
            remedy=finding.remedy,
            page=finding.page,
            case=finding.case,
            gap=check.kind == "numbers",
        )
        for check in found.checks
        for place, finding in enumerate(check.findings)
    ]
    findings = (*own, *(_of_hall(found.hall) if found.hall else ()))
    return EveningView(
        checks=tuple(_mark(check) for check in found.checks),
        title=tr("对不上的 {count} 处", count=len(findings)) if findings else tr("对账"),
        findings=findings,
    )


def _mark(check: Check) -> MarkView:
    wrong = len(check.findings)
    said = check.counted + (tr("；差 {wrong} 处", wrong=wrong) if wrong else "")
    return MarkView(kind=check.kind, word=check_words[check.kind], said=said, lamp="unknown" if wrong else "done")


def _of_hall(left: HallEnd) -> tuple[FindingView, ...]:
    told: list[tuple[str, str, str]] = [(f"{words}", tr("到窗口看看"), "") for words in left.windows]
    told += [(tr("{words}还没送到中心", words=words), tr("线路恢复自动送"), "sync") for words in left.unsent]
    told += [(tr("{words} 办好了，还没送达", words=words), tr("打电话请人来领"), "cases") for words in left.undelivered]
    if left.undelivered_more:
        told.append(
            (
                tr("还有 {undelivered_more} 件办好没送达", undelivered_more=left.undelivered_more),
                tr("到“办件”里看"),
                "cases",
            )
        )
    told += [(words, tr("请顶岗的人交回，两人点头"), "board") for words in left.keys]
    return tuple(
        FindingView(id=f"{HALL}:{place}", words=words, remedy=remedy, page=page)
        for place, (words, remedy, page) in enumerate(told)
    )
