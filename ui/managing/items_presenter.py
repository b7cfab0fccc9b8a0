"""事项的主持 the catalogue in force: what each item lacks, its printed guide, and the way to change it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.counter.guide import guide_paper
from clerk_app.office.office import Office
from clerk_app.office.oversight.catalogue_desk import CatalogueDesk, ItemSeen
from ui.background import Background
from ui.errors import record
from ui.language import kept, said, tr
from ui.managing.list_page import SAVE, ListPage
from ui.managing.telling import tell_lacks
from ui.managing.view import NO_ITEMS, ItemRowView, ListView, PaperDetail
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView

CHANGE = "change"


class ItemsPresenter(QObject):
    """事项 `said(text, good)`, `change_wanted(code)`."""

    said = Signal(str, bool)
    change_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, page: ListPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._desk, self._key = CatalogueDesk(), ""
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)
        page.place_chosen.connect(self.save)
        page.refused.connect(lambda reason: self.said.emit(tr("{reason}。", reason=reason), False))

    def start(self) -> None:
        """Another person sat down."""
        self._desk, self._key = CatalogueDesk(), ""
        self._page.render(ListView())

    def show_desk(self, desk: CatalogueDesk) -> None:
        """As it was read."""
        self._desk = desk
        self._render()

    def _row(self) -> ItemSeen | None:
        chosen = next((item for item in self._desk.items if item.code == self._key), None)
        return chosen or next(iter(self._desk.items), None)

    def _render(self) -> None:
        row, items = self._row(), self._desk.items
        lacking = sum(bool(item.lacks) for item in items)
        title = tr("目录里的事项 {count} 项", count=len(items)) if items else ""
        if lacking:
            title += tr("\u3000还缺东西的 {lacking} 项", lacking=lacking)
        self._page.render(
            ListView(
                title=title,
                rows=tuple(map(_tell_row, items)),
                detail=self._detail(row) if row else None,
                empty=NO_ITEMS,
            )
        )

    def _detail(self, row: ItemSeen) -> PaperDetail:
        item = self._office.hall.items.get(row.code)
        lines: list[str] = []
        if item is not None and self._desk.today is not None:
            paper = guide_paper(self._office.hall, item, self._desk.today, training=False)
            for part in paper.parts:
                lines += [kept("{head}：", head=part.head), *part.lines]
        why = "" if self._desk.may_ask else tr("由管理员提")
        return PaperDetail(
            id=row.code,
            title=row.name,
            note=tr("实施编码 {code}", code=row.code),
            lines=tuple(lines),
            as_paper=True,
            message=tell_lacks(tuple((row.name, lack) for lack in row.lacks)),
            bar=NextStepView(
                tr("指南上就是这些字，印出来给申请人。"),
                tr("改一项要依据文书，另一人确认，到日子才换。"),
                step=Act(CHANGE, tr("改这一项"), Key.NEXT_STEP, why),
                seconds=(Act(SAVE, tr("存成 A4 指南"), Key.PRINT),),
            ),
            file=tr("{title}办事指南.pdf", title=row.name),
        )

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._key = key
        self._render()

    @Slot(str)
    def _act(self, name: str) -> None:
        row = self._row()
        if name == CHANGE and row is not None:
            self.change_wanted.emit(row.code)

    @Slot(str)
    def save(self, path: str) -> None:
        """存成 A4 指南."""
        row, pages = self._row(), self._office.parts.pages
        item = self._office.hall.items.get(row.code) if row else None
        if pages is None or item is None:
            self.said.emit(tr("这台机器没有接文书，指南没有存。到首席代表席存，或找管理员。"), False)
            return
        day, training = self._office.parts.clock.now().date(), self._office.parts.settings.training
        paper = guide_paper(self._office.hall, item, day, training=training)
        good = tr("指南存好了：{name}。打印一张给申请人。", name=Path(path).name)
        self._background.run_net(
            lambda: Path(path).write_bytes(pages.notice(paper)), lambda _: self.said.emit(good, True), self._failed
        )

    def _failed(self, error: Exception) -> None:
        record(error)
        unable = said(str(error)) if isinstance(error, ValueError) else tr("指南没有存下。换一个能写的文件夹再存。")
        self.said.emit(unable, False)


def _tell_row(item: ItemSeen) -> ItemRowView:
    return ItemRowView(
        id=item.code,
        name=item.short,
        note=item.department,
        windows=tr("{numbers} 号", numbers=tr("、").join(map(str, item.windows))),
        state=tr("还缺 {count} 样", count=len(item.lacks)) if item.lacks else tr("齐全"),
        lamp="soon" if item.lacks else "done",
    )
