"""事项卡的动作 an item's card is laid over the work, taken away again, and kept as an A4 guide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Slot

from clerk_app.office.counter.guide import guide_paper
from ui.errors import record
from ui.language import tr
from ui.queueing.case_acting import CaseActor


class CardActor(CaseActor):
    """事项卡的动作 nothing of a case changes by them."""

    @Slot(str)
    def open_card(self, code: str) -> None:
        """事项卡."""
        self._lay(replace(self._over, card=code))

    @Slot()
    def shut_card(self) -> None:
        """Back to what was under it."""
        self._lay(replace(self._over, card="", saving=False))

    @Slot(str, str)
    def keep_card(self, code: str, path: str) -> None:
        """存成 A4 指南."""
        pages, item = self._office.parts.pages, self._office.hall.items.get(code)
        if pages is None or item is None:
            self.said.emit(tr("这台机器没有接文书，指南没有存，卡还在屏上。到首席代表席存，或找管理员。"), False)
            return
        self._lay(replace(self._over, saving=True))
        hall, day = self._office.hall, self._office.parts.clock.now().date()
        paper = guide_paper(hall, item, day, training=self._office.parts.settings.training)
        self._background.run_net(
            lambda: Path(path).write_bytes(pages.notice(paper)), lambda _: self._kept(path), self._not_kept
        )

    def _kept(self, path: str) -> None:
        self._lay(replace(self._over, saving=False))
        self.said.emit(tr("指南存好了：{name}。打印一张给申请人。", name=Path(path).name), True)

    def _not_kept(self, error: Exception) -> None:
        record(error)
        self._lay(replace(self._over, saving=False))
        unable = (
            str(error) if isinstance(error, ValueError) else tr("指南没有存下，卡还在屏上。换一个能写的文件夹再存。")
        )
        self.said.emit(unable, False)
