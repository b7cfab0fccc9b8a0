"""决定书 the content of a decision before it is a page, the face of a seal, and where on the page it goes. No bytes, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class DecisionPaper:
    """决定书 the words of one decision: title, 文号, addressee, paragraphs, who signs off and on which day.

    `training` prints 演练 over the page; `query` is what its QR carries (empty = none).
    """

    title: str
    document_no: str
    addressee: str
    paragraphs: tuple[str, ...]
    department: str
    day: date
    case_no: str
    query: str = ""
    notes: tuple[str, ...] = ()
    training: bool = False


@dataclass(frozen=True, kw_only=True)
class NoticePart:
    """公示的一段 a head and its lines."""

    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NoticePaper:
    """公示 a page without a seal, to be put up at a window."""

    title: str
    subtitle: str
    parts: tuple[NoticePart, ...]
    day: date
    training: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperTable:
    """表 a head, one line a row; `widths` are the columns' shares of the page."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OfficialPaper:
    """文书 the content of any other paper of a case: its words, tables, signature lines, and who issues it on which day.

    `seal` is what stands where the seal will be put (empty: no seal, and no place for one); `copies` how many are printed.
    """

    title: str
    document_no: str
    addressee: str
    paragraphs: tuple[str, ...]
    department: str
    day: date
    case_no: str
    tables: tuple[PaperTable, ...] = ()
    notes: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    seal: str = ""
    query: str = ""
    copies: int = 1
    training: bool = False


@dataclass(frozen=True, kw_only=True)
class SealFace:
    """印面 what a seal looks like: ring text, middle, diameter in mm; `mark` is laid across it (演练, 非法定电子印章)."""

    name: str
    diameter: float = 45.0
    star: bool = True
    number: str = ""
    mark: str = ""


@dataclass(frozen=True)
class SealPlace:
    """用印位置 page (from 1) and the seal's centre in mm from the page's left and top edge."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class MadePage:
    """成文 finished, unsealed bytes of an A4 PDF: exactly what is shown, authorised and sealed."""

    pdf: bytes
    pages: int
    place: SealPlace


@dataclass(frozen=True)
class Verification:
    """验章 three questions answered apart, and why; `revocation` is good, revoked or unknown."""

    content_unchanged: bool
    seal_genuine: bool
    valid_at_sealing: bool
    revocation: str
    reasons: tuple[str, ...] = ()
