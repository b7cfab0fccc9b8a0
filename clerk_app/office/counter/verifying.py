"""验章 a sealed file, a paper's code or a number, held against this machine's register: three answers with their reasons.

Nobody is asked over the line: what the register here does not have stays 待核.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.counter.looking_up import find_here
from clerk_app.office.counter.paper_codes import CodeFound, check_code
from clerk_app.office.counter.seal_records import certificate_of, record_of_file, record_of_use
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.ports.seal import SealCard
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.paper import Verification
from clerk_app.sealing.paper_code import PaperCode, is_paper_code
from clerk_app.sealing.paper_verdicts import against_paper, false_code, unread_code
from clerk_app.sealing.verdicts import Judged, SealedRecord, against_register

LARGEST = 30 << 20
"""Bytes of a file that is looked at; a certificate or a list is far smaller."""
SMALL = 4 << 20
MOST_FOUND = 20
_false = frozenset({"paper-code-not-genuine", "paper-code-after-end"})
_year = re.compile(r"[\[【（(〔［](\d{4})[\]】）)〕］]")

NO_VERIFIER = Refusal("no-verifier", "这台机器不能验章，没有验。找管理员把程序装全，或到别的窗口验。")
NO_ROOTS = Refusal("no-roots", "这台机器没有信任的根证书，没有验。选一份根证书（PEM）再验。")


@dataclass(frozen=True, kw_only=True)
class ToVerify:
    """要验的 one file; `roots` (PEM) in place of this machine's own, and a list of stopped certificates."""

    file: Path
    roots: Path | None = None
    crl: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Verified:
    """验过的 the three lines, what they rest on, and how the seal's certificate is registered here.

    `found` of a file; `code` of a scanned code; neither of a number that was typed. `others`: more uses it may mean.
    """

    judged: Judged
    record: SealedRecord
    found: Verification | None = None
    code: CodeFound | None = None
    card: SealCard | None = None
    others: tuple[SealUse, ...] = ()

    @property
    def use(self) -> SealUse | None:
        """用印登记 the line it was held against."""
        return self.record.use


def verify_path(office: Office, wanted: ToVerify) -> Verified | Refusal:
    """Read and judged. Not for the screen's thread."""
    pdf = _read(wanted.file, LARGEST)
    if isinstance(pdf, Refusal):
        return pdf
    beside = []
    for file in (wanted.roots, wanted.crl):
        read = _read(file, SMALL) if file is not None else None
        if isinstance(read, Refusal):
            return read
        beside.append(read)
    return verify_file(office, pdf, *beside)


def verify_file(office: Office, pdf: bytes, roots: bytes | None = None, crl: bytes | None = None) -> Verified | Refusal:
    """By its bytes, then by the register. Not for the screen's thread."""
    verifier, trusted = office.parts.verifier, roots or own_roots(office)
    if verifier is None:
        return NO_VERIFIER
    if not trusted:
        return NO_ROOTS
    if len(pdf) > LARGEST:
        return _too_large("这个文件", len(pdf))
    try:
        found = verifier.verify(pdf, trusted, crl)
    except ValueError as error:
        return Refusal("not-verified", str(error))
    record = record_of_file(office, found)
    return Verified(judged=against_register(found, record), record=record, found=found, card=_card(office, record.use))


def own_roots(office: Office) -> bytes:
    """信任的根证书 of this machine, PEM; empty where it has none."""
    keys = office.parts.seal_keys
    return keys.roots().strip() if keys is not None else b""


def verify_typed(office: Office, text: str) -> Verified | Refusal:
    """A scanned or pasted code, else a 文号, a case's number or its query code. Works with the line cut."""
    text = text.strip()
    if not text:
        return Refusal("nothing-asked", "还没有要验的：扫码，或写文号、办件编号，再按回车。")
    return verify_code(office, text) if is_paper_code(text) else verify_number(office, text)


def verify_code(office: Office, text: str) -> Verified:
    """验码 whether a machine of this hall wrote it, and what the register says of the paper it names."""
    code = check_code(office, text)
    if isinstance(code, Refusal):
        judged = false_code(code.sentence) if code.type in _false else unread_code(code.sentence)
        return Verified(judged=judged, record=SealedRecord())
    uses = _uses_of_code(office, code.code)
    record = record_of_use(office, uses[-1] if uses else None)
    return Verified(
        judged=against_paper(code.code, record), record=record, code=code,
        card=_card(office, record.use), others=uses,
    )  # fmt: skip


def verify_number(office: Office, text: str) -> Verified | Refusal:
    """按号码 what the register says; several uses of one case are all named, the newest is shown."""
    uses = _uses(office, text)
    if not uses:
        return Refusal(
            "no-such-use",
            f"用印登记里没有“{text[:40]}”：可能还没有传到这台机器，也可能没盖过章。核对号码，或问盖章的窗口。",
        )
    return verify_use(office, uses[-1].id, uses)


def verify_use(
    office: Office, use: str, others: tuple[SealUse, ...] = (), code: CodeFound | None = None
) -> Verified | Refusal:
    """按登记 one line of the register, with the code it was found by."""
    row = office.read(lambda books: books.seal_use(use))
    if row is None:
        return Refusal("no-such-use", "用印登记里没有这一笔，没有查。刷新一下再看。")
    record = record_of_use(office, row)
    judged = against_paper(code.code if code is not None else None, record)
    return Verified(judged=judged, record=record, code=code, card=_card(office, row), others=others or (row,))


def _uses_of_code(office: Office, code: PaperCode) -> tuple[SealUse, ...]:
    """By its 文号; a paper without one by its case and title."""
    if code.document_no:
        return office.read(lambda books: books.seal_uses_numbered(code.document_no))
    return tuple(use for use in _uses(office, code.case_no) if use.title == code.title and not use.document_no)


def _uses(office: Office, text: str) -> tuple[SealUse, ...]:
    """By 文号 as it is written or nearly so; else by a case's number or code."""
    number = _year.sub(r"〔\1〕", "".join(text.split()))

    def numbered(books: Books) -> tuple[SealUse, ...]:
        kinds = dict.fromkeys((text, number, f"{number.removesuffix('号')}号"))
        return tuple(use for one in kinds for use in books.seal_uses_numbered(one))

    found = office.read(numbered)
    if found or not text.isascii():
        return found
    cases = find_here(office, text, MOST_FOUND).lines
    return office.read(lambda books: tuple(use for case in cases for use in books.seal_uses_of(case.id)))


def _card(office: Office, use: SealUse | None) -> SealCard | None:
    return certificate_of(office, use.seal, use.certificate) if use is not None else None


def _read(file: Path, largest: int) -> bytes | Refusal:
    name = file.name
    try:
        size = file.stat().st_size
        if size > largest:
            return _too_large(f"“{name}”", size)
        data = file.read_bytes()
    except OSError:
        return Refusal("file-unreadable", f"“{name}”打不开，没有验。看看文件还在不在、能不能读，再选一次。")
    return data or Refusal("file-empty", f"“{name}”是空的，没有验。换一个文件再来。")


def _too_large(what: str, size: int) -> Refusal:
    return Refusal(
        "file-too-large",
        f"{what}有 {size / (1 << 20):.1f} MB，太大了，没有验。盖过章的文书不会这么大，看看是不是拿错了。",
    )
