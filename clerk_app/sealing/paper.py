"""决定书 the content of a decision before it is a page, the face of a seal, and where on the page it goes. No bytes, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.sealing.grants import SignedGrant


@dataclass(frozen=True, kw_only=True)
class SealFace:
    """印面 what a seal looks like: ring text, middle, diameter in mm; `mark` is laid across it (演练, 非法定电子印章).

    `name` is the seal's whole name: what it is for (行政审批专用章) goes below the middle, `number` under it, `code` (the
    police's 13 digits) on the lower arc.
    """

    name: str
    diameter: float = 45.0
    star: bool = True
    number: str = ""
    code: str = ""
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Seam:
    """骑缝章 the face whose slices run down the right edge of all pages, before the bytes are frozen.

    `inset` mm from the edge (printers leave it white); a face is cut over at most `group` pages, then begins anew;
    `duplex`: slices on odd pages only.
    """

    face: SealFace
    inset: float = 3.0
    group: int = 20
    duplex: bool = False


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
    seam: Seam | None = None
    """Drawn only where there is more than one page."""


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
    seam: Seam | None = None


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


@dataclass(frozen=True, kw_only=True)
class Verification:
    """验章 three questions answered apart, by the file alone; `revocation` is good, revoked or unknown.

    Why, a question each: `content`, `seal`, `sealing` say what speaks against it; `unsettled` is what the file alone cannot
    settle (it is not valid by the file alone then, the register may know more); `notes` speak against nothing.
    """

    content_unchanged: bool
    seal_genuine: bool
    valid_at_sealing: bool
    revocation: str
    content: tuple[str, ...] = ()
    seal: tuple[str, ...] = ()
    sealing: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sealed_at: datetime | None = None
    """The hall's time in the signature; none where the content cannot be trusted."""
    certificate: str = ""
    """Serial number of the seal's certificate (hexadecimal), and the name it is made out to."""
    signer: str = ""
    grant: SignedGrant | None = None
    """授权 that names exactly the bytes this file begins with; none when there is no such one."""
    digest: str = ""
    """SHA-256 of the whole file, as the register has it, and its SM3."""
    sm3: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """All of it, in the order of the questions."""
        return (*self.content, *self.seal, *self.sealing, *self.unsettled, *self.notes)

    @property
    def good(self) -> bool:
        """All three."""
        return self.content_unchanged and self.seal_genuine and self.valid_at_sealing
