"""开门 from a command line to an open office: the training hall, or this desk as its `desk.toml` says; and why not, in one sentence."""

from __future__ import annotations

import logging
import os
import ssl
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from clerk_app.backing_up.making import DeskBackups
from clerk_app.backing_up.switching import Switch
from clerk_app.bootstrap import Handed, open_office
from clerk_app.hall import Hall
from clerk_app.office.office import Office
from clerk_app.outside.log_file import logging_to
from clerk_app.outside.password_box import FILE, PasswordBox
from clerk_app.outside.program_here import (
    glibc_here,
    installed_version,
    platform_here,
    release_keys,
    replaceable,
    running_version,
)
from clerk_app.outside.secrets import ForgetfulBox, KeyringBox
from clerk_app.outside.update_place import UpdatePlace
from clerk_app.ports import (
    CannotOpen,
    CentreAway,
    CentreProblem,
    HallClock,
    NeedsPassword,
    NotSetUp,
    SecretBox,
    SecretBoxAway,
    SecretBoxLocked,
    SlipMaker,
    StoreTrouble,
)
from clerk_app.ports.seal import SealCard, SealKeys
from clerk_app.probing.desk import DeskDoctor
from clerk_app.probing.place import Place
from clerk_app.settings import Settings, home, read_printers, read_queue_machine, read_seal_tokens
from clerk_app.store.engine import StoreTooNew, StoreUnreadable, versions_known
from clerk_app.training import (
    LOOPBACK,
    TrainingLine,
    enrolment_code,
    training_folder,
    training_hall,
    training_seals,
    training_settings,
)
from clerk_app.updating import Here

log = logging.getLogger(__name__)


MakerFor = Callable[[int], SlipMaker]
"""A slip maker for so many columns of paper."""


@dataclass(frozen=True)
class Start:
    """开法 how this run was asked for. A tour is a training run in a fresh folder with a box that forgets."""

    data_dir: Path | None
    centre: str
    training: bool
    tour: Path | None = None
    code: str = ""
    """一次性入列码 of a set-up file; without one the environment's."""
    password: str = ""
    """What was typed on the sign-in page so far: a machine without a keyring opens its data by it."""


@contextmanager
def opening(start: Start, maker: MakerFor, printer: str) -> Iterator[tuple[Office, TrainingLine | None]]:
    """The open office, and the training line that can be cut. `printer` is the training hall's own.

    Raises only `CannotOpen`, whose text is for the clerk.
    """
    with ExitStack() as stack:
        try:
            opened = _open(start, maker, printer, stack)
            _give_doctor(opened[0])
        except NeedsPassword:
            raise
        except Exception as error:
            log.error("cannot open: %s", type(error).__name__)
            raise CannotOpen(sentence_of(error)) from error
        yield opened


@contextmanager
def kiosk_opening(start: Start, maker: MakerFor, printer: str) -> Iterator[Office]:
    """自助机 the open office of a kiosk: a machine enrolled like a window, where nobody signs in. Raises `CannotOpen`."""
    try:
        with opening(start, maker, printer) as (office, _):
            yield office
    except NeedsPassword as error:
        raise CannotOpen("这台机器没有可用的密钥环，自助机没有人输密码，没有打开。装好密钥环再开。") from error


def _open(start: Start, maker: MakerFor, printer: str, stack: ExitStack) -> tuple[Office, TrainingLine | None]:
    if not start.training:
        settings = read_settings(start.data_dir or home("counter-clerk"), start.centre)
        stack.enter_context(logging_to(settings.data_dir))
        box = desk_box(settings.data_dir, start.password)
        admit = box.admit if isinstance(box, PasswordBox) else _nobody
        handed = Handed(maker=maker(settings.paper_columns), seal_keys=desk_seals(settings), admit=admit)
        code = start.code or os.environ.get("CLERK_ENROLMENT_CODE", "")
        return stack.enter_context(open_office(settings, handed, box, code)), None
    if start.tour is not None:
        start.tour.mkdir(parents=True, exist_ok=True)
        keys: SecretBox = ForgetfulBox()
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lian-xi-")))
    else:
        folder, keys = training_folder(start.data_dir, home("counter-clerk-training"))
    stack.enter_context(logging_to(folder))
    line = stack.enter_context(TrainingLine(folder, training_hall(start.data_dir), start.centre))
    settings = training_settings(folder, line.url, printer)
    if not settings.store_file.exists():
        line.wait()
    seals = partial(training_seals, folder)
    handed = Handed(maker=maker(settings.paper_columns), seal_keys=seals)
    return stack.enter_context(open_office(settings, handed, keys, enrolment_code())), line


