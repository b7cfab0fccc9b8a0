"""用印接口 sealing: pages are made, keys are opened with a PIN and seal exact bytes, anyone may verify."""

from __future__ import annotations

from typing import Protocol

from clerk_app.registration.papers.sheet import FormPaper, MadeForm
from clerk_app.sealing.paper import DecisionPaper, MadePage, NoticePaper, OfficialPaper, SealFace, Verification


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
        """The seal's face as a one-page vector PDF of its own size."""
        ...

    def notice(self, paper: NoticePaper) -> bytes:
        """A notice without a seal, as many A4 pages as it needs. Raises ValueError for a character nothing can draw."""
        ...

    def picture(self, paper: DecisionPaper, width: int, face: SealFace | None = None) -> bytes:
        """The page that bears the seal as PNG, so many pixels wide, for showing; with the face where it is sealed."""
        ...


class OpenSealKey(Protocol):
    """打开的印章钥匙 one seal's key after its PIN was given; good for the acts of this one authorisation."""

    @property
    def certificate(self) -> str:
        """The certificate's serial number, hexadecimal."""
        ...

    def seal(self, page: MadePage, face: bytes, reason: str) -> bytes:
        """盖章 the same bytes plus one signature whose appearance is the face; the given bytes are its prefix, unchanged."""
        ...


class SealKeys(Protocol):
    """印章钥匙 the keys this desk can open, by seal id."""

    def open(self, seal: str, pin: str) -> OpenSealKey | None:
        """The key, or None when the PIN does not fit. Raises `SealKeyAway` when there is no such key here."""
        ...

    def has(self, seal: str) -> bool:
        """Whether there is a key for this seal here; no PIN is asked and none is tried."""
        ...

    def roots(self) -> bytes:
        """The trusted root certificates, PEM."""
        ...


class SealKeyAway(Exception):
    """没有这枚印章的钥匙 no key for this seal on this desk."""


class Verifier(Protocol):
    """验章 judges a sealed file by its bytes alone."""

    def verify(self, pdf: bytes, roots: bytes, crl: bytes | None = None) -> Verification:
        """Never raises for a bad file: an unreadable one raises `ValueError` with one sentence."""
        ...
