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
from ui.language import kept, tr


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
            self.said.emit(tr("这台机器没有接印章和文书，公示没有存。到首席代表席存，或找管理员。"), False)
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
        self.said.emit(tr("公示存好了：{name}。打印一张，贴在窗口。", name=Path(path).name), True)

    def _failed(self, error: Exception) -> None:
        record(error)
        self._view = replace(self._view, busy=False)
        self._page.render(self._view)
        unable = str(error) if isinstance(error, ValueError) else tr("公示没有存下，别的都在。换一个能写的文件夹再存。")
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
                on=seat.on or kept("现在没有人在岗"),
                under=kept(
                    "{value}A角 {a}\u3000B角 {b}",
                    value=kept("工号 {number}\u3000", number=seat.number) if seat.number else "",
                    a=seat.a,
                    b=seat.b,
                ),
            )
            for seat in notice.seats
        ),
        parts=tuple(FacePart(head=one.name, lines=department_words(one)) for one in notice.departments),
        foot=kept("{hours}\u3000\u3000咨询、投诉：{hotline}", hours=notice.hours, hotline=notice.hotline),
        training=notice.training,
    )
