"""体检 a desk's looks, the same whether its program runs or not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from clerk_app.office.doctor import machine
from clerk_app.outside.log_file import last_lines
from clerk_app.outside.whole_file import write_whole
from clerk_app.ports.doctor import Check, Finding
from clerk_app.probing.books import StoreProbe
from clerk_app.probing.machine import look_at_folder, look_at_keyring, look_at_log, look_at_program, look_at_update
from clerk_app.probing.outward import CentreProbe, look_at_a4, look_at_scanner, look_at_seals, look_at_second_copy
from clerk_app.probing.place import Place

CHAIN_SECONDS = 20.0
"""A long journal takes its time."""


class DeskDoctor:
    """体检 what `ports.doctor.Doctor` asks for."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def checks(self) -> tuple[Check, ...]:
        """Machine, data, outside."""
        place, store, centre = self._place, StoreProbe(self._place), CentreProbe(self._place.settings)
        return (
            Check("程序", look_at_program),
            Check("更新", partial(look_at_update, place.updates)),
            Check("数据夹", partial(look_at_folder, place.folder)),
            Check("设置文件", self._desk_file),
            Check("密钥环", partial(look_at_keyring, place.folder)),
            Check("数据文件", store.store),
            Check("库的版本", store.schema),
            Check("流水", store.chain, CHAIN_SECONDS),
            Check("入列", store.enrolment),
            Check("号段", store.numbers),
            Check("大厅资料", store.hall),
            Check("中心", centre.line),
            Check("中心的证书", centre.certificate),
            Check("时钟", centre.clock),
            Check("第二份", partial(look_at_second_copy, place)),
            Check("A4 打印机", look_at_a4),
            Check("扫描仪", look_at_scanner),
            Check("印章钥匙", partial(look_at_seals, place)),
            Check("日志", partial(look_at_log, place.folder)),
        )

    def log_lines(self, most: int) -> tuple[str, ...]:
        """日志."""
        return last_lines(self._place.folder, most)

    def save(self, file: Path, lines: Sequence[str]) -> None:
        """存成文件, as Windows' notepad reads it too."""
        write_whole(file, "\r\n".join((*lines, "")).encode("utf-8-sig"))

    def _desk_file(self) -> Finding:
        settings, folder = self._place.settings, str(self._place.folder)
        trouble = self._place.trouble.replace(folder, "数据夹")
        return machine.desk_file(trouble, settings.window if settings else None)
