"""公示 reads who is on and who decides what, keeps the citizens' screen true, and makes the A4."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.duty.public_notice import PublicNotice, department_words, notice_paper, public_notice
from clerk_app.office.office import Office
from ui.background import Background
from ui.duty.public.page import PublicPage
from ui.duty.public.view import FacePart, FaceSeat, PublicFaceView, PublicView
from ui.errors import record


class PublicPresenter(QObject):
    """公示 `refresh` also while only the citizens' screen shows it."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: PublicPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._view = PublicView()
        page.shown.connect(self._shown)
        page.place_chosen.connect(self._save)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(lambda: public_notice(self._office), self._show)

    def _show(self, notice: PublicNotice) -> None:
        self._view = replace(self._view, face=tell_face(notice))
        self._page.render(self._view)

    @Slot(bool)
    def _shown(self, shown: bool) -> None:
        self._view = replace(self._view, shown=shown)
        self._page.render(self._view)

    @Slot(str)
    def _save(self, path: str) -> None:
        pages = self._office.parts.pages
        if pages is None:
            self.said.emit("这台机器没有接印章和文书，公示没有存。到首席代表席存，或找管理员。", False)
            return
        self._view = replace(self._view, busy=True)
        self._page.render(self._view)

        def make() -> None:
            paper = notice_paper(public_notice(self._office))
            Path(path).write_bytes(pages.notice(paper))

        self._background.run_net(make, lambda _: self._saved(path), self._failed)

    def _saved(self, path: str) -> None:
        self._view = replace(self._view, busy=False)
        self._page.render(self._view)
        self.said.emit(f"公示存好了：{Path(path).name}。打印一张，贴在窗口。", True)

    def _failed(self, error: Exception) -> None:
        record(error)
        self._view = replace(self._view, busy=False)
        self._page.render(self._view)
        unable = str(error) if isinstance(error, ValueError) else "公示没有存下，别的都在。换一个能写的文件夹再存。"
        self.said.emit(unable, False)


def tell_face(notice: PublicNotice) -> PublicFaceView:
    """The notice in the words of the citizens' side."""
    return PublicFaceView(
        number=str(notice.window),
        name=notice.name,
        hall=notice.hall,
        seats=tuple(
            FaceSeat(
                post=seat.post,
                on=seat.on or "现在没有人在岗",
                under=f"{f'工号 {seat.number}　' if seat.number else ''}A角 {seat.a}　B角 {seat.b}",
            )
            for seat in notice.seats
        ),
        parts=tuple(FacePart(head=one.name, lines=department_words(one)) for one in notice.departments),
        foot=f"{notice.hours}　　咨询、投诉：{notice.hotline}",
        training=notice.training,
    )
