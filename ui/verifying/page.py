"""验章页 what is to be verified at the left, three answers at the right; a file may be dropped anywhere on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.verifying.result_pane import ResultPane
from ui.verifying.source_pane import SourcePane
from ui.verifying.view import VerifyView
from ui.width_class import width_class

SIDE, SIDE_NARROW, RAIL = 300, 240, 76
PDF, PEM, LIST = "PDF (*.pdf)", tr("根证书 (*.pem *.crt *.cer)"), tr("吊销名单 (*.crl *.pem)")
ANY = tr("所有文件 (*)")


class VerifyPage(QWidget):
    """验章页 `file_given(path)`, `typed(text)`, `use_chosen(id)`, `roots_wanted`, `crl_wanted`, `roots_given`, `crl_given`, `act(name)`."""

    file_given = Signal(str)
    many_given = Signal()
    typed = Signal(str)
    use_chosen = Signal(str)
    roots_wanted = Signal()
    crl_wanted = Signal()
    roots_given = Signal(str)
    crl_given = Signal(str)
    act = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verifyPage")
        self.setAccessibleName(tr("验章"))
        self.setAcceptDrops(True)
        self.source, self.result = SourcePane(self), ResultPane(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.source)
        row.addWidget(self.result, 1)
        self._connect()
        self.render(VerifyView())

    def _connect(self) -> None:
        source, result = self.source, self.result
        source.file_wanted.connect(self.ask_file)
        for name in ("typed", "use_chosen", "roots_wanted", "crl_wanted"):
            getattr(source, name).connect(getattr(self, name))
        result.strip.link_chosen.connect(self.ask_roots)
        result.bar.chosen.connect(self.act)
        result.bar.refused.connect(self.refused)

    def render(self, view: VerifyView) -> None:  # type: ignore[override]
        """Show this; what is being typed stays."""
        self.source.render(view.source)
        self.result.render(view)

    @Slot()
    def ask_file(self) -> None:
        """Which file."""
        self._ask(tr("选一份盖过章的 PDF"), PDF, self.file_given)

    @Slot()
    def ask_roots(self) -> None:
        """Which root certificates are trusted."""
        self._ask(tr("选根证书"), PEM, self.roots_given)

    def ask_crl(self) -> None:
        """Which list of stopped certificates."""
        self._ask(tr("选吊销名单"), LIST, self.crl_given)

    def _ask(self, title: str, kinds: str, given: object) -> None:
        dialog = QFileDialog(self, title, "", f"{kinds};;{ANY}")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(given)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            self.source.drop.light(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.source.drop.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.source.drop.light(False)
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if len(files) > 1:
            self.many_given.emit()
        elif files:
            self.file_given.emit(str(Path(files[0])))

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self.source.setFixedWidth(look.px(SIDE_NARROW if narrow else SIDE))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.source.lead()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "source"):
            self._share()
