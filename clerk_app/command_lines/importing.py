"""导入 a dead machine's unsent work at another window: the recovery key by two halves, then two persons the centre knows."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clerk_app.command_lines.asking import ask, ask_halves, ask_secret, say
from clerk_app.command_lines.attachments import Source, blobs_beside, send_attachments, sources_of
from clerk_app.command_lines.desk_file import check_centre, file_named
from clerk_app.command_lines.desk_keys import DeskKeys
from clerk_app.command_lines.exporting import joined, newest, only_machine, read_bytes
from clerk_app.command_lines.opened_store import opened_store
from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.outside.blobs import HttpBlobs
from clerk_app.outside.copied_blobs import BLOBS
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.line import HttpLine
from clerk_app.outside.recovered import HttpRecovery
from clerk_app.outside.recovery import RecoveryProblem, open_recovery_key
from clerk_app.outside.second_copy import copies_in
from clerk_app.outside.unsent_file import UnsentFile, read_document
from clerk_app.ports import CentreAway, CentreProblem, Verdict
from clerk_app.ports.copies import Unsent
from clerk_app.ports.recovery import FileSeal, RecoveryCentre, Signatory
from clerk_app.sync.rounds import BATCH, BATCH_BYTES
from clerk_app.sync.verdicts import undecided


@dataclass
class Machine:
    """死了的机器 what was found of one: its files, and where its attachments may lie."""

    device: str
    files: list[UnsentFile] = field(default_factory=list)
    places: list[Path] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def bring_in(namespace: argparse.Namespace) -> Answer:
    """Shown first, then asked for; exit 1 while anything has still not come in."""
    folder: Path = namespace.data_dir
    check_centre(namespace.centre)
    keys = DeskKeys(folder)
    with opened_store(folder, keys) as store:
        device, hall, training = store.meta("device") or "", store.meta("hall") or "", store.training
    device_key = SigningKey(keys.secret("device-key"))
    found = _opened(namespace.files, namespace.device, namespace.key)
    for machine in found:
        for file in machine.files:
            _same_hall(file, hall, training=training)
        say(summary(machine))
    people = _signatory("第一个人"), _signatory("第二个人")
    ca = file_named(folder, "ca")
    trust = str(ca) if ca else True
    with closing(HttpLine(namespace.centre, lambda: device, device_key.sign, trust)) as line:
        machines = [_send(HttpRecovery(line), machine, people) for machine in found]
        for answer, machine in zip(machines, found, strict=True):
            answer["attachments"] = send_attachments(HttpBlobs(line), machine.sources)
    waits = any(one["not_in"] or one["attachments"]["unreadable"] for one in machines)
    return {"machines": machines}, 1 if waits else 0


def _opened(names: Sequence[Path], device: str, key: Path) -> list[Machine]:
    machines: dict[str, Machine] = {}
    sealed: list[tuple[Path, bytes]] = []
    for name in names:
        if name.is_dir():
            root, left = _left_in(name, device)
            machines.setdefault(left, Machine(left)).places.append(root)
            sealed += [(file, read_bytes(file)) for file in copies_in(root).get(left, ())]
        else:
            sealed.append((name, read_bytes(name)))
    recovery = open_recovery_key(read_bytes(key), ask_halves())
    for name, data in sealed:
        try:
            file = read_document(recovery.open(data))
        except RecoveryProblem as problem:
            raise UnreadableError(f"{name}：{problem}") from None
        machine = machines.setdefault(file.device, Machine(file.device))
        machine.files.append(file)
        machine.places += [blobs_beside(name), name.parent]
    for machine in machines.values():
        machine.sources += sources_of(dict.fromkeys(machine.places), machine.device, recovery)
    return list(machines.values())


def _left_in(folder: Path, device: str) -> tuple[Path, str]:
    """A second copy's folder and the machine meant; the machine's own folder in it says which by its name."""
    if (folder / BLOBS).is_dir():
        return folder.resolve().parent, folder.resolve().name
    try:
        return folder, only_machine(folder, device)
    except OSError:
        raise UnreadableError(f"“{folder}”打不开，什么都没做。看看路径对不对、能不能读。") from None


def _same_hall(file: UnsentFile, hall: str, *, training: bool) -> None:
    if file.hall != hall:
        raise UnreadableError(f"这是大厅 {file.hall} 的文件，本机是 {hall} 的，没有导入。拿到那个大厅去导。")
    if file.training != training:
        raise UnreadableError("练习的和真办的不能混，没有导入。换对的 --data-dir 再来。")


def summary(machine: Machine) -> str:
    """How much, of which window, from when to when; no personal data."""
    bodies = [json.loads(row.sent.envelope)["body"] for row in joined(machine.files)]
    windows = "、".join(f"{number}号" for number in sorted({body["window"] for body in bodies})) or "没有"
    times = sorted(body["at"] for body in bodies)
    span = f"，{times[0][:16]} 到 {times[-1][:16]}".replace("T", " ") if times else ""
    people = newest(machine.files).people if machine.files else ()
    by = f"，由 {'、'.join(people)} 取出" if people else ""
    attachments = len({digest for source in machine.sources for digest in source.files})
    more = f"，附件 {attachments} 份" if attachments else ""
    return f"{windows}窗口：{len(bodies)} 步{span}{more}{by}（设备 {machine.device}）。"


def _signatory(who: str) -> Signatory:
    return Signatory(ask(f"{who}的工号或姓名"), ask_secret(f"{who}的登录密码"))


def _send(centre: RecoveryCentre, machine: Machine, people: tuple[Signatory, Signatory]) -> dict[str, Any]:
    device, rows = machine.device, joined(machine.files)
    seals = [FileSeal(file.digest, file.signature) for file in machine.files if file.signature]
    verdicts: list[Verdict] = []
    try:
        admission = centre.admit(device, *people, seals)
        for batch in batches(rows):
            verdicts += centre.bring_in(device, admission.recovery, [row.sent for row in batch])
    except CentreAway:
        raise UnreadableError(
            f"线路断了，已导入 {len(verdicts)} 步，都在中心；文件没有动。线路好了再导一次，不会重复。"
        ) from None
    except CentreProblem as problem:
        raise UnreadableError(f"{problem.sentence}（已导入 {len(verdicts)} 步，文件没有动）") from None
    shown = ("id", "state", "type", "sentence")
    done = ("applied", "duplicate")
    return {
        "device": device,
        "commands": len(rows),
        "people": list(admission.people),
        "signed_files": admission.proven,
        "states": dict(Counter(verdict.state for verdict in verdicts)),
        "not_in": sum(verdict.state in undecided for verdict in verdicts),
        "to_settle": [{name: getattr(v, name) for name in shown} for v in verdicts if v.state not in done],
    }


def batches(rows: Sequence[Unsent]) -> Iterator[list[Unsent]]:
    """At most so many and so large, in the order of the chain."""
    batch: list[Unsent] = []
    size = 0
    for row in rows:
        size += len(row.sent.envelope)
        if batch and (len(batch) == BATCH or size > BATCH_BYTES):
            yield batch
            batch, size = [], len(row.sent.envelope)
        batch.append(row)
    if batch:
        yield batch
