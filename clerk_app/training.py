"""练习大厅 what the training hall is made of: its own folder, an embedded centre behind a line that can be cut, invented people.

It cannot reach a real centre: only loopback addresses are taken.
"""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

from clerk_app.duty.training import TRAINING_HALVES, training_pin
from clerk_app.hall import Hall
from clerk_app.outside.child import ENROLMENT_CODE, EmbeddedCentre
from clerk_app.outside.relay import Relay
from clerk_app.outside.secrets import ForgetfulBox, KeyringBox
from clerk_app.ports import CannotOpen, CentreAway, HallClock, SecretBox, SecretBoxAway
from clerk_app.ports.seal import SealKeys
from clerk_app.settings import TRIAL_HALL, TRIAL_WINDOW, Settings
from resources import path

WINDOW = 2
LOOPBACK = ("127.0.0.1", "localhost", "::1")
RECOVERY, SECOND_COPY = "recovery", "second-copy"

_HOW_TO = """演练用的恢复钥匙：前半口令 {}，后半口令 {}。只在练习大厅里用，真的由两个人各记一半、不写下来。
练一遍：python -m clerk_app outbox import --help
"""


class TrainingLine:
    """练习线路 relay and centre; the centre comes up behind an open window, so nobody waits for it but a first start."""

    def __init__(self, folder: Path, hall_file: Path, centre: str = "") -> None:
        """`centre` is a training centre somebody else started on this machine; empty starts our own."""
        if centre and urlsplit(centre).hostname not in LOOPBACK:
            raise CannotOpen("练习大厅只连本机的中心，没有打开，什么都没动。去掉 --centre 再开。")
        self.relay = Relay()
        self._given = centre
        self._child = EmbeddedCentre(folder, hall_file)
        self._fault: Exception | None = None
        self._starter = threading.Thread(target=self._start, name="training-centre", daemon=True)
        self._starter.start()

    @property
    def url(self) -> str:
        """Where the client finds the centre."""
        return self.relay.url

    def _start(self) -> None:
        try:
            self.relay.lead_to(self._given or self._child.start())
        except (CentreAway, OSError) as error:
            self._fault = error

    def wait(self) -> None:
        """Until the centre answers; raises `CannotOpen`."""
        self._starter.join()
        if self._fault is not None:
            raise CannotOpen("练习中心没有起来，练习没有开始。看 centre.log，或换一个 --data-dir 再开。")

    def __enter__(self) -> TrainingLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._starter.join()
        self.relay.close()
        self._child.stop()


def enrolment_code() -> str:
    """入列码 of this run: our own centre's, or what the environment says of a given one."""
    return os.environ.get("CLERK_ENROLMENT_CODE", ENROLMENT_CODE)


def training_box(folder: Path) -> tuple[SecretBox, bool]:
    """The keyring where there is one; otherwise a box that forgets. The flag says whether the folder can be opened again."""
    box = KeyringBox(str(folder.resolve()))
    try:
        box.get("store-key")
        box.put("probe", b"1")
    except SecretBoxAway:
        return ForgetfulBox(), False
    return box, True


def training_folder(asked: Path | None, home: Path) -> tuple[Path, SecretBox]:
    """数据夹 the folder of this training run: the asked one, the usual one, or a fresh one where no keyring remembers keys."""
    folder = asked or home
    folder.mkdir(parents=True, exist_ok=True)
    box, lasting = training_box(folder)
    if not lasting and (folder / "counter.db").exists():
        folder = Path(tempfile.mkdtemp(prefix="lian-xi-"))
    return folder, box


def training_hall(asked: Path | None) -> Path:
    """练习的大厅资料 the coming one its folder was made to try, else the invented hall."""
    tried = asked / TRIAL_HALL if asked is not None else None
    return tried if tried is not None and tried.is_file() else path("halls", "training.yaml")


def training_window(folder: Path) -> int:
    """练习的窗口 the one that takes the tried item in, else the invented hall's."""
    try:
        return int((folder / TRIAL_WINDOW).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return WINDOW


def training_settings(folder: Path, centre: str, printer: str) -> Settings:
    """设置 of the training hall, with a certificate and a second copy of its own: recovery can be practised too."""
    return Settings(
        data_dir=folder,
        centre=centre,
        window=training_window(folder),
        printer=printer,
        training=True,
        second_copy=folder / SECOND_COPY,
        recovery=training_recovery(folder),
    )


def training_recovery(folder: Path) -> Path:
    """练习恢复证书 made at the first start, its two halves written beside it; answers the certificate's file."""
    from clerk_app.outside.recovery import make_recovery

    place = folder / RECOVERY
    (folder / SECOND_COPY).mkdir(parents=True, exist_ok=True)
    certificate = place / "recovery.pem"
    if not certificate.exists():
        place.mkdir(parents=True, exist_ok=True)
        pem, key = make_recovery("演练恢复证书", TRAINING_HALVES)
        (place / "recovery.p12").write_bytes(key)
        (place / "练习说明.txt").write_text(_HOW_TO.format(*TRAINING_HALVES), encoding="utf-8")
        certificate.write_bytes(pem)
    return certificate


def training_seals(folder: Path, hall: Hall, clock: HallClock) -> SealKeys:
    """练习印章 a self-made root and a key for each keeper of each electronic seal; opened by the keeper's training PIN."""
    from clerk_app.outside.seal_keys import TrainingSeal, TrainingSealKeys

    seals: dict[str, TrainingSeal] = {}
    for seal in hall.roster.seals.values():
        if seal.electronic and seal.kind in ("approval", "register"):
            keepers = [keeper for keeper in (seal.custodian, seal.backup) if keeper]
            seals[seal.id] = TrainingSeal(seal.name, {keeper: training_pin(keeper) for keeper in keepers})
    return TrainingSealKeys(folder / "seals", seals, clock.now)
