"""批量的页画 pictures of the pages near the one in front, drawn behind the screen, a page ahead of the reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from clerk_app.office.counter.batching import Batch
from clerk_app.office.office import Office
from ui.background import Background
from ui.errors import sentence
from ui.sealing.batch_state import NO_PAGES, Stop

WIDTH = 1240
NEAR = 3
"""So many pictures are kept on either side of the page in front."""


class BatchDrawing(QObject):
    """批量的页画 `drawn(stop)` when one is there."""

    drawn = Signal(object)
    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._background = office, background
        self._batch: Batch = NO_PAGES
        self._pictures: dict[Stop, bytes] = {}

    def begin(self, batch: Batch) -> None:
        """Other pages."""
        self._batch, self._pictures = batch, {}

    def png(self, stop: Stop | None) -> bytes:
        """Its picture, once it is drawn."""
        return self._pictures.get(stop, b"") if stop is not None else b""

    def want(self, stops: Sequence[Stop], here: int) -> None:
        """The page in front and the next one; those far away are let go."""
        near = set(stops[max(0, here - NEAR) : here + NEAR + 1])
        self._pictures = {stop: png for stop, png in self._pictures.items() if stop in near}
        for stop in stops[here : here + 2]:
            if stop not in self._pictures:
                self._draw(stop)

    def _draw(self, stop: Stop) -> None:
        pages, batch = self._office.parts.pages, self._batch
        if pages is not None:
            paper = batch.pages[stop[0]].paper
            self._background.run_net(
                lambda: pages.picture(paper, WIDTH, None, stop[1]),
                lambda png: self._keep(batch, stop, png),
                lambda error: self.said.emit(sentence(error), False),
            )

    def _keep(self, batch: Batch, stop: Stop, png: bytes) -> None:
        if batch is self._batch:
            self._pictures[stop] = png
            self.drawn.emit(stop)