def _give_doctor(office: Office) -> None:
    """体检 of the open desk: its own keys, and its tokens as it has them open."""
    parts = office.parts
    keys, settings = parts.seal_keys, parts.settings
    card = keys.card if keys is not None else _no_card
    switch = None if settings.training or not replaceable() else desk_switch(settings, parts.box, parts.clock.now)
    updates = switch.place if switch is not None else None
    place = Place(folder=settings.data_dir, settings=settings, box=parts.box, card=card, updates=updates)
    backups = DeskBackups(settings, parts.box, parts.clock.now)
    office.parts = replace(parts, doctor=DeskDoctor(place), backups=backups)
    if switch is not None:
        office.parts = replace(office.parts, updates=switch.place, way_back=switch.way_back)


def update_place(settings: Settings) -> UpdatePlace:
    """更新放在哪 on this desk, and what its program is."""
    here = Here(version=running_version(), platform=platform_here(), glibc=glibc_here(), schema=versions_known())
    return UpdatePlace(settings.data_dir, here, release_keys(settings.release_keys), installed_version())


def desk_switch(settings: Settings, box: SecretBox | None, now: Callable[[], datetime]) -> Switch:
    """换版和退回 of this desk."""

    def key() -> bytes | None:
        try:
            return box.get("store-key") if box is not None else None
        except (SecretBoxAway, SecretBoxLocked):
            return None

    backups = DeskBackups(settings, box, now)
    return Switch(settings=settings, place=update_place(settings), key=key, backups=backups)


def closed_desk(folder: Path, centre: str) -> Place:
    """体检 of a desk whose program does not run, or does not open: nothing is made, nothing is asked for."""
    try:
        settings = read_settings(folder, centre)
    except CannotOpen as trouble:
        return Place(folder=folder, settings=None, trouble=str(trouble))
    updates = update_place(settings) if replaceable() else None
    return Place(folder=folder, settings=settings, card=_token_card(settings), updates=updates)


def _token_card(settings: Settings) -> Callable[[str], SealCard | None]:
    if settings.seals is None:
        return _no_card
    from clerk_app.outside.seal_tokens import TokenSealKeys

    return TokenSealKeys(settings.seals).card


def _no_card(seal: str) -> SealCard | None:
    """A desk without tokens."""
    return None


def desk_seals(settings: Settings) -> Callable[[Hall, HallClock], SealKeys] | None:
    """印章钥匙 the tokens `desk.toml` names; nothing of them is touched before somebody seals or asks."""
    named = settings.seals
    if named is None:
        return None

    def ring(hall: Hall, clock: HallClock) -> SealKeys:
        from clerk_app.outside.seal_keys import SealRing
        from clerk_app.outside.seal_tokens import TokenSealKeys

        return SealRing(TokenSealKeys(named))

    return ring


def _nobody(person: str, password: str) -> None:
    """A keyring needs no password."""


