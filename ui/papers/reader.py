"""翻看 opens one paper after another, page by page: fetched, checked and drawn beside the screen, gone when it is put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from clerk_app.command import Refusal
from ui.background import Background
from ui.errors import record, sentence
from ui.language import tr
from ui.papers import view as words
from ui.papers.pages import Paper, read_paper
from ui.papers.stage import PaperStage
from ui.papers.view import Named, Open, tell_paper

Drawn = tuple[Paper, QImage] | Refusal


class Source(Protocol):
    """来处 where papers come from; asked on the net's lane. `broken` says what to do with a picture that cannot be read."""

    broken: str

    def content(self, paper: Named, stop: Event, told: Callable[[int], None]) -> bytes | Refusal:
        """The bytes, checked, and the look at them recorded."""
        ...

    def drawn(self, content: bytes) -> Refusal | None:
        """They can be seen."""
        ...


class PaperReader(QObject):
    """翻看 `said(text, good)`; `seen(key)` when a page of that paper is before his eyes; `shut()` when all is put back."""

    said = Signal(str, bool)
    seen = Signal(str)
    shut = Signal()
    _moved = Signal(object, int)

    def __init__(self, background: Background, stage: PaperStage, *, guest: bool = False) -> None:
        super().__init__(stage)
        self._background, self._stage, self._guest = background, stage, guest
        self.ask_place: Callable[[str], str] = stage.ask_place
        self._source: Source | None = None
        self._now: Open | None = None
        self._paper: Paper | None = None
        self._stop = Event()
        stage.pane.act.connect(self._act)
        stage.pane.turn_wanted.connect(self._on_keys)
        stage.pane.left.connect(self.close)
        stage.gone.connect(self.close)
        self._moved.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)

    @property
    def is_open(self) -> bool:
        """Whether a paper lies in front."""
        return self._now is not None

    def open(self, source: Source, papers: Sequence[Named], first: int = 0) -> None:
        """These, from this one on."""
        self._source = source
        self._fetch(Open(papers=tuple(papers), place=first, guest=self._guest))

    @Slot()
    def close(self) -> None:
        """Nothing of it stays on the screen or in memory; what is on its way is not waited for."""
        if self._now is None:
            return
        self._stop.set()
        self._source, self._now, self._paper = None, None, None
        self._stage.put_away()
        self.shut.emit()

    def _fetch(self, now: Open) -> None:
        source, paper = self._source, now.paper
        if source is None:
            return
        self._stop.set()
        self._paper, self._stop = None, Event()
        stop = self._stop
        self._show(replace(now, page=0, pages=0, percent=0, said=words.FETCHING, savable=False), None)
        self._background.run_net(
            lambda: _read(source, paper, stop, lambda percent: self._moved.emit(stop, percent)),
            lambda drawn: self._landed(stop, paper, drawn),
            lambda error: self._failed(stop, error),
        )

    @Slot(object, int)
    def _on_moved(self, stop: Event, percent: int) -> None:
        now = self._now
        if stop is self._stop and now is not None and now.fetching and percent != now.percent:
            self._show(replace(now, percent=percent), None)

    def _landed(self, stop: Event, paper: Named, drawn: Drawn) -> None:
        now, source = self._now, self._source
        if now is None or source is None or stop is not self._stop:
            return
        if isinstance(drawn, Refusal):
            self._show(replace(now, said=drawn.sentence), None)
            return
        self._paper, image = drawn
        shown = not image.isNull()
        why = words.NOT_DRAWN if self._paper.is_pdf else source.broken
        pages, note = (self._paper.count, "") if shown else (0, why)
        savable = not shown and self._paper.is_pdf
        self._show(replace(now, pages=pages, said=note, savable=savable), image if shown else None)
        if shown:
            self.seen.emit(paper.key)

    def _failed(self, stop: Event, error: Exception) -> None:
        record(error)
        if self._now is not None and stop is self._stop:
            self._show(replace(self._now, said=sentence(error)), None)

    def _show(self, now: Open, image: QImage | None) -> None:
        self._now = now
        self._stage.show_paper(tell_paper(now), image)

    @Slot(int)
    def _on_keys(self, by: int) -> None:
        """Past the last page nothing is put away by a key that was meant for reading."""
        now = self._now
        if now is not None and (by < 0 or now.page + 1 < now.pages or now.place + 1 < len(now.papers)):
            self._turn(by)

    @Slot(str)
    def _act(self, name: str) -> None:
        if name == words.SAVE:
            self._save()
        elif name == words.STOP:
            self._stop.set()
        elif name in (words.NEXT_PAGE, words.NEXT_PAPER):
            self._turn(1)
        elif name == words.PAGE_BEFORE:
            self._turn(-1)
        else:
            self.close()

    def _turn(self, by: int) -> None:
        """A page on or back, else a paper."""
        now = self._now
        if now is None:
            return
        page, place = now.page + by, now.place + by
        if 0 <= page < now.pages:
            self._draw(page)
        elif 0 <= place < len(now.papers):
            self._fetch(replace(now, place=place))

    def _draw(self, page: int) -> None:
        stop, paper = self._stop, self._paper
        if paper is None:
            return

        def drawn(image: QImage) -> None:
            if self._now is not None and stop is self._stop:
                self._show(replace(self._now, page=page), image)

        self._background.run_net(lambda: paper.picture(page), drawn, lambda error: self._failed(stop, error))

    def _save(self) -> None:
        now, paper, source = self._now, self._paper, self._source
        if now is None or paper is None or source is None:
            return
        named, content = now.paper, paper.content
        place = self.ask_place(named.file or named.name)
        if place:
            self._background.run_net(
                lambda: _write(source, content, Path(place)),
                lambda refusal: self._saved(refusal, Path(place), named),
                self._not_saved,
            )

    def _saved(self, refusal: Refusal | None, file: Path, paper: Named) -> None:
        if refusal is not None:
            self.said.emit(refusal.sentence, False)
            return
        self.said.emit(tr("原件存好了：{name}。看完删掉。", name=file.name), True)
        self.seen.emit(paper.key)

    def _not_saved(self, error: Exception) -> None:
        record(error)
        self.said.emit(tr("原件没有存下，别的都没有变。换一个能写的文件夹再存。"), False)


def _read(source: Source, paper: Named, stop: Event, told: Callable[[int], None]) -> Drawn:
    content = source.content(paper, stop, told)
    if isinstance(content, Refusal):
        return content
    read = read_paper(content)
    image = read.picture(0) if read.count else QImage()
    refusal = None if image.isNull() else source.drawn(content)
    return refusal or (read, image)


def _write(source: Source, content: bytes, file: Path) -> Refusal | None:
    file.write_bytes(content)
    return source.drawn(content)
