"""文书码 at a desk: what goes on a paper is signed by its machine and masks people; any window checks it with the line cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.office.counter.issuing import issue
from clerk_app.office.counter.paper_codes import CodeFound, check_code, code_of
from clerk_app.office.line.greeting import MACHINES, greet, queue_key
from clerk_app.office.office import Office
from clerk_app.outside.keys import SigningKey
from clerk_app.ports import Hello, PagePrinter
from clerk_app.ports.line import Machine
from clerk_app.receipts.paper import Delivery
from clerk_app.sealing.paper import MadePage, OfficialPaper, SealPlace
from clerk_app.sealing.paper_code import read_paper_code
from tests.desk import ZONE, CutCentre, cut_office
from tests.visits import accept, receive, serve

KEY, OTHER = SigningKey(bytes(32)), SigningKey(bytes([7] * 32))
DEVICE = "device-under-test"
PAPER = OfficialPaper(
    title="受理通知书", document_no="江市监受字〔2026〕12号", addressee="江州市云帆信息科技有限公司",
    paragraphs=("现予受理。",), department="江州市市场监督管理局", day=date(2026, 11, 20), case_no="x",
)  # fmt: skip


def machines(office: Office, **known: Machine) -> None:
    by_device = {device.replace("_", "-"): machine for device, machine in known.items()}
    office.parts.vault.keep.put_meta(MACHINES, msgspec.json.encode(by_device).decode())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, device_sign=KEY.sign)
    machines(office, device_under_test=Machine(public_key=KEY.public))
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    return accept(office, receive(office, serve(office)))


def refused(found: CodeFound | Refusal) -> Refusal:
    assert isinstance(found, Refusal), found
    return found


def found(answer: CodeFound | Refusal) -> CodeFound:
    assert isinstance(answer, CodeFound), answer
    return answer


def test_what_a_paper_says_is_read_at_a_window_with_the_line_cut(office: Office, case: Case) -> None:
    text = code_of(office, case, replace(PAPER, addressee=case.applicant.name))
    code = found(check_code(office, text)).code
    assert (code.hall, code.device, code.case_no) == (office.hall.id, DEVICE, case.case_no)
    assert (code.title, code.document_no, code.day) == (PAPER.title, PAPER.document_no, PAPER.day)
    assert (code.department, code.to) == (PAPER.department, case.applicant.masked_name)
    assert code_of(office, case, replace(PAPER, addressee=case.applicant.name)) == text, "made again, it is the same"


@pytest.mark.parametrize(
    ("applicant", "written", "said"),
    [
        (Applicant(name="卢小珍", id_number="429900199001011234"), "卢小珍", "卢*珍"),
        (Applicant(name="江州市云帆信息科技有限公司"), "江州市云帆信息科技有限公司", "江州市云帆信息科技有限公司"),
        (Applicant(name="卢小珍"), "江州市公安局", "江州市公安局"),
        (Applicant(name="卢小珍"), "", ""),
    ],
)
def test_whom_it_is_to(office: Office, case: Case, applicant: Applicant, written: str, said: str) -> None:
    text = code_of(office, replace(case, applicant=applicant), replace(PAPER, addressee=written))
    assert read_paper_code(text).code.to == said


def test_before_it_has_a_number_it_is_found_by_its_query_code(office: Office, case: Case) -> None:
    assert read_paper_code(code_of(office, replace(case, case_no=""), PAPER)).code.case_no == case.query_code


def test_an_unsigned_word_is_no_word(office: Office, case: Case) -> None:
    office.parts = replace(office.parts, device_sign=None)
    assert code_of(office, case, PAPER) == ""


def test_a_strangers_code_is_refused_and_says_what_to_do(office: Office, case: Case) -> None:
    text = code_of(office, case, PAPER)
    machines(office, device_under_test=Machine(public_key=OTHER.public))
    false = refused(check_code(office, text))
    assert (false.type, "假的" in false.sentence, "值班长" in false.sentence) == ("paper-code-not-genuine", True, True)
    machines(office, another=Machine(public_key=KEY.public))
    assert refused(check_code(office, text)).type == "paper-code-unknown-machine"
    for wrong in ("", "HD1ABC", text[:-4], "https://cx.example.gov.cn/c/aaaaaaaaaaaaaaaaaaaaaaaaaa"):
        assert refused(check_code(office, wrong)).type == "paper-code-unreadable"
    office.hall = replace(office.hall, id="QZ01")
    assert refused(check_code(office, text)).type == "paper-code-elsewhere"


def test_a_machine_out_of_use_is_believed_of_the_time_before(office: Office, case: Case) -> None:
    text = code_of(office, case, PAPER)
    end = datetime(2026, 11, 20, 17, 0, tzinfo=ZONE)
    machines(office, device_under_test=Machine(public_key=KEY.public, until=end))
    assert found(check_code(office, text)).ended == end
    machines(office, device_under_test=Machine(public_key=KEY.public, until=end - timedelta(days=1)))
    late = refused(check_code(office, text))
    assert late.type == "paper-code-after-end"
    assert "2026-11-19" in late.sentence


def test_a_genuine_code_behind_another_address_is_told_apart(office: Office, case: Case) -> None:
    bare = code_of(office, case, PAPER)
    assert found(check_code(office, bare)).ours
    assert not found(check_code(office, f"https://evil.example/v/{bare}")).ours
    office.hall = replace(office.hall, citizen_url="https://cx.example.gov.cn")
    text = code_of(office, case, PAPER)
    assert text == f"HTTPS://CX.EXAMPLE.GOV.CN/V/{bare}"
    assert found(check_code(office, text)).ours
    assert not found(check_code(office, f"https://evil.example/v/{bare}")).ours


class Pages:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.papers: list[OfficialPaper] = []

    def official(self, paper: OfficialPaper) -> MadePage:
        self.papers.append(paper)
        return MadePage(repr(paper).encode(), 1, SealPlace(1, 140, 230))

    def copy(self, pdf: bytes, pages: int, words: str) -> bytes:
        return pdf + words.encode()


class Printer(PagePrinter):
    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        return Delivery("done")


def test_a_sealed_paper_that_is_issued_bears_its_code(office: Office, case: Case) -> None:
    pages = Pages()
    office.parts = replace(office.parts, pages=pages, page_printer=Printer())  # type: ignore[arg-type, abstract]
    office.parts.vault.keep.add_block(_block(office, case))
    issue(office, case.id, "受理通知书")
    (paper,) = pages.papers
    code = found(check_code(office, paper.query)).code
    assert (code.title, code.document_no) == (paper.title, paper.document_no)
    assert paper.document_no


def _block(office: Office, case: Case):
    from clerk_app.ports import NumberBlock
    from clerk_app.sealing.documents import paper_kind, serial_kind

    kind = serial_kind(case.department, paper_kind("受理通知书"), office.parts.clock.now().year)
    return NumberBlock(id="b-paper", kind=kind, first=1, last=9)


class GreetingCentre(CutCentre):
    def __init__(self, hello: Hello) -> None:
        self.said = hello

    def hello(self, said=None) -> Hello:
        return self.said


def test_hello_brings_the_machines_and_an_older_centre_takes_none_away(office: Office) -> None:
    until = datetime(2026, 11, 1, 12, 0, tzinfo=ZONE)
    named = {"one": Machine(public_key=KEY.public), "two": Machine(public_key=OTHER.public, until=until)}
    plain = Hello(
        time=office.parts.clock.now(), epoch="e", last_seq=0, head="0" * 64, hall_version=office.hall.version,
        machines=named,
    )  # fmt: skip
    for hello in (plain, replace(plain, machines={})):
        office.parts = replace(office.parts, centre=GreetingCentre(hello))
        greet(office)
        assert msgspec.json.decode(office.parts.vault.keep.meta(MACHINES), type=dict[str, Machine]) == named


def test_a_kiosks_word_is_good_for_no_paper(office: Office, case: Case) -> None:
    text = code_of(office, case, PAPER)
    machines(office, device_under_test=Machine(public_key=KEY.public, kiosk=True))
    assert refused(check_code(office, text)).type == "paper-code-unknown-machine"


def test_hello_brings_the_days_keys_and_an_older_centre_takes_none_away(office: Office) -> None:
    today = office.parts.clock.now().date()
    plain = Hello(
        time=office.parts.clock.now(), epoch="e", last_seq=0, head="0" * 64, hall_version=office.hall.version,
        queue_keys={today.isoformat(): "ab" * 32, "2026-11-23": "cd" * 32},
    )  # fmt: skip
    for hello in (plain, replace(plain, queue_keys={})):
        office.parts = replace(office.parts, centre=GreetingCentre(hello))
        greet(office)
        assert queue_key(office, today) == bytes.fromhex("ab" * 32)
        assert queue_key(office, date(2026, 11, 23)) == bytes.fromhex("cd" * 32)
        assert queue_key(office, date(2026, 11, 24)) is None
