"""说纸 the paper that is open: which it is, which page, and what comes next. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView

NEXT_PAGE, NEXT_PAPER, PAGE_BEFORE, SAVE, STOP, DONE = (
    "paperNextPage", "paperNextPaper", "paperPageBefore", "paperSave", "paperStop", "paperLooked",
)  # fmt: skip
NOT_DRAWN = tr("这份 PDF 这里画不出来。点“存出来看”，用看 PDF 的程序打开；看完删掉。")
FETCHING = tr("正在取，取到就在这里。")
NO_BAR = NextStepView("")


@dataclass(frozen=True)
class Named:
    """一份 one paper that can be opened: its key in its source, its name, and what it would be called as a file."""

    key: str
    name: str
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Open:
    """打开着的 which of the papers that are here, and its page; `pages` is 0 while it is fetched, or cannot be drawn.

    `guest`: it lies over a page with a next step of its own, so that Ctrl+Enter stays that page's.
    """

    papers: tuple[Named, ...]
    place: int = 0
    page: int = 0
    pages: int = 0
    percent: int = 0
    said: str = ""
    """Why there is no page."""
    savable: bool = False
    guest: bool = False

    @property
    def paper(self) -> Named:
        """The one that is open."""
        return self.papers[self.place]

    @property
    def fetching(self) -> bool:
        """Whether it is on its way."""
        return self.said == FETCHING


@dataclass(frozen=True, kw_only=True)
class ScanView:
    """扫描件 `title` and `note`, or why it cannot be shown."""

    title: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperView:
    """纸所见 `note` where no page can be shown."""

    title: str
    note: str = ""
    bar: NextStepView = NO_BAR


def tell_paper(now: Open) -> PaperView:
    """Page after page, paper after paper; then back to where it is decided."""
    name, many = now.paper.name, len(now.papers)
    which = tr("第 {n}/{all} 份　{name}", n=now.place + 1, all=many, name=name) if many > 1 else name
    return PaperView(title=which, note=now.said, bar=_bar(now))


def _bar(now: Open) -> NextStepView:
    before = [Act(PAGE_BEFORE, tr("往前"), "←" if now.guest else Key.STEP_UP)] if now.page or now.place else []
    seconds = [Act(SAVE, tr("存出来看"))] if now.savable else []
    seconds += [Act(STOP, tr("停，不取了"))] if now.fetching else []
    hint = tr("上下键翻看，+ − 缩放，Esc 放回去。") if now.pages else tr("Esc 放回去。")
    on = _next(now)
    if not now.guest:
        return NextStepView(_where(now), hint, on, (*seconds, *before))
    ways = (*seconds, *before, *((on,) if on.name != DONE else ()))
    return NextStepView(_where(now), hint, None, (*ways, Act(DONE, tr("放回去"), "Esc")))


def _where(now: Open) -> str:
    if now.pages:
        return tr("第 {n} 页，共 {all} 页。", n=now.page + 1, all=now.pages)
    if now.fetching:
        return tr("正在取，{percent}%。", percent=now.percent) if now.percent else tr("正在打开。")
    return tr("没有打开。")


def _next(now: Open) -> Act:
    key = "→" if now.guest else Key.NEXT_STEP
    if now.page + 1 < now.pages:
        return Act(NEXT_PAGE, tr("下一页"), key)
    if now.place + 1 < len(now.papers):
        return Act(NEXT_PAPER, tr("下一份"), key)
    return Act(DONE, tr("看完了"), key)
