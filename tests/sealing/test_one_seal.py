"""一章一查: the page names everything that is known of one use, masks people, and is judged by other programs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage

from clerk_app.canonical import sm3
from clerk_app.cases.decision import HandedOver
from clerk_app.cases.life import VoidedStamp
from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal
from clerk_app.duty.recorded_letters import letter_id
from clerk_app.duty.records import RecordedLetter, Substitution
from clerk_app.office.counter.one_seal import known_of, one_seal_pdf, print_one_seal, save_one_seal
from clerk_app.office.duty.cover import record_absence
from clerk_app.ports import PagePrinter
from clerk_app.receipts.paper import Delivery
from clerk_app.sealing.model import SealEvent, SealEventKind
from clerk_app.sealing.one_seal import NO_SCAN, Known, LetterScan, OneSealPaper, one_seal
from clerk_app.sealing.paper_code import read_paper_code
from clerk_app.sealing.seal_then import seal_then
from tests.desk import ZONE
from tests.really_sealed import SEAL, SealedDesk, real_seals, sealed_desk
from tests.ui.sealing.desk import CHIEF, DEPUTY, good, proposed, sealed, sealing_office

NeedProgram = Callable[[str, str], str]
AT = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)


@pytest.fixture(scope="module")
def desk(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SealedDesk]:
    made = sealed_desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.office.parts.vault.close()


@pytest.fixture(scope="module")
def known(desk: SealedDesk) -> Known:
    found = known_of(desk.office, desk.use.id)
    assert isinstance(found, Known), found
    return found


def said(paper: OneSealPaper) -> dict[str, str]:
    return {label: text for part in paper.parts for row in part.rows for label, text in row}


def event(kind: SealEventKind, at: datetime, certificate: str = "") -> SealEvent:
    return SealEvent(
        id=f"{kind}{at}", seal=SEAL, kind=kind, by="P201", acting_for="", window=2, device="d", at=at, clock="centre",
        certificate=certificate,
    )  # fmt: skip


def test_everything_there_is_to_know(desk: SealedDesk, known: Known) -> None:
    paper, use = one_seal(known), desk.use
    words = said(paper)
    assert (paper.title, paper.document_no) == (use.title, use.document_no)
    assert (words["办件编号"], words["申请人"]) == (desk.case.case_no, "江州春禾餐饮管理有限公司")
    assert words["提出人（签名一）"].startswith("许可心，2026-11-20")
    assert (words["授权人（签名二）"], words["在岗还是顶岗"], words["盖章人"]) == ("梁建业", "在岗", "梁建业")
    assert words["授权书"].startswith("江市监授〔2026〕1号，2026-01-05 至 2026-12-31")
    assert words["授权书扫描件"].startswith(NO_SCAN)
    assert (words["在哪里"], words["谁的钟"], words["盖章时"]) == ("2号窗口", "中心时间", "在用")
    assert (words["授权内容 SHA-256"], words["盖章后 SHA-256"]) == (use.digest_before, use.digest_after)
    assert words["发证机构"] == "不在法定名单里，是非法定电子印章"
    assert paper.lead == "在登记里，没有疑点，没有作废。"
    assert "电子印章的打印件" not in paper.note
    assert "打印件是复印件" in paper.note


def test_its_row_can_be_looked_up(desk: SealedDesk, known: Known) -> None:
    place, journal = known.place, desk.office.parts.vault.journal
    assert place is not None
    row = next(row for row in journal.rows((), 50) if row.kind == "record_seal_use")
    data = journal.envelope(row.id)
    assert data is not None
    assert (place.device, place.hash) == ("device-under-test", sm3(data))
    assert desk.office.parts.vault.history.hash_at(place.incarnation, place.seq) == place.hash
    assert said(one_seal(replace(known, place=None)))["流水"].startswith("在另一台电脑")


def test_the_scan_of_the_letter_it_was_authorised_by(desk: SealedDesk, known: Known) -> None:
    office, number = desk.office, "江市监授〔2026〕9号"
    kept, grantee = office.parts.vault.blobs.keep(BytesIO(scanned_picture())), known.letter
    assert grantee is not None
    row = RecordedLetter(
        id=letter_id(number), number=number, department="SJJ", person="P201", deputy="P202", start=grantee.start,
        end=grantee.end, items=grantee.items, powers=("decide",), scan=kept.digest, recorded_by="P203", recorded_at=AT,
    )  # fmt: skip
    stamp = office.stamp()
    with office.parts.vault.unit(office.hall) as work:
        work.name_blob(kept, "", stamp.at)
        work.books.put_recorded_letter(row)
        for name, letter in (("here", number), ("away", "江市监授〔2026〕10号")):
            work.books.put_seal_use(replace(desk.use, id=name, letter=letter))
        work.books.put_recorded_letter(replace(row, id=letter_id("江市监授〔2026〕10号"), scan="0" * 64))
    here, away = known_of(office, "here"), known_of(office, "away")
    assert isinstance(here, Known)
    assert here.scan == LetterScan(title=f"授权书 {number} 扫描件", content=scanned_picture())
    assert said(one_seal(here))["授权书扫描件"] == "附在后页"
    assert isinstance(away, Known)
    assert away.scan is None
    assert "现在取不到" in said(one_seal(away))["授权书扫描件"]


def test_its_code_is_the_papers(known: Known, desk: SealedDesk) -> None:
    code = read_paper_code(known.query).code
    assert (code.document_no, code.title, code.case_no) == (desk.use.document_no, desk.use.title, desk.case.case_no)


def test_people_are_masked(known: Known) -> None:
    assert known.case is not None
    handed = HandedOver(receiver="卢小珍", proof="居民身份证 4299", by="P203", at=AT, window=2)
    case = replace(known.case, applicant=Applicant(name="欧阳明", id_number="429900199001011234"), handed_over=handed)
    paper = one_seal(replace(known, case=case))
    assert (said(paper)["申请人"], said(paper)["交给谁"]) == ("欧*明", "卢*珍")
    assert not {"卢小珍", "欧阳明"} & set(paper.texts)
    assert "居民身份证" not in "".join(paper.texts)


def test_who_stood_in_and_whose_clock(known: Known) -> None:
    use = replace(known.use, acting_for="P201", approver="P202", clock="kept", keeper="", electronic=False)
    sub = Substitution(
        id="s", post="R-SJJ", a="P201", b="P202", start=AT, end=AT + timedelta(hours=7), cause="x", said_by="P201"
    )  # fmt: skip
    words = said(one_seal(replace(known, use=use, substitution=sub)))
    assert words["授权人（签名二）"] == "尹秋实 代 梁建业"
    assert words["在岗还是顶岗"] == "顶岗 2026-11-20 10:30 至 2026-11-20 17:30"
    assert words["谁的钟"].startswith("本机时间")
    assert (words["用印方式"], words["保管人"]) == ("实体章，盖在纸上", "窗口自管")
    assert "证书序号" not in words
    later = said(one_seal(replace(known, use=replace(use, entered_at=AT + timedelta(hours=2)))))
    assert (later["谁的钟"], later["补登"][:16]) == ("人说的时间", "2026-11-20 12:30")


def test_the_deputy_names_the_substitution_he_acted_by(qapp: object, tmp_path: Path) -> None:
    office = real_seals(sealing_office(tmp_path), tmp_path)
    good(record_absence(office, CHIEF, "leave"))
    case = sealed(office, proposed(office), DEPUTY)
    found = known_of(office, case.seal_use)
    assert isinstance(found, Known)
    words = said(one_seal(found))
    assert words["授权人（签名二）"] == "尹秋实 代 梁建业"
    assert words["在岗还是顶岗"].startswith("顶岗 2026-11-20")
    assert words["保管人"] == "尹秋实"
    office.parts.vault.close()


def test_a_voided_stamp_names_both(known: Known) -> None:
    assert known.case is not None
    voided = VoidedStamp(
        seal_use=known.use.id, sealed_at=known.use.at, document_no=known.use.document_no, reason="地址写错",
        paper="收回销毁", asked_by="P201", asked_at=AT, agreed_by="P102", agreed_at=AT + timedelta(minutes=5),
    )  # fmt: skip

    def page(one: VoidedStamp) -> OneSealPaper:
        assert known.case is not None
        return one_seal(replace(known, case=replace(known.case, life=replace(known.case.life, voided=(one,)))))

    paper = page(voided)
    both = said(paper)["作废用印"]
    assert (both.count("提出"), both.count("同意")) == (1, 1)
    assert (said(paper)["为什么作废"], said(paper)["纸怎么处理"]) == ("地址写错", "收回销毁")
    assert paper.lead.endswith("作废，不再算数。")
    asked = page(replace(voided, agreed_by="", agreed_at=None))
    assert "还没有第二个人同意" in said(asked)["作废用印"]
    assert "不再算数" not in asked.lead, "one alone voids nothing"
    assert "作废用印" not in said(page(replace(voided, seal_use="another")))


@pytest.mark.parametrize(
    ("kinds", "state", "later", "version"),
    [
        ((), "in_use", "", 0),
        ((("stop", -2),), "stopped", "", 0),
        ((("stop", -2), ("resume", -1)), "in_use", "", 0),
        ((("loss", -1), ("destroy", 1)), "lost", "destroy", 0),
        ((("loss", 1), ("resume", 2)), "in_use", "loss", 0),
        ((("seat", -3, "old"), ("seat", -2, "old"), ("seat", -1, "2a"), ("seat", 1, "next")), "in_use", "", 2),
    ],
)
def test_how_the_seal_stood_then(
    known: Known, kinds: tuple[tuple[object, ...], ...], state: str, later: str, version: int
) -> None:
    use = replace(known.use, at=AT, certificate="2a")
    events = [event(kind, AT + timedelta(hours=hours), *more) for kind, hours, *more in kinds]  # type: ignore[arg-type]
    then = seal_then(use, events)
    assert (then.state, then.later.kind if then.later else "", then.version) == (state, later, version)


class Printer:
    """A printer that says what it is told to say."""

    def __init__(self, state: str) -> None:
        self.state, self.sent = state, list[tuple[bytes, str, int]]()

    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        self.sent.append((pdf, title, copies))
        return Delivery(state=self.state, said="缺纸")  # type: ignore[arg-type]


class TestPrinted:
    """打出来的 an A4 sheet, read back by other programs."""

    @pytest.fixture(autouse=True)
    def programs(self, need_program: NeedProgram) -> None:
        for name, package in (
            ("pdftotext", "poppler-utils"),
            ("pdfimages", "poppler-utils"),
            ("zbarimg", "zbar-tools"),
        ):
            need_program(name, package)

    def test_one_page_with_all_its_words_and_its_code(self, desk: SealedDesk, known: Known, tmp_path: Path) -> None:
        pdf = one_seal_pdf(desk.office, desk.use.id)
        assert isinstance(pdf, bytes)
        (tmp_path / "one.pdf").write_bytes(pdf)
        assert run("pdfinfo", tmp_path / "one.pdf").count("Pages:           1") == 1
        text = "".join(run("pdftotext", "-layout", tmp_path / "one.pdf", "-").split())
        paper = one_seal(known)
        for label, words in said(paper).items():
            assert label.replace(" ", "") in text
            if len(words) < 30 and "编号" not in label:
                assert words.replace(" ", "") in text, label
        assert (desk.use.digest_after in text, "印面图样" in text, "演练" in text) == (True, True, True)
        run("pdftoppm", "-r", "150", "-png", tmp_path / "one.pdf", tmp_path / "one")
        assert run("zbarimg", "-q", "--raw", tmp_path / "one-1.png").strip() == paper.query
        assert no_red(QImage(str(tmp_path / "one-1.png"))), "a sample is no seal"

    def test_the_longest_story_still_has_room_on_one_page(self, known: Known, desk: SealedDesk, tmp_path: Path) -> None:
        pages, case = desk.office.parts.pages, known.case
        assert pages is not None
        assert case is not None
        voided = VoidedStamp(
            seal_use=known.use.id, sealed_at=known.use.at, document_no=known.use.document_no,
            reason="经营场所的门牌号写错了一位", paper="收回销毁", asked_by="P201", asked_at=AT, agreed_by="P102", agreed_at=AT,
        )  # fmt: skip
        handed = HandedOver(receiver="卢小珍", proof="居民身份证", by="P203", at=AT, window=2, acting_for="P201")
        told = replace(case, handed_over=handed, life=replace(case.life, voided=(voided,)))
        use = replace(
            known.use, flags=("授权过期了还盖", "不是保管人开的印章"), entered_at=known.use.at, seam=True, pages=4
        )
        paper = one_seal(replace(known, case=told, use=use, events=(event("loss", use.at + timedelta(hours=1)),)))
        (tmp_path / "one.pdf").write_bytes(pages.one_seal(paper))
        assert "Pages:           1\n" in run("pdfinfo", tmp_path / "one.pdf")
        text = "".join(run("pdftotext", "-layout", tmp_path / "one.pdf", "-").split())
        assert all(word in text for word in ("作废用印", "印章后来", "补登", "卢*珍", "收回销毁", "不是保管人开的印章"))

    def test_the_letters_scan_stands_behind_it(self, known: Known, desk: SealedDesk, tmp_path: Path) -> None:
        pages = desk.office.parts.pages
        assert pages is not None
        picture = scanned_picture()
        for content, count in ((picture, 2), (desk.pdf, 2), (turned(desk.pdf), 2), (b"%PDF-1.7 torn", 2), (b"?", 2)):
            scan = LetterScan(title="授权书 江市监授〔2026〕9号 扫描件", content=content)
            made = pages.one_seal(one_seal(replace(known, scan=scan)))
            file = tmp_path / "one.pdf"
            file.write_bytes(made)
            assert f"Pages:           {count}" in run("pdfinfo", file)
            second = "".join(run("pdftotext", "-f", "2", file, "-").split())
            assert "附：授权书江市监授〔2026〕9号扫描件" in second
            readable = content in (picture, desk.pdf) or len(content) > 100
            assert ("读不出来" in second) is not readable
            if content.startswith(b"%PDF") and readable:
                assert desk.use.title in second, "the scan's own words are still words"
        assert made.startswith(b"%PDF")

    def test_it_goes_to_the_printer_once_and_leaves_no_trace(self, desk: SealedDesk) -> None:
        office, before = desk.office, desk.office.parts.vault.journal.head()
        for state, out in (("done", True), ("unknown", False), ("failed", False)):
            printer: PagePrinter = Printer(state)
            office.parts = replace(office.parts, page_printer=printer)
            answer = print_one_seal(office, desk.use.id)
            assert (answer is None) is out
            assert answer is None or "再打一次" in answer.sentence
            assert isinstance(printer, Printer)
            assert [(title, copies) for _, title, copies in printer.sent] == [("一章一查", 1)]
        office.parts = replace(office.parts, page_printer=None)
        without = print_one_seal(office, desk.use.id)
        assert without is not None
        assert "存成文件" in without.sentence
        assert office.parts.vault.journal.head() == before

    def test_it_goes_into_a_file_or_says_why_not(self, desk: SealedDesk, tmp_path: Path) -> None:
        assert save_one_seal(desk.office, desk.use.id, tmp_path / "一章一查.pdf") is None
        assert (tmp_path / "一章一查.pdf").read_bytes().startswith(b"%PDF")
        refused = save_one_seal(desk.office, desk.use.id, tmp_path / "没有" / "a.pdf")
        assert isinstance(refused, Refusal)
        assert "没有存" in refused.sentence
        unknown = save_one_seal(desk.office, "nobody", tmp_path / "b.pdf")
        assert isinstance(unknown, Refusal)
        assert not (tmp_path / "b.pdf").exists()


def run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8", "replace")


def no_red(image: QImage) -> bool:
    """Nothing on it is as red as a seal's ink."""
    small = image.scaledToWidth(400)
    colours = (small.pixelColor(x, y) for x in range(small.width()) for y in range(small.height()))
    return not any(one.red() > 180 and one.green() < 90 and one.blue() < 90 for one in colours)


def scanned_picture() -> bytes:
    image, buffer = QImage(600, 850, QImage.Format.Format_RGB32), QBuffer()
    image.fill(QColor("#dddddd"))
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def turned(pdf: bytes) -> bytes:
    """As a scanner lays it on its side."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Rotate")] = NumberObject(90)  # type: ignore[no-untyped-call]
    writer.mark_update(page.container_ref)
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()
