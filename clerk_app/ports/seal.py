"""用印接口 sealing: pages are made, keys are opened with a PIN and seal exact bytes, anyone may verify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from clerk_app.receipts.kit_paper import KitPaper
from clerk_app.registration.papers.sheet import FormPaper, MadeForm
from clerk_app.sealing.grants import SignedGrant
from clerk_app.sealing.one_seal import OneSealPaper
from clerk_app.sealing.paper import DecisionPaper, MadePage, NoticePaper, OfficialPaper, SealFace, Verification
from clerk_app.sealing.register_paper import RegisterPaper

SealAlgorithm = Literal["ecdsa-p256-sha256", "rsa-sha256"]
"""SM2 comes with SKF keys and the SES sidecar."""


@dataclass(frozen=True, kw_only=True)
class SealCard:
    """印章证书 what a seal's certificate says: its serial number (hex), its days, and SHA-256 of the issuer's certificate.

    `issuer` is empty where no certificate here is known to have signed it.
    """

    serial: str
    valid_from: datetime
    valid_to: datetime
    issuer: str = ""
    own_pin: bool = False
    """A token's PIN is the token's: whoever authorises and keeps it types both. A training file opens by its keeper's PIN."""


@dataclass(frozen=True, kw_only=True)
class StampOrder:
    """用印单 the page as it was frozen, where its seal goes, the seal's face (one-page vector PDF), the grant, and the hall's time."""

    page: MadePage
    face: bytes
    grant: SignedGrant
    at: datetime
    reason: str


class PageMaker(Protocol):
    """制文 A4 pages and seal faces as vector PDF; pure, no printer touched."""

    def decision(self, paper: DecisionPaper) -> MadePage:
        """The finished page, and where its seal goes (over name and date).

        Raises ValueError with one sentence for a paper without text, or with a character nothing here can draw.
        """
        ...

    def official(self, paper: OfficialPaper) -> MadePage:
        """Any other paper of a case, finished. Raises ValueError as `decision` does."""
        ...

    def form(self, paper: FormPaper) -> MadeForm:
        """A paper of the one form, finished. Raises ValueError as `decision` does."""
        ...

    def copy(self, pdf: bytes, pages: int, words: str) -> bytes:
        """The same bytes first, then one update with `words` on every page. Raises ValueError for no whole PDF."""
        ...

    def face(self, face: SealFace) -> bytes:
        """The seal's face as a one-page vector PDF of its own size. Raises ValueError for a character nothing can draw."""
        ...

    def notice(self, paper: NoticePaper) -> bytes:
        """A notice without a seal, as many A4 pages as it needs. Raises ValueError for a character nothing can draw."""
        ...

    def one_seal(self, paper: OneSealPaper) -> bytes:
        """一章一查 on A4, the letter's scan on pages of its own. Raises ValueError for a character nothing can draw."""
        ...

    def kit(self, paper: KitPaper) -> bytes:
        """纸质备用件 a numbered sheet a page, and the page on which the used ones are written. Raises ValueError as `notice` does."""
        ...

    def register(self, paper: RegisterPaper) -> bytes:
        """A register lying on its side, as many A4 pages as it needs. Raises ValueError as `notice` does."""
        ...

    def picture(self, paper: DecisionPaper, width: int, face: SealFace | None = None, page: int = 0) -> bytes:
        """The page that bears the seal (or page `page`) as PNG, so many pixels wide, for showing; with the face where it is sealed."""
        ...


class SealKey(Protocol):
    """印章钥匙 one seal's key, opened with a PIN, good for the acts of this one authorisation; it signs and never shows itself.

    Behind it may be a PKCS#11 token, a PKCS#12 file (training), and later an SKF UKey (SM2): whoever calls knows the
    algorithm's name and hands over data, never a digest of his own choosing.
    """

    @property
    def card(self) -> SealCard:
        """What its certificate says."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Its certificate first, then its issuers as far as they are known here, DER."""
        ...

    @property
    def algorithm(self) -> SealAlgorithm:
        """What `sign` does."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature over `data` as CMS wants it (ECDSA: DER of r and s). Raises `SealKeyTrouble`."""
        ...

    def close(self) -> None:
        """After the act: it signs nothing more (`SealKeyTrouble`), a token is logged out. Twice does no harm."""
        ...


class SealKeys(Protocol):
    """印章钥匙串 the keys this desk can open, by seal id."""

    def open(self, seal: str, keeper: str, pin: str) -> SealKey | None:
        """The key, or None when the PIN is not this keeper's. Raises `SealKeyAway` or `SealKeyTrouble`."""
        ...

    def card(self, seal: str) -> SealCard | None:
        """What the certificate of the key here says, without any PIN; None when there is no such key here now."""
        ...

    def roots(self) -> bytes:
        """The trusted root certificates, PEM."""
        ...


class Stamper(Protocol):
    """盖章 puts a seal on exactly the bytes a grant names; there is no other way."""

    def stamp(self, order: StampOrder, key: SealKey) -> bytes:
        """The same bytes first, then one update: the grant, the face, the signature (PAdES B-B, no change allowed after it).

        Raises ValueError with one sentence for other bytes than the grant's, a grant that is not signed, another seal's
        key, a blank page, a torn file, and a file that bears a signature already.
        """
        ...

    def warm(self) -> None:
        """Load what the first stamp would load. Not for the screen's thread."""
        ...


class SealKeyAway(Exception):
    """没有这枚印章的钥匙 no key for this seal on this desk."""


class SealKeyTrouble(Exception):
    """钥匙用不了 locked after wrong PINs, pulled out, or broken; one sentence."""


class Verifier(Protocol):
    """验章 judges a sealed file by its bytes alone."""

    def verify(self, pdf: bytes, roots: bytes, crl: bytes | None = None) -> Verification:
        """Never raises for a bad file: an unreadable one raises `ValueError` with one sentence."""
        ...
