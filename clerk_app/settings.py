"""设置 settings: one frozen value, read once at start; no secret stands in it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class SealTokens:
    """印章钥匙 the driver of this desk's tokens (PKCS#11), which seal is in the token of which label, and the roots (PEM)."""

    module: Path
    tokens: Mapping[str, str]
    roots: Path | None = None


@dataclass(frozen=True, kw_only=True)
class MachineAt:
    """叫号机在哪 the hall's own queue machine: its address, its services as our letters, and the only roots (PEM) it is trusted by.

    Raises ValueError with what to write when the address is neither TLS nor this machine.
    """

    url: str
    services: Mapping[str, str]
    ca: Path | None = None

    def __post_init__(self) -> None:
        if not _is_safe_address(self.url):
            raise ValueError(
                '[queue_machine] 里的 url 写叫号机的地址，以 https:// 开头，如 url = "https://queue.example"'
            )

    def services_of(self, letters: Collection[str]) -> tuple[str, ...]:
        """The machine's services that a window of these letters calls."""
        return tuple(service for service, letter in self.services.items() if letter in letters)


@dataclass(frozen=True, kw_only=True)
class PrinterAt:
    """打印机在哪 one slip printer of this desk: its address, which slips and which windows' it prints, and which one stands in for it.

    No kinds and no windows: whatever no other printer is there for. `roll_metres` 0: its roll is not reckoned.
    """

    name: str
    url: str
    kinds: frozenset[str] = frozenset()
    windows: frozenset[int] = frozenset()
    columns: int = 48
    backup: str = ""
    roll_metres: int = 0

    def takes(self, kind: str, window: int) -> bool:
        """Whether this paper may go to it."""
        return (not self.kinds or kind in self.kinds) and (not self.windows or window in self.windows)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """设置 what this run was started with.

    `data_dir` holds the one store file; `centre` is the centre's base URL; `printer` is the address of the only printer
    or of the first of `printers`, empty for none; `training` marks every page and paper 演练 and forbids a real centre or seal.
    """

    data_dir: Path
    centre: str
    window: int
    printer: str = ""
    training: bool = False
    language: str = "zh_CN"
    paper_columns: int = 48
    second_copy: Path | None = None
    """第二份 a folder off this disk for unsent work; None is no second copy."""
    recovery: Path | None = None
    """恢复证书 this desk's own certificate file (PEM); None takes the hall's."""
    ca: Path | None = None
    """中心的根证书 the only certificates (PEM) a centre's is trusted by; None takes the public ones."""
    seals: SealTokens | None = None
    """印章钥匙 the tokens this desk seals with; None is a desk without a seal's key."""
    queue_machine: MachineAt | None = None
    """叫号机 the hall's own, through which this desk calls; None calls by the centre."""
    printers: tuple[PrinterAt, ...] = ()
    """打印机 several of them; empty: `printer` is the only one."""
    second_screen: bool = False
    """第二屏 this desk is to have one, for the citizen's side; the doctor looks for it."""
    release_keys: Path | None = None
    """发行钥匙 a file of further public keys whose updates this desk takes, besides those it was delivered with."""
    slip_minutes: int = 3
    """号票 that did not come out in so many minutes is void, and a number is taken again."""

    @property
    def all_printers(self) -> tuple[PrinterAt, ...]:
        """Every slip printer of this desk; the only one goes by its address."""
        if self.printers or not self.printer:
            return self.printers
        return (PrinterAt(name=self.printer, url=self.printer, columns=self.paper_columns),)

    def printer_for(self, kind: str, window: int) -> PrinterAt | None:
        """Where a paper goes: who names its kind comes before who names its window, and both before who names neither."""
        fit = [one for one in self.all_printers if one.takes(kind, window)]
        return max(fit, key=lambda one: (bool(one.kinds), bool(one.windows)), default=None)

    def printer_named(self, name: str) -> PrinterAt | None:
        """One of them."""
        return next((one for one in self.all_printers if one.name == name), None)

    @property
    def store_file(self) -> Path:
        """The one encrypted file of state, journal and spool."""
        return self.data_dir / "counter.db"


def home(name: str) -> Path:
    """数据夹 where this machine keeps the program's data."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / name
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / name


def read_seal_tokens(table: object, folder: Path) -> SealTokens | None:
    """The desk file's table `[seals]`; None when there is none. Raises ValueError saying what to write."""
    if table is None:
        return None
    rows = table if isinstance(table, dict) else {}
    module, tokens, roots = rows.get("module"), rows.get("tokens"), rows.get("roots")
    if not isinstance(module, str) or not module or set(rows) - {"module", "tokens", "roots"}:
        raise ValueError('[seals] 里写 module = "驱动文件"、tokens、roots，别的不认')
    tokens = tokens if isinstance(tokens, dict) else {}
    labels = tokens.values()
    if not labels or not all(isinstance(label, str) and label for label in labels) or len(set(labels)) != len(labels):
        raise ValueError('[seals] 里写 tokens = {印章编号 = "令牌名"}，一枚印章一个令牌')
    if roots is not None and (not isinstance(roots, str) or not roots):
        raise ValueError('[seals] 里的 roots 写根证书文件，如 roots = "roots.pem"')
    return SealTokens(module=folder / module, tokens=dict(tokens), roots=folder / roots if roots else None)


_PRINTER_ROWS = {"url", "kinds", "windows", "columns", "backup", "roll_metres"}


