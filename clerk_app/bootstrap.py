"""接线 open_office(): builds the office without a screen from its real parts; main.py and tests hand in what is theirs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.hall import Hall
from clerk_app.office.keys_elsewhere import KeyBook
from clerk_app.office.line.clock_memory import StoreMemory
from clerk_app.office.office import Office, Parts
from clerk_app.office.register import build_register
from clerk_app.outside.audit_file import SignedExports
from clerk_app.outside.audit_line import HttpAudit
from clerk_app.outside.blobs import HttpBlobs
from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.clock import CentreClock
from clerk_app.outside.company_line import HttpCompanies
from clerk_app.outside.copied_blobs import FolderBlobs
from clerk_app.outside.finding_line import HttpFinding
from clerk_app.outside.hall_line import HttpHalls
from clerk_app.outside.ids import new_id, new_query_code
from clerk_app.outside.key_post import HttpKeyPost
from clerk_app.outside.keys import PasswordLocksmith, SigningKey
from clerk_app.outside.kiosk_line import HttpKiosk
from clerk_app.outside.line import HttpLine
from clerk_app.outside.machine_line import HttpMachines, SetupFiles
from clerk_app.outside.name_line import HttpNames
from clerk_app.outside.one_process import only_one
from clerk_app.outside.outward_line import HttpOutward
from clerk_app.outside.page_printer import SystemPrinter
from clerk_app.outside.prefill_line import HttpPrefills
from clerk_app.outside.queue_line import QueueLine
from clerk_app.outside.queue_machine_http import HttpQueueMachine
from clerk_app.outside.recovered import HttpRecovery
from clerk_app.outside.recovery import WRAPPED, RecoveryProblem, certificate_text, wrap_store_key
from clerk_app.outside.scanning import installed_scanner
from clerk_app.outside.seal_verifier import SealVerifier
from clerk_app.outside.second_copy import FolderCopies
from clerk_app.outside.secrets import secret_of
from clerk_app.outside.stamping import PdfStamper
from clerk_app.outside.update_line import HttpUpdates
from clerk_app.ports import CannotOpen, Centre, HallClock, SecretBox, SlipMaker
from clerk_app.ports.copies import SecondCopy
from clerk_app.ports.seal import SealKeys
from clerk_app.settings import Settings
from clerk_app.store.engine import open_for_reading
from clerk_app.store.gate import Gate
from clerk_app.store.unsent import UnsentBook
from clerk_app.store.unsent_blobs import UnsentBlobBook
from clerk_app.store.vault import LocalVault

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Handed:
    """交来的 what the house outside the office brings along: the slips' maker, the seals' keys, who may open the box."""

    maker: SlipMaker
    seal_keys: Callable[[Hall, HallClock], SealKeys] | None = None
    admit: Callable[[str, str], None] = lambda person, password: None


@contextmanager
def open_office(
    settings: Settings, handed: Handed, box: SecretBox, code: str, clock: HallClock | None = None
) -> Iterator[Office]:
    """Open the store, enrol once, stand ready, and close it all at the end.

    Raises `CannotOpen`, `SecretBoxAway`, `CentreAway`, `CentreProblem`, `StoreUnreadable`, `StoreTooNew`.
    `code` is the enrolment code, asked for only by a store that has never met its centre.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with only_one(settings.data_dir), _opened(settings, handed, box, code, clock or CentreClock()) as office:
        yield office


