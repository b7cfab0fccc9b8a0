"""补录与核对 the catalogue of the paper's day is asked for first; then the entry, the mending, the second person's word."""

from __future__ import annotations

from threading import Event

from clerk_app.cases.afterwards import VoidCase
from clerk_app.cases.back_entry.checking import ConfirmFromPaper, SendBackFromPaper
from clerk_app.cases.back_entry.entering import EnterFromPaper, MendFromPaper
from clerk_app.cases.back_entry.kits import sheet_spent, unknown_sheet
from clerk_app.cases.back_entry.model import CatalogueThen, PaperEntry
from clerk_app.command import Refusal
from clerk_app.office.counter.back_entry.looking import SheetLine, sheet_line
from clerk_app.office.counter.back_entry.reading import SheetWords, counted_at, read_applicant, read_entry, read_number
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.line.scanning import scan_devices, scan_into
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import CentreAway, CentreProblem

_away = Refusal("catalogue-away", "线路断着，问不到纸上那天用的目录，没有录，填的都在。连上中心再录。")


def find_sheet(office: Office, typed: str) -> SheetLine | Refusal:
    """扫号: the sheet, if it can still be entered."""
    number = read_number(typed)
    line = sheet_line(office, number)
    if line is None:
        return unknown_sheet(number)
    if line.sheet.state in ("spoiled", "returned"):
        return office.read(lambda books: sheet_spent(line.sheet, books))
    return line


def enter(office: Office, number: str, words: SheetWords) -> Outcome:
    """补录 a case. Not for the screen's thread."""
    line = find_sheet(office, number)
    if isinstance(line, Refusal):
        return line
    if line.case is not None:
        return office.read(lambda books: sheet_spent(line.sheet, books))
    entry = read_sheet(office, line, words)
    if isinstance(entry, Refusal):
        return entry
    command = EnterFromPaper(
        **office.stamp().fields(office.parts.new_id),
        case=office.parts.new_id(),
        sheet=line.sheet.id,
        applicant=read_applicant(words),
        entry=entry,
    )
    return office.do(command)


def mend(office: Office, number: str, words: SheetWords) -> Outcome:
    """改补录; the case is asked for first. Not for the screen's thread."""
    line = find_sheet(office, number)
    if isinstance(line, Refusal):
        return line
    if line.case is None:
        return Refusal("sheet-not-entered", "这份还没有录，没有改。先补录。")
    if refusal := take_in_hand(office, line.case.id):
        return refusal
    entry = read_sheet(office, line, words)
    if isinstance(entry, Refusal):
        return entry
    command = MendFromPaper(
        **office.stamp().fields(office.parts.new_id),
        case=line.case.id,
        sheet=line.sheet.id,
        applicant=read_applicant(words),
        entry=entry,
    )
    return office.do(command)


def scan_sheet(office: Office, case: str, stop: Event) -> Outcome:
    """扫这份纸 by the first scanner that answers: which one a desk has is rarely a question. Not for the screen's thread."""
    devices = scan_devices(office, stop)
    if not devices:
        return Refusal("scan-gone", "没有扫描仪答应，没有扫，别的都在。看看电源和线，或选扫描件。")
    return scan_into(office, case, devices[0], stop)


def confirm(office: Office, line: SheetLine, scan: str) -> Outcome:
    """核对一致."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(ConfirmFromPaper(**fields, sheet=line.sheet.id, revision=line.sheet.revision, scan=scan))


def send_back(office: Office, line: SheetLine, words: str) -> Outcome:
    """核对退回."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(SendBackFromPaper(**fields, sheet=line.sheet.id, revision=line.sheet.revision, words=words))


def void(office: Office, line: SheetLine, reason: str) -> Outcome:
    """录错了 the case counts for nothing, and the number with it. Not for the screen's thread."""
    if line.case is None:
        return Refusal("sheet-not-entered", "这份还没有录，没有作废。写坏的纸，作废那一份。")
    if refusal := take_in_hand(office, line.case.id):
        return refusal
    return office.do(VoidCase(**office.stamp().fields(office.parts.new_id), case=line.case.id, reason=reason))


def read_sheet(office: Office, line: SheetLine, words: SheetWords) -> PaperEntry | Refusal:
    """What was typed, by the catalogue of its day. Asks the centre which that was."""
    zone = office.parts.clock.now().tzinfo
    counted = counted_at(words, zone)
    if isinstance(counted, Refusal):
        return counted
    if counted > office.parts.clock.now():
        return Refusal("paper-in-future", "纸上的时间比现在还晚，没有录，填的都在。核对纸上的日期和时间。")
    try:
        version = _version_then(office, counted.timestamp())
        then = _catalogue(office, version)
    except CentreAway:
        return _away
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    if then is None:
        return _away
    return read_entry(words, then, line.kit.window, office.hall.roster, zone)


def _version_then(office: Office, at: float) -> str:
    """The version in force at that moment; this machine's own where nobody keeps a history (tests, one machine alone)."""
    if office.parts.halls is None:
        return office.hall.version
    since = [one for one in office.parts.halls.versions() if one.since.timestamp() <= at]
    return since[-1].version if since else office.hall.version


def _catalogue(office: Office, version: str) -> CatalogueThen | None:
    keep, halls = office.parts.vault.keep, office.parts.halls
    if keep.hall_document(version) is None and halls is not None:
        keep.note_hall_document(version, halls.document(version))
    return office.read(lambda books: books.catalogue_then(version))
