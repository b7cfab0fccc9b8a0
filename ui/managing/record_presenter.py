"""变动记录的主持 who asked, who confirmed, by what, from which day: every change of the catalogue, and the paper of them all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.office import Office
from clerk_app.office.oversight.catalogue_desk import CatalogueDesk, ChangeSeen
from clerk_app.office.oversight.catalogue_words import record_line, record_paper
from ui.background import Background
from ui.errors import record
from ui.language import said, tr
from ui.managing.list_page import SAVE, ListPage
from ui.managing.telling import tell_row
from ui.managing.view import NO_RECORD, ItemRowView, ListView, PaperDetail
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView


class RecordPresenter(QObject):
    """变动记录 `said(text, good)`."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: ListPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._desk, self._key = CatalogueDesk(), ""
        page.row_chosen.connect(self._choose)
        page.place_chosen.connect(self.save)

    def start(self) -> None:
        """Another person sat down."""
        self._desk, self._key = CatalogueDesk(), ""
        self._page.render(ListView(empty=NO_RECORD))

    def show_desk(self, desk: CatalogueDesk) -> None:
        """As it was read."""
        self._desk = desk
        self._render()

    def _render(self) -> None:
        rows = self._desk.rows
        chosen = next((row for row in rows if row.change.id == self._key), None) or next(iter(rows), None)
        title = tr("公开目录变动记录 {count} 份", count=len(rows)) if rows else ""
        self._page.render(
            ListView(
                title=title,
                rows=tuple(map(_tell_row, rows)),
                detail=self._detail(chosen) if chosen else None,
                empty=NO_RECORD,
            )
        )

    def _detail(self, row: ChangeSeen) -> PaperDetail:
        lines = [record_line(row.change, self._names())]
        for line in row.lines:
            lines.append(tr("{what} {name}：", what=said(line.what), name=line.name))
            lines += [
                tr("{field}：{before} → {after}", field=said(one.field), before=one.before, after=one.after)
                for one in line.changed
            ]
        day = row.change.effective_on
        return PaperDetail(
            id=row.change.id,
            title=tr("{day} 的变动", day=day.isoformat()),
            note=row.change.basis,
            lines=tuple(lines),
            bar=NextStepView(
                tr("记录只增不改，每一版大厅资料都留着。"),
                tr("存成 A4 是全部记录，报领导小组、贴出来都用它。"),
                step=Act(SAVE, tr("存成 A4 记录"), Key.NEXT_STEP),
            ),
            file=tr("公开目录变动记录.pdf"),
        )

    def _names(self) -> dict[str, str]:
        hall = self._office.hall
        people = {key: person.name for key, person in hall.roster.people.items()}
        departments = {key: one.name for key, one in hall.roster.departments.items()}
        return people | departments | {code: item.name for code, item in hall.items.items()}

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._key = key
        self._render()

    @Slot(str)
    def save(self, path: str) -> None:
        """存成 A4 记录, all of it."""
        pages, office = self._office.parts.pages, self._office
        if pages is None:
            self.said.emit(tr("这台机器没有接文书，记录没有存。到首席代表席存，或找管理员。"), False)
            return
        changes = [row.change for row in self._desk.rows]
        day, training = office.parts.clock.now().date(), office.parts.settings.training
        paper = record_paper(changes, self._names(), office.hall.name, day, training=training)
        good = tr("变动记录存好了：{name}。", name=Path(path).name)
        self._background.run_net(
            lambda: Path(path).write_bytes(pages.notice(paper)), lambda _: self.said.emit(good, True), self._failed
        )

    def _failed(self, error: Exception) -> None:
        record(error)
        unable = said(str(error)) if isinstance(error, ValueError) else tr("记录没有存下。换一个能写的文件夹再存。")
        self.said.emit(unable, False)


def _tell_row(row: ChangeSeen) -> ItemRowView:
    told = tell_row(row)
    return ItemRowView(
        id=told.id, name=told.words, note=told.paper, windows=told.when, state=told.state, lamp=told.lamp
    )