@contextmanager
def _opened(settings: Settings, handed: Handed, box: SecretBox, code: str, clock: HallClock) -> Iterator[Office]:
    if settings.store_file.exists() and box.get("store-key") is None:
        raise CannotOpen("这台机器上有数据，但密钥环里没有它的钥匙，没有打开，数据没有动。找管理员用恢复证书开。")
    key, device_key = secret_of(box, "store-key")[0], SigningKey(secret_of(box, "device-key")[0])
    vault = LocalVault(settings.store_file, key, clock)
    if isinstance(clock, CentreClock):
        clock.attach(StoreMemory(vault))
    vault.spool.recover()
    trust = str(settings.ca) if settings.ca else True
    line = HttpLine(settings.centre, lambda: vault.device, device_key.sign, trust)
    centre = HttpCentre(line)
    copy: SecondCopy | None = None
    try:
        _meet(settings, vault, centre, device_key.public, code)
        if vault.keep.meta("hall_version") is None:
            clock.set(_take_hall(vault, centre))
        parts = _parts(settings, vault, centre, clock, handed)
        office = Office(replace(parts, box=box, device_sign=device_key.sign))
        copy = _off_this_disk(settings, vault, key, device_key, clock)
        office.parts = replace(office.parts, second_copy=copy, recovery=HttpRecovery(line), outward=HttpOutward(line))
        office.parts = replace(
            office.parts, blob_centre=HttpBlobs(line), audit=HttpAudit(line), finding=HttpFinding(line)
        )
        office.parts = replace(office.parts, prefills=HttpPrefills(line), names=HttpNames(line), halls=HttpHalls(line))
        office.parts = replace(office.parts, companies=HttpCompanies(line), kiosk=HttpKiosk(line))
        office.parts = replace(office.parts, machines=HttpMachines(line), setup_shelf=SetupFiles(settings))
        office.parts = replace(office.parts, queue=QueueLine(line), update_centre=HttpUpdates(line))
        office.parts = replace(office.parts, exports=SignedExports(device_key, lambda: vault.device))
        office.parts = replace(office.parts, keys=KeyBook(HttpKeyPost(line), office.parts.locksmith))
        if settings.queue_machine is not None:
            office.parts = replace(office.parts, queue_machine=HttpQueueMachine(settings.queue_machine))
        if handed.seal_keys is not None:
            keys, stamper = handed.seal_keys(office.hall, clock), PdfStamper(office.parts.locksmith.genuine)
            office.parts = replace(office.parts, seal_keys=keys, stamper=stamper)
        yield office
    finally:
        centre.close()
        if copy is not None:
            copy.rows.close()
        vault.close()


def _meet(settings: Settings, vault: LocalVault, centre: Centre, public_key: str, code: str) -> None:
    """入列 once per store: identity is made here, never in a disk image; the hall comes with it.

    A store knows whether it is for training: practice and real cases never meet in one file.
    """
    kind = "1" if settings.training else "0"
    if vault.keep.meta("device") is not None and vault.keep.meta("training") != kind:
        raise CannotOpen("这个数据夹里练习和真办的不能混，没有打开，数据没有动。换一个 --data-dir 再开。")
    if vault.keep.meta("device") is None:
        vault.keep.put_meta("training", kind)
        vault.keep.put_meta("device", centre.enrol(code, settings.window, public_key))


def _take_hall(vault: LocalVault, centre: Centre) -> datetime:
    """The hall this device belongs to; answers the centre's time."""
    hello = centre.hello()
    document = centre.hall_document(hello.hall_version)
    vault.keep.put_meta("hall", document["hall"]["id"])
    vault.keep.put_hall_document(hello.hall_version, document)
    return hello.time


def _parts(settings: Settings, vault: LocalVault, centre: Centre, clock: HallClock, handed: Handed) -> Parts:
    return Parts(
        settings=settings,
        vault=vault,
        centre=centre,
        clock=clock,
        maker=handed.maker,
        admit=handed.admit,
        register=build_register(),
        new_id=new_id,
        new_query_code=new_query_code,
        locksmith=PasswordLocksmith(),
        page_printer=None if settings.training else SystemPrinter(),
        scanner=installed_scanner(),
        verifier=SealVerifier(clock.now),
    )


def _off_this_disk(
    settings: Settings, vault: LocalVault, key: bytes, device_key: SigningKey, clock: HallClock
) -> SecondCopy | None:
    """What a dead machine is recovered by: its store key beside the store, and a second copy of what is unsent."""

    def certificate() -> bytes | None:
        version = vault.keep.meta("hall_version") or ""
        return certificate_text(settings.recovery, vault.keep.hall_document(version))

    def wrapped() -> bytes | None:
        _wrap_key(settings, vault, key, certificate)
        file = settings.data_dir / WRAPPED
        return file.read_bytes() if file.is_file() else None

    _wrap_key(settings, vault, key, certificate)
    if (folder := settings.second_copy) is None:
        return None
    gate = Gate(open_for_reading(settings.store_file, key))
    blobs = UnsentBlobBook(gate, settings.data_dir / "blobs", key)
    place = FolderCopies(folder, certificate, device_key.sign, clock.now)
    return SecondCopy(UnsentBook(gate), place, blobs, FolderBlobs(folder, wrapped))


def _wrap_key(settings: Settings, vault: LocalVault, key: bytes, certificate: Callable[[], bytes | None]) -> None:
    """A certificate that cannot be read, or a full disk, keeps nobody from working."""
    try:
        pem, known = certificate(), vault.keep.meta("recovery") or ""
        if pem is None:
            return
        wrapped = wrap_store_key(settings.data_dir / WRAPPED, key, pem, known)
        if wrapped != known:
            vault.keep.put_meta("recovery", wrapped)
    except (RecoveryProblem, OSError) as error:
        log.warning("store key is not wrapped for recovery: %s", type(error).__name__)