def desk_box(folder: Path, password: str) -> SecretBox:
    """The keyring; without a usable one, a box opened by the sign-in passwords of this window's people.

    Raises `NeedsPassword` while no password was typed or it does not open the box. A store nobody ever signed in to has
    no box on disk: it is put aside, not lost, and the desk enrols anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ring, box = KeyringBox(str(folder.resolve())), PasswordBox(folder)
    store = folder / "counter.db"
    if not (folder / FILE).exists():
        try:
            ring.get("store-key")
            return ring
        except SecretBoxAway:
            if store.exists():
                store.rename(store.with_suffix(f".unused-{int(time.time())}"))
            return box
    if not password:
        raise NeedsPassword("这台机器没有密钥环，数据用登录密码打开。输工号和密码登录。")
    if not box.unlock(password):
        raise NeedsPassword("密码打不开这台机器上的数据，数据没有动。换登录过这台机器的人的密码再试。")
    return box


def read_settings(folder: Path, centre: str) -> Settings:
    """`desk.toml` of this desk: window, centre, ca, printer or `[printers]`, slip_minutes,
    paper_columns, second_screen, second_copy, recovery, release_keys, and the tables `[seals]`, `[queue_machine]`.

    Raises `CannotOpen` with the line to write.
    """
    file = folder / "desk.toml"
    try:
        rows = tomllib.loads(file.read_text(encoding="utf-8"))
        settings = Settings(
            data_dir=folder,
            centre=str(rows["centre"]),
            window=int(rows["window"]),
            printer=str(rows.get("printer", "")),
        )
        settings = replace(settings, paper_columns=int(rows.get("paper_columns", 48)))
        settings = replace(settings, second_screen=rows.get("second_screen") is True)
        files = ("second_copy", "recovery", "ca", "release_keys")
        copy, recovery, ca, releases = (folder / str(rows[name]) if rows.get(name) else None for name in files)
        settings = replace(settings, second_copy=copy, recovery=recovery, ca=ca, release_keys=releases)
        settings = replace(settings, seals=read_seal_tokens(rows.get("seals"), folder))
        settings = replace(settings, queue_machine=read_queue_machine(rows.get("queue_machine"), folder))
        settings = _with_printers(settings, rows)
    except FileNotFoundError as error:
        raise NotSetUp(
            f"这台电脑还没有装机（没有 {file}），没有打开。选管理员给的装机文件，装好再开；先试用就加 --demo。"
        ) from error
    except (KeyError, ValueError, OSError) as error:
        raise CannotOpen(f"{file} 里有一行不对（{error}），没有打开，什么都没动。改好再开。") from error
    return _checked(replace(settings, centre=centre or settings.centre))


def _with_printers(settings: Settings, rows: dict[str, object]) -> Settings:
    """`[printers]` instead of `printer`, and after how many minutes a ticket that did not come out is void."""
    several, minutes = read_printers(rows.get("printers")), rows.get("slip_minutes", settings.slip_minutes)
    if several and settings.printer:
        raise ValueError("写了 [printers] 就不再写 printer")
    if not isinstance(minutes, int) or minutes < 1:
        raise ValueError("slip_minutes 写几分钟，如 slip_minutes = 3")
    first = several[0].url if several else settings.printer
    return replace(settings, printer=first, printers=several, slip_minutes=minutes)


def _checked(settings: Settings) -> Settings:
    """A real centre is reached over TLS only, verified; plain http stays on this machine."""
    try:
        parts = urlsplit(settings.centre)
        good = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    except ValueError:
        good = False
    if not good or not parts.hostname:
        raise CannotOpen("中心的地址要以 https:// 开头，没有打开，什么都没动。改 desk.toml 里的 centre 再开。")
    if settings.ca is not None:
        try:
            ssl.create_default_context(cafile=settings.ca)
        except OSError as error:
            raise CannotOpen(
                f"证书文件 {settings.ca} 读不了，没有打开，什么都没动。改 desk.toml 里的 ca 再开。"
            ) from error
    return settings


def sentence_of(error: Exception) -> str:
    """Why the program did not start."""
    if isinstance(error, CannotOpen | ValueError):
        return str(error)
    if isinstance(error, CentreProblem | StoreTrouble):
        return error.sentence
    if isinstance(error, CentreAway):
        return "第一次打开要连上中心，现在连不上，没有打开，什么都没动。查网线和 desk.toml 里的 centre 再开。"
    if isinstance(error, SecretBoxAway):
        return "这台机器没有可用的密钥环，数据没有地方放钥匙，没有打开。先装好密钥环（如 gnome-keyring）；试用就加 --demo。"
    if isinstance(error, StoreUnreadable):
        return "数据文件打不开：钥匙不对或文件坏了，文件没有动。找管理员用恢复证书开，别删它。"
    if isinstance(error, StoreTooNew):
        return "数据文件被更新的程序升级过，这一版打不开，文件没有动。装新版再开。"
    return f"没有打开（{type(error).__name__}），数据没有动。找管理员看日志。"
