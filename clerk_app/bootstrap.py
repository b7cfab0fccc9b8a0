"""接线 open_office(): builds the office without a screen from its real parts; main.py and tests hand in what is theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from clerk_app.hall import Hall
from clerk_app.office.office import Office, Parts
from clerk_app.office.register import build_register
from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.clock import CentreClock
from clerk_app.outside.ids import new_id, new_query_code
from clerk_app.outside.keys import PasswordLocksmith, SigningKey
from clerk_app.outside.secrets import secret_of
from clerk_app.ports import CannotOpen, Centre, HallClock, SecretBox, SlipMaker
from clerk_app.ports.seal import SealKeys
from clerk_app.settings import Settings
from clerk_app.store.vault import LocalVault


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
    clock = clock or CentreClock()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if settings.store_file.exists() and box.get("store-key") is None:
        raise CannotOpen("这台机器上有数据，但密钥环里没有它的钥匙，没有打开，数据没有动。找管理员用恢复证书开。")
    key, device_key = secret_of(box, "store-key")[0], SigningKey(secret_of(box, "device-key")[0])
    vault = LocalVault(settings.store_file, key, clock)
    vault.spool.recover()
    centre = HttpCentre(settings.centre, lambda: vault.keep.meta("device") or "", device_key.sign)
    try:
        _meet(settings, vault, centre, device_key.public, code)
        office = Office(_parts(settings, vault, centre, clock, handed))
        if handed.seal_keys is not None:
            office.parts = replace(office.parts, seal_keys=handed.seal_keys(office.hall, clock))
        yield office
    finally:
        centre.close()
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
    if vault.keep.meta("hall_version") is None:
        hello = centre.hello()
        document = centre.hall_document(hello.hall_version)
        vault.keep.put_meta("hall", document["hall"]["id"])
        vault.keep.put_hall_document(hello.hall_version, document)


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
    )
