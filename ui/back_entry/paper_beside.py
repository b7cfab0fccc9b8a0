"""旁边的纸 fetches the scan of the sheet at hand, from this machine or the centre, and puts it beside what was typed."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from clerk_app.office.counter.back_entry.looking import SheetLine
from clerk_app.office.line.attaching import content_of
from clerk_app.office.office import Office
from ui.background import Background
from ui.errors import record
from ui.language import tr
from ui.papers.scan_pane import ScanPane

_JPEG = b"\xff\xd8\xff"


def picture_of(content: bytes) -> QImage:
    """The page; of a scanner's PDF the first picture that lies in it. Null where there is none."""
    image = QImage.fromData(content)
    begins = content.find(_JPEG) if image.isNull() and content.startswith(b"%PDF-") else -1
    return image if begins < 0 else QImage.fromData(content[begins:])


class PaperBeside(QObject):
    """旁边的纸 one scan at a time; what comes too late is not shown."""

    def __init__(self, office: Office, background: Background, pane: ScanPane) -> None:
        super().__init__(pane)
        self._office, self._background, self._pane = office, background, pane
        self._digest = ""

    def show_scan(self, line: SheetLine | None) -> None:
        """The newest of this sheet; the one that is there already is not fetched again."""
        digest = line.scans[-1].digest if line is not None and line.scans else ""
        if digest == self._digest:
            return
        self._digest = digest
        self._pane.show_image(None)
        if digest:
            self._pane.say("")
            self._background.run_net(
                lambda: picture_of(content_of(self._office, digest)),
                lambda image: self._came(digest, image),
                lambda error: self._away(digest, error),
            )

    def _came(self, digest: str, image: QImage) -> None:
        if digest != self._digest:
            return
        self._pane.show_image(image)
        if image.isNull():
            self._pane.say(tr("这份扫描件这里画不出来。扫成图片再加一份，或对着原纸看。"))

    def _away(self, digest: str, error: Exception) -> None:
        record(error)
        if digest == self._digest:
            self._digest = ""
            self._pane.say(tr("扫描件还没取到，等那个窗口传到中心，再打开这份。"))
