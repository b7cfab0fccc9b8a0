"""说原件 the paper that is open: which it is, which page, and what comes next. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.inbox.model import InboxMaterial
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView

NEXT_PAGE, NEXT_PAPER, PAGE_BEFORE, SAVE, DONE = (
    "inboxNextPage", "inboxNextPaper", "inboxPageBefore", "inboxSavePaper", "inboxLooked",
)  # fmt: skip
NOT_DRAWN = tr("这份 PDF 这里画不出来。点“存出来看”，用看 PDF 的程序打开；看完删掉。")
BROKEN = tr("这份图片打不开，可能坏了。请申请人重传一份，或收纸质的。")
FETCHING = tr("正在取，取到就在这里。")
NO_BAR = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class Open:
    """打开着的 which of the papers that are here, and its page; `pages` is 0 while it is fetched, or cannot be drawn."""

    papers: tuple[InboxMaterial, ...]
    place: int = 0
    page: int = 0
    pages: int = 0
    said: str = ""
    """Why there is no page."""
    savable: bool = False

    @property
    def paper(self) -> InboxMaterial:
        """The one that is open."""
        return self.papers[self.place]


@dataclass(frozen=True, kw_only=True)
class PaperView:
    """原件所见 `note` where no page can be shown."""

    title: str
    note: str = ""
    bar: NextStepView = NO_BAR


def tell_paper(now: Open) -> PaperView:
    """Page after page, paper after paper; then back to where it is decided."""
    name, many = now.paper.name, len(now.papers)
    which = tr("{name}（第 {n} 份，共 {all} 份）", name=name, n=now.place + 1, all=many) if many > 1 else name
    return PaperView(title=which, note=now.said, bar=_bar(now))


def _bar(now: Open) -> NextStepView:
    seconds = [Act(SAVE, tr("存出来看"))] if now.savable else []
    if now.page or now.place:
        seconds.append(Act(PAGE_BEFORE, tr("往前"), Key.STEP_UP))
    if now.pages:
        where = tr("第 {n} 页，共 {all} 页。", n=now.page + 1, all=now.pages)
    else:
        where = tr("没有画出来。") if now.said and now.said != FETCHING else tr("正在打开。")
    hint = tr("上下键翻看，Esc 回到细目。") if now.pages else tr("Esc 回到细目。")
    return NextStepView(where, hint, _next(now), tuple(seconds))


def _next(now: Open) -> Act:
    if now.page + 1 < now.pages:
        return Act(NEXT_PAGE, tr("下一页"), Key.NEXT_STEP)
    if now.place + 1 < len(now.papers):
        return Act(NEXT_PAPER, tr("下一份"), Key.NEXT_STEP)
    return Act(DONE, tr("看完了"), Key.NEXT_STEP)