def read_printers(table: object) -> tuple[PrinterAt, ...]:
    """The desk file's table `[printers]`; empty when there is none. Raises ValueError saying what to write."""
    if table is None:
        return ()
    rows = table if isinstance(table, dict) else {}
    found = tuple(_read_printer(name, row) for name, row in rows.items())
    names = {one.name for one in found}
    if not found:
        raise ValueError('[printers] 里每台写一行，名字带引号，如 "小票机" = { url = "tcp://…:9100" }')
    if wrong := next(
        (one for one in found if one.backup and (one.backup not in names or one.backup == one.name)), None
    ):
        raise ValueError(f"[printers] 里 {wrong.name} 的 backup 写另一台的名字")
    return found


def _read_printer(name: str, row: object) -> PrinterAt:
    values = row if isinstance(row, dict) else {}
    url, kinds, windows = values.get("url"), values.get("kinds", []), values.get("windows", [])
    if not isinstance(url, str) or not url or set(values) - _PRINTER_ROWS:
        raise ValueError(f"[printers] 里 {name} 写 url，还可写 kinds、windows、columns、backup、roll_metres，别的不认")
    if not isinstance(kinds, list) or not all(isinstance(kind, str) and kind for kind in kinds):
        raise ValueError(f'[printers] 里 {name} 的 kinds 写票的种类，如 kinds = ["号票"]')
    if not isinstance(windows, list) or not all(isinstance(window, int) for window in windows):
        raise ValueError(f"[printers] 里 {name} 的 windows 写窗口号，如 windows = [2, 3]")
    columns, roll = values.get("columns", 48), values.get("roll_metres", 0)
    if columns not in (32, 42, 48) or not isinstance(roll, int) or roll < 0:
        raise ValueError(f"[printers] 里 {name} 的 columns 写 32、42 或 48，roll_metres 写一卷几米")
    backup = str(values.get("backup", ""))
    return PrinterAt(
        name=name,
        url=url,
        kinds=frozenset(kinds),
        windows=frozenset(windows),
        columns=columns,
        backup=backup,
        roll_metres=roll,
    )


_letter = re.compile(r"[A-Z]")


def read_queue_machine(table: object, folder: Path) -> MachineAt | None:
    """The desk file's table `[queue_machine]`; None when there is none. Raises ValueError saying what to write."""
    if table is None:
        return None
    rows = table if isinstance(table, dict) else {}
    url, services, ca = rows.get("url"), rows.get("services"), rows.get("ca")
    if not isinstance(url, str) or set(rows) - {"url", "services", "ca"}:
        raise ValueError("[queue_machine] 里写 url、services、ca，别的不认")
    services = services if isinstance(services, dict) else {}
    letters = [letter for letter in services.values() if isinstance(letter, str) and _letter.fullmatch(letter)]
    if not services or "" in services or len(letters) != len(services):
        raise ValueError('[queue_machine] 里写 services = {"01" = "A"}：机器的业务号对我们的一个大写字母')
    if ca is not None and (not isinstance(ca, str) or not ca):
        raise ValueError('[queue_machine] 里的 ca 写根证书文件，如 ca = "machine.pem"')
    return MachineAt(url=url, services=dict(services), ca=folder / ca if ca else None)


def _is_safe_address(url: str) -> bool:
    """TLS, or this machine; nothing else stands in it: no password, no query."""
    try:
        parts = urlsplit(url)
        plain = parts.hostname in ("127.0.0.1", "localhost", "::1")
        known = parts.port is None or parts.port > 0
    except ValueError:
        return False
    extra = parts.query or parts.fragment or "@" in parts.netloc or not url.isprintable() or " " in url
    return (
        bool(parts.hostname) and known and not extra and (parts.scheme == "https" or (parts.scheme == "http" and plain))
    )


CARD = "front.json"


def read_card(folder: Path) -> dict[str, Any]:
    """门牌 what the sign-in page said last time, so that it stands before the store is open; empty when there is none."""
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return card if isinstance(card, dict) else {}


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Keep it for the next start; only what hangs in public over the window anyway. A full disk costs nothing but speed."""
    with contextlib.suppress(OSError):
        (folder / CARD).write_text(json.dumps(card, ensure_ascii=False), encoding="utf-8")


TRIAL_HALL, TRIAL_WINDOW = "trial-hall.json", "trial-window"
"""试办 what a training folder was made to try: the hall document that is to come, and the window that takes the item in."""
TRAINING_FILES = (
    "counter.db*",
    "counter.v*",
    "centre.db*",
    "centre.log",
    "blobs/??/*",
    "second-copy/*.cms*",
    "habits.json",
    "log/????-??-??.log",
    CARD,
)


def clear_training(folder: Path) -> None:
    """重置练习 only what the training hall made in its folder; the keys stay, anything else is somebody's."""
    for pattern in TRAINING_FILES:
        for file in folder.glob(pattern):
            file.unlink(missing_ok=True)


def training_beside(folder: Path) -> list[str]:
    """The same program once more, as a training hall over another folder; this one goes on."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, sys.argv[0]]
    return [*own, "--demo", "--data-dir", str(folder)]


def begin_training_anew(folder: Path) -> NoReturn:
    """The same program once more, over an empty training folder."""
    clear_training(folder)
    os.execv(sys.executable, [sys.executable, *sys.argv])
