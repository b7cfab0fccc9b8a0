"""大厅已有 for the case in hand: asked in one word, signed or said, used by his yes, looked at with a record, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from clerk_app.cases.sharing.library import HeldPaper
from clerk_app.command import Refusal
from clerk_app.office.counter import sharing
from clerk_app.office.counter.sharing import Answer, SharingDesk
from clerk_app.office.office import Office, Outcome
from ui.back_entry.paper_beside import picture_of
from ui.background import Background
from ui.handing.signing_pad import PadView, SigningPad
from ui.language import said, tr
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.sharing.acting import ShareActor
from ui.sharing.telling import WAYS
from ui.sharing.view import AGREE, ASK, LOOK, REFUSE, SCAN, SHUT, SIGN, USE, WITHDRAW

NOT_DRAWN = tr("这一份这里画不出来。对不准就请他带来。")


class SharePresenter(ShareActor):
    """大厅已有 the acts of its bar."""

    def __init__(self, office: Office, background: Background, counter: CounterPresenter, page: CounterPage) -> None:
        super().__init__(office, background, counter, page)
        self._acts: dict[str, Callable[[SharingDesk], None]] = {
            ASK: self._ask, AGREE: self._agree, SCAN: self._scan, SIGN: self._sign, REFUSE: self._refuse, LOOK: self._look, USE: self._use,
            WITHDRAW: self._withdraw,
        }  # fmt: skip
        self._pad: SigningPad | None = None
        self.pane.chosen.connect(self._on_act)

    @Slot(str)
    def _on_act(self, act: str) -> None:
        if act == SHUT:
            self.close()
        elif self._desk is not None and not self._busy and act in self._acts:
            self._acts[act](self._desk)

    def _papers(self, desk: SharingDesk) -> tuple[HeldPaper, ...]:
        """What the asking under way speaks of."""
        if desk.asked is None:
            return desk.to_ask
        return tuple(one for one in desk.newest() if one.material in desk.asked.materials)

    def _answer(self) -> Answer:
        hand = self._said()
        return Answer(
            way=next((way for way in WAYS if way == hand.way), "paper"),
            given_by="agent" if hand.agent else "applicant",
            giver=hand.giver,
            letter=hand.letter if hand.agent else "",
        )

    def _ask(self, desk: SharingDesk) -> None:
        self._do(
            lambda: sharing.ask(self._office, desk.case, desk.to_ask), tr("告知同意书在打，请他看了签字。"), stays=True
        )

    def _agree(self, desk: SharingDesk) -> None:
        papers, answer = self._papers(desk), self._answer()
        self._agreeing(papers, lambda: sharing.agree(self._office, desk, papers, answer))

    def _agreeing(self, papers: tuple[HeldPaper, ...], act: Callable[[], Outcome]) -> None:
        waits = any(one.check for one in papers)
        words = tr(
            "记下了同意，{names}用大厅的。", names=tr("、").join(one.material for one in papers if not one.check)
        )
        self._do(act, tr("记下了同意。看一眼再用。") if waits else words, stays=waits)

    def _scan(self, desk: SharingDesk) -> None:
        dialog = QFileDialog(
            self.pane, tr("选签好的告知同意书"), "", tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)")
        )
        dialog.setObjectName("signedSlip")
        dialog.fileSelected.connect(self.take_scan)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def take_scan(self, path: str) -> None:
        """签好的扫进来了, and his yes with it."""
        desk = self._desk
        if desk is None or not path:
            return
        papers, answer = self._papers(desk), self._answer()
        self._agreeing(papers, lambda: sharing.agree_scanned(self._office, desk, papers, answer, Path(path)))

    def _sign(self, desk: SharingDesk) -> None:
        """请他在手写屏上签: what he says yes to stands over his name."""
        if self._pad is None:
            self._pad = SigningPad()
            self._pad.signed.connect(self._on_signed)
        names = tr("、").join(one.material for one in self._papers(desk))
        paper = tr("同意用大厅已有的{names}，只办这一件：{item}", names=names, item=desk.case.item_name)
        view = PadView(
            hall=self._office.hall.name, paper=paper, number=desk.case.query_code, receiver=self._said().giver
        )
        self._pad.ask(view, self.pane.window())

    @Slot(bytes)
    def _on_signed(self, picture: bytes) -> None:
        desk = self._desk
        if desk is not None:
            papers, answer = self._papers(desk), self._answer()
            self._agreeing(papers, lambda: sharing.agree_signed(self._office, desk, papers, answer, picture, ".png"))

    @Slot()
    def close(self) -> None:
        """Nothing is signed any more either."""
        if self._pad is not None:
            self._pad.shut()
        super().close()

    def _refuse(self, desk: SharingDesk) -> None:
        papers = self._papers(desk)
        self._do(lambda: sharing.refuse(self._office, desk, papers), tr("记下了：他自己带来。"))

    def _look(self, desk: SharingDesk) -> None:
        row, paper = desk.to_use[0]
        self._busy = True
        self._render()

        def opened() -> QImage | Refusal:
            content = sharing.look(self._office, desk.case.id, row.id, paper)
            return content if isinstance(content, Refusal) else picture_of(content)

        self._background.run_net(opened, lambda image: self._opened(paper, image), self._failed)

    def _opened(self, paper: HeldPaper, image: QImage | Refusal) -> None:
        self._busy = False
        if isinstance(image, Refusal):
            self.said.emit(said(image.sentence), False)
        else:
            self._looked = paper.attachment
            self.pane.show_picture(None if image.isNull() else image, NOT_DRAWN if image.isNull() else "")
            self.said.emit(tr("打开了大厅的这份，已记录。"), True)
        self._render()
        self.pane.focus_first()

    def _use(self, desk: SharingDesk) -> None:
        row, paper = desk.to_use[0]
        more = len(desk.to_use) > 1
        self.pane.show_picture(None)
        words = tr("{material}用大厅的。", material=paper.material)
        self._do(lambda: sharing.use(self._office, desk.case.id, row.id, paper), words, stays=more)

    def _withdraw(self, desk: SharingDesk) -> None:
        row = desk.agreed
        if row is not None:
            key = row.id
            self._do(
                lambda: sharing.withdraw(self._office, desk.case.id, key), tr("撤回了同意，那几份不算数了，请他带来。")
            )
