"""一章一查的手 prints one, or puts it into a file where no A4 printer is: from 验章, and from 用印登记."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from clerk_app.command import Refusal
from clerk_app.office.counter.one_seal import print_one_seal, save_one_seal
from clerk_app.office.office import Office
from ui.background import Background
from ui.errors import record, sentence
from ui.language import tr

SENT = tr("一章一查已送去打印。")
SAVED = tr("一章一查存好了：{name}。")


class OneSealDesk(QObject):
    """一章一查的手 `said(sentence, good)`; `open(use_id)` prints where it can, else asks for a file."""

    said = Signal(str, bool)
    busy = Signal(bool)

    def __init__(self, office: Office, background: Background, over: QWidget) -> None:
        super().__init__(over)
        self._office, self._background, self._over = office, background, over
        self._working = False

    @Slot(str)
    def open(self, use: str) -> None:
        """One page of this use."""
        if self._office.parts.page_printer is None:
            self.save(use)
        else:
            self.print(use)

    def print(self, use: str) -> None:
        """To the A4 printer, once."""
        self._begin(lambda: print_one_seal(self._office, use), SENT)

    def save(self, use: str) -> None:
        """Where to: asked first, without holding up anything."""
        dialog = QFileDialog(self._over, tr("一章一查存到哪里"), tr("一章一查.pdf"), "PDF (*.pdf)")
        dialog.setObjectName("saveOneSeal")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.save_to(use, path))
        dialog.open()

    def save_to(self, use: str, path: str) -> None:
        """Into this file."""
        file = Path(path)
        self._begin(lambda: save_one_seal(self._office, use, file), SAVED.format(name=file.name))

    def _begin(self, job: object, words: str) -> None:
        if self._working or not callable(job):
            return
        self._turn(working=True)
        self._background.run_net(job, lambda refusal: self._ended(refusal, words), self._failed)

    def _ended(self, refusal: Refusal | None, words: str) -> None:
        self._turn(working=False)
        self.said.emit(refusal.sentence if refusal else words, refusal is None)

    def _failed(self, error: Exception) -> None:
        record(error)
        self._turn(working=False)
        self.said.emit(sentence(error), False)

    def _turn(self, *, working: bool) -> None:
        self._working = working
        self.busy.emit(working)
