"""办件页所见 what the cases page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.cases.hold_pane import HoldView
from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.strip import StripView

NO_HOLD = HoldView()
NO_CASES = EmptyView(tr("还没有办件"), tr("收件以后，办件出现在这里。"), icon="folder")


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """办件一行 persons come masked; `left` is 剩 10 天 in the lamp's tone; `read_only` says in whose hand it is, if not mine."""

    id: str
    number: str
    applicant: str
    item: str
    state: str
    handler: str
    due: str
    left: str
    lamp: LampKind = "ok"
    read_only: str = ""


@dataclass(frozen=True, kw_only=True)
class AttachmentLine:
    """附件一行 its name, its size and where it is; `said` and `again` for one that could not be sent."""

    id: str = ""
    digest: str
    name: str
    lamp: LampKind
    state: str
    said: str = ""
    again: bool = False


@dataclass(frozen=True)
class ScanChoice:
    """扫描仪 one that answers, by the name on its front."""

    id: str
    label: str


@dataclass(frozen=True, kw_only=True)
class AttachmentsView:
    """附件 of the chosen case; `none` stands where there are none, `reason` in a button that cannot add now.

    `scanners` are those a page can be scanned by, `scanning` is how far one is, `stopping` when it was told to stop.
    `readable`: who sits here may open them.
    """

    case: str = ""
    title: str = tr("附件")
    none: str = ""
    lines: tuple[AttachmentLine, ...] = ()
    reason: str = ""
    scanners: tuple[ScanChoice, ...] = ()
    scanning: str = ""
    stopping: bool = False
    readable: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseDetail:
    """办件细目 the chosen case: its number, facts by label, and what is to be said of it."""

    id: str
    number: str
    query_code: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    message: StripView | None = None
    attachments: AttachmentsView = AttachmentsView()
    hold: HoldView = NO_HOLD


@dataclass(frozen=True, kw_only=True)
class CasesView:
    """办件页 rows in their order (overdue, due, then by date); `count` is 13 件，按期限先后.

    `figures` are the numbers beside the lists' names. `news` is 有 2 件更新: what changed waits until it is asked for.
    `wider` offers the wider place to look; `open_reason` says why the chosen one is not opened here.
    """

    rows: tuple[CaseRow, ...] = ()
    count: str = ""
    segment: str = "mine"
    figures: tuple[tuple[str, str], ...] = ()
    news: str = ""
    gives_out: bool = False
    """Whether the hall gives cases out: else there is no list of those given to me."""
    wider: str = ""
    open_reason: str = ""
    detail: CaseDetail | None = None
    strip: StripView | None = None
    empty: EmptyView = NO_CASES
