"""A4 文书 decisions and seal faces as PDF by Qt: the only part of printing that knows PySide6 (with its `pages_*` pieces).

Make a `QtPageMaker` on the GUI thread once the application exists; after that any thread may call it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter, QPen

from clerk_app.canonical import sha256
from clerk_app.receipts.kit_paper import KitPaper
from clerk_app.registration.papers.sheet import FormPaper, MadeForm
from clerk_app.sealing.one_seal import TITLE as ONE_SEAL
from clerk_app.sealing.one_seal import OneSealPaper
from clerk_app.sealing.paper import DecisionPaper, MadePage, NoticePaper, OfficialPaper, SealFace, SealPlace
from clerk_app.sealing.register_paper import RegisterPaper
from printers.pages_copy import with_mark
from printers.pages_flow import BOTTOM, HEIGHT, LEFT, SIGN_OFF_POINTS, TEXT_WIDTH, WIDTH, Flow, Sheet, flow
from printers.pages_fonts import UNIT, PaperFonts, units, width_of
from printers.pages_form import FormPages
from printers.pages_form_text import searchable_form, texts_of
from printers.pages_kit import KitPages
from printers.pages_notice import NoticeSheets
from printers.pages_official import official_flow
from printers.pages_one_seal import SCAN_ROOM, OneSealSheets
from printers.pages_qr import IN_FOOT, QUIET, qr_path, qr_size
from printers.pages_register import HEIGHT as SIDE_HEIGHT
from printers.pages_register import WIDTH as SIDE_WIDTH
from printers.pages_register import RegisterPages
from printers.pages_scan import with_pages
from printers.pages_seal import SealFaces
from printers.pages_seam import draw_seam
from printers.pages_text import searchable, searchable_official, with_far_characters

_GREY, _FAINT = QColor("#444444"), QColor("#f8eded")
_FOOT = BOTTOM + 6
_MARK_WIDTH = 90.0
_DAY_IN_PDF = re.compile(rb"(?<=Date \(D:)\d{14}")
_DAY_IN_XMP = re.compile(rb'(?<=Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d')
_CHECK = "扫码核对本文书的内容。"
_CHECK_DECISION = "扫码核对本文书的内容；电子印章的打印件以电子文件为准。"
_NAMESPACE = QUuid("{6f1d0e0c-8f5e-4c6e-9d0e-2b7a6f0c1a55}")


class QtPageMaker:
    """制文 A4 pages and seal faces by Qt: the same paper gives the same bytes with the same Qt and fonts."""

    def __init__(self) -> None:
        if QGuiApplication.instance() is None:
            raise RuntimeError("程序还没有启动完，文书没法做。")
        self._fonts = PaperFonts()
        self._faces = SealFaces(self._fonts)

    def decision(self, paper: DecisionPaper) -> MadePage:
        """The finished page, and where its seal goes. Raises ValueError for a blank paper or a character nothing can draw."""
        paper = searchable(paper)
        return self._made(paper, self._flow(paper))

    def official(self, paper: OfficialPaper) -> MadePage:
        """文书 any other paper of a case. Raises ValueError as `decision` does."""
        paper = searchable_official(paper)
        cells = (cell for table in paper.tables for row in (table.head, *table.rows) for cell in row)
        self._check(paper, (*paper.signs, *cells))
        return self._made(paper, official_flow(paper, self._fonts))

    def form(self, paper: FormPaper) -> MadeForm:
        """表单 a paper of the one form. Raises ValueError as `decision` does."""
        paper = searchable_form(paper)
        if missing := self._fonts.missing(texts_of(paper)):
            raise ValueError(f"这台机器的字体里没有“{missing}”，表没有做成。找管理员装上有这个字的字体再来。")
        laid = FormPages(paper, self._fonts).lay()
        if not laid.sheets:
            raise ValueError("这张表没有内容，没有做成。先填登记表，再来打。")

        def draw(painter: QPainter, writer: QPdfWriter) -> None:
            for number in range(len(laid.sheets)):
                if number:
                    writer.newPage()
                if paper.training:
                    self._training(painter)
                laid.draw_page(painter, number)

        pdf = _dated(_written(QPageSize(QPageSize.PageSizeId.A4), paper.title, repr(paper), draw), paper.day)
        drawn = (placed.line.text for sheet in laid.sheets for placed in sheet.placed)
        return MadeForm(with_far_characters(pdf, drawn), len(laid.sheets), tuple(laid.private))

    def copy(self, pdf: bytes, pages: int, words: str) -> bytes:
        """补打 the same bytes with `words` in the corner of every page. Raises ValueError for no whole PDF."""
        size = QPageSize(
            QSizeF(_MARK_WIDTH, 12), QPageSize.Unit.Millimeter, "mark", QPageSize.SizeMatchPolicy.ExactMatch
        )

        def draw(painter: QPainter, _writer: QPdfWriter) -> None:
            font = self._fonts.body(11)
            painter.setFont(font)
            painter.setPen(QPen(Qt.GlobalColor.black, units(0.3)))
            left = units(_MARK_WIDTH - 5) - width_of(font, words)
            painter.drawRect(QRectF(left - units(2), units(1), width_of(font, words) + units(4), units(8)))
            painter.drawText(QPointF(left, units(6.6)), words)

        mark = _dated(_written(size, words, words, draw), date(2000, 1, 1))
        return with_mark(pdf, mark, pages)

    def _made(self, paper: DecisionPaper | OfficialPaper, laid: Flow) -> MadePage:
        def draw(painter: QPainter, writer: QPdfWriter) -> None:
            for number in range(len(laid.sheets)):
                if number:
                    writer.newPage()
                self._sheet(painter, paper, laid, number)

        size = QPageSize(QPageSize.PageSizeId.A4)
        pdf = _written(size, f"{paper.title} {paper.document_no}".strip(), _identity(paper), draw)
        drawn = (placed.line.text for sheet in laid.sheets for placed in sheet.placed)
        return MadePage(with_far_characters(_dated(pdf, paper.day), drawn), len(laid.sheets), laid.place)

    def face(self, face: SealFace) -> bytes:
        """The seal's face as a one-page vector PDF of its own size. Raises ValueError for a character nothing can draw."""
        return self._faces.pdf(face)

    def notice(self, paper: NoticePaper) -> bytes:
        """公示 as many A4 pages as it needs. Raises ValueError for a character nothing can draw."""
        texts = [paper.title, paper.subtitle, *(part.head + "".join(part.lines) for part in paper.parts)]
        if missing := self._fonts.missing("".join(texts)):
            raise ValueError(f"这台机器的字体里没有“{missing}”，公示没有做成。找管理员装上有这个字的字体再来。")
        size = QPageSize(QPageSize.PageSizeId.A4)

        def draw(painter: QPainter, writer: QPdfWriter) -> None:
            NoticeSheets(painter, writer, self._fonts).draw(paper)

        return _dated(_written(size, paper.title, repr(paper), draw), paper.day)

    def one_seal(self, paper: OneSealPaper) -> bytes:
        """一章一查 on A4, the letter's scan on pages of its own. Raises ValueError for a character nothing can draw."""
        if missing := self._fonts.missing("".join(paper.texts)):
            raise ValueError(f"这台机器的字体里没有“{missing}”，一章一查没有做成。找管理员装上有这个字的字体再来。")
        laid = OneSealSheets(paper, self._fonts, self._faces).lay()

        def draw(painter: QPainter, writer: QPdfWriter) -> None:
            laid.draw(painter, writer, lambda: self._training(painter) if paper.training else None)

        identity = repr(replace(paper, scan=None)) + (sha256(paper.scan.content) if paper.scan else "")
        title = f"{ONE_SEAL} {paper.document_no}".strip()
        pdf = _dated(_written(QPageSize(QPageSize.PageSizeId.A4), title, identity, draw), paper.day)
        pdf = with_far_characters(pdf, laid.texts)
        return with_pages(pdf, laid.scan, len(laid.sheets), SCAN_ROOM, HEIGHT) if laid.scan.pages else pdf

    def kit(self, paper: KitPaper) -> bytes:
        """纸质备用件 a numbered sheet a page. Raises ValueError for a character nothing can draw."""
        if missing := self._fonts.missing(paper.texts):
            raise ValueError(
                f"这台机器的字体里没有“{missing}”，备用件没有做成，号都在。找管理员装上有这个字的字体再来。"
            )
        size = QPageSize(QPageSize.PageSizeId.A4)
        pdf = _written(size, "纸质备用件", repr(paper), KitPages(paper, self._fonts).draw_all)
        return _dated(pdf, paper.printed_at.date())

    def register(self, paper: RegisterPaper) -> bytes:
        """登记簿 on as many pages, lying on their side, as it needs. Raises ValueError for a character nothing can draw."""
        cells = (cell for row in (paper.head, *paper.rows) for cell in row)
        if missing := self._fonts.missing("".join((paper.title, paper.subtitle, *paper.notes, *cells))):
            raise ValueError(f"这台机器的字体里没有“{missing}”，登记簿没有做成。找管理员装上有这个字的字体再来。")
        pages = RegisterPages(paper, self._fonts)
        size = QPageSize(
            QSizeF(SIDE_WIDTH, SIDE_HEIGHT), QPageSize.Unit.Millimeter, "A4", QPageSize.SizeMatchPolicy.ExactMatch
        )
        pdf = _written(size, paper.title, repr(paper), pages.draw)
        return with_far_characters(_dated(pdf, paper.day), pages.texts())

    def picture(self, paper: DecisionPaper, width: int, face: SealFace | None = None, page: int = 0) -> bytes:
        """The page that bears the seal (or another) as PNG, so many pixels wide, for showing; with the face where it is sealed."""
        paper = searchable(paper)
        laid = self._flow(paper)
        image = QImage(width, round(width * HEIGHT / WIDTH), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(width / units(WIDTH), width / units(WIDTH))
        last = len(laid.sheets)
        self._sheet(painter, paper, laid, (page or last) - 1)
        if face is not None and page in (0, last):
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.scale(units(1), units(1))
            painter.translate(laid.place.x, laid.place.y)
            self._faces.draw(painter, face)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(image)
        return bytes(buffer.data().data())

    def _flow(self, paper: DecisionPaper) -> Flow:
        self._check(paper)
        return flow(paper, self._fonts)

    def _check(self, paper: DecisionPaper | OfficialPaper, others: tuple[str, ...] = ()) -> None:
        if paper.seam is not None:
            self._faces.shapes(paper.seam.face)
        if not "".join(paper.paragraphs).strip():
            raise ValueError("文书没有正文，没有做成：空白纸上不得用印。把正文填好再来。")
        texts = (paper.title, paper.document_no, paper.addressee, *paper.paragraphs, *paper.notes, paper.department)
        missing = self._fonts.missing("".join((*texts, *others)) + paper.case_no)
        if missing:
            raise ValueError(f"这台机器的字体里没有“{missing}”，文书没有做成。找管理员装上有这个字的字体再来。")

    def _sheet(self, painter: QPainter, paper: DecisionPaper | OfficialPaper, laid: Flow, number: int) -> None:
        if paper.training:
            self._training(painter)
        if paper.seam is not None:
            draw_seam(painter, self._faces, paper.seam, (number + 1, len(laid.sheets)), (WIDTH, HEIGHT))
        sheet: Sheet = laid.sheets[number]
        painter.setPen(Qt.GlobalColor.black)
        for placed in sheet.placed:
            placed.line.line.draw(painter, placed.at)
        painter.setPen(QPen(Qt.GlobalColor.black, units(0.18)))
        for x1, y1, x2, y2 in sheet.strokes:
            painter.drawLine(QPointF(units(x1), units(y1)), QPointF(units(x2), units(y2)))
        self._foot(painter, paper, laid, number + 1)

    def _training(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(units(WIDTH / 2), units(HEIGHT / 2))
        painter.rotate(-42)
        painter.scale(units(88), units(88))
        for index, shape in enumerate(self._fonts.outlines("演练")):
            painter.fillPath(shape.translated(index * 1.05 - 1.025, -0.5), _FAINT)
        painter.restore()

    def _foot(self, painter: QPainter, paper: DecisionPaper | OfficialPaper, laid: Flow, page: int) -> None:
        pages = len(laid.sheets)
        painter.save()
        painter.setPen(QPen(_GREY, units(0.15)))
        painter.drawLine(QPointF(units(LEFT), units(_FOOT)), QPointF(units(LEFT + TEXT_WIDTH), units(_FOOT)))
        left, top = LEFT, _FOOT + 2.5
        texts = [f"办件编号：{paper.case_no}"] if paper.case_no else []
        if paper.query and page == pages:
            moved = self._qr(painter, paper, laid.place, top)
            check = "扫码查办理进度。" if moved else _CHECK
            texts.append(_CHECK_DECISION if isinstance(paper, DecisionPaper) else check)
            left += moved
        if paper.training:
            texts.append("演练文书，不具有法律效力。")
        font = self._fonts.body(9)
        painter.setFont(font)
        for index, text in enumerate(texts):
            painter.drawText(QPointF(units(left), units(top + 3.6 + index * 5)), text)
        said = f"第{page}页，共{pages}页"
        painter.drawText(QPointF(units(LEFT + TEXT_WIDTH) - width_of(font, said), units(top + 3.6)), said)
        painter.restore()

    def _qr(self, painter: QPainter, paper: DecisionPaper | OfficialPaper, place: SealPlace, foot: float) -> float:
        """In the foot, answering how far its words move; a sealed paper's own code is larger and stands left of the seal."""
        path, modules = qr_path(paper.query)
        size, top = qr_size(modules), foot
        beside = size > IN_FOOT and (isinstance(paper, DecisionPaper) or bool(paper.seal))
        if beside:
            name = width_of(self._fonts.body(SIGN_OFF_POINTS), paper.department) * 25.4 / UNIT
            size = min(size, place.x - name / 2 - LEFT - QUIET * size / modules)
            top = place.y - size / 2
        else:
            size = min(size, IN_FOOT)
        painter.save()
        painter.translate(units(LEFT), units(top))
        painter.scale(units(size) / modules, units(size) / modules)
        painter.fillPath(path, Qt.GlobalColor.black)
        painter.restore()
        return 0.0 if beside else size + 4


def _written(size: QPageSize, title: str, identity: str, draw: Callable[[QPainter, QPdfWriter], None]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNIT)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(title)
    writer.setCreator("政务服务中心窗口客户端")
    writer.setDocumentId(QUuid.createUuidV5(_NAMESPACE, identity.encode()))
    painter = QPainter(writer)
    draw(painter, writer)
    painter.end()
    return bytes(buffer.data().data())


def _identity(paper: DecisionPaper | OfficialPaper) -> str:
    """A paper without a seam keeps the bytes it had before there were seams: what was authorised is made again and compared."""
    return repr(paper).removesuffix(", seam=None)") + ")" if paper.seam is None else repr(paper)


def _dated(pdf: bytes, day: date) -> bytes:
    """Qt writes the clock into the file; the paper's own day stands there instead, at the same length."""
    pdf = _DAY_IN_PDF.sub(day.strftime("%Y%m%d000000").encode(), pdf)
    return _DAY_IN_XMP.sub(day.strftime("%Y-%m-%dT00:00:00").encode(), pdf)
