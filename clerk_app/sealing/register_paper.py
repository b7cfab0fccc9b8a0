"""用印登记簿成页 the printed book: what is said in forty columns, gathered in ten that fit a page lying on its side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clerk_app.sealing.register_lines import RegisterLine
from clerk_app.sealing.register_words import ARRIVED

_HASH = 16


@dataclass(frozen=True, kw_only=True)
class RegisterPaper:
    """登记簿页 a wide table: its head on every page; a cell's lines are apart by line breaks, `widths` are shares."""

    title: str
    subtitle: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    notes: tuple[str, ...]
    day: date
    training: bool = False


_columns: tuple[tuple[str, int], ...] = (
    ("序号 时间 时钟", 30), ("印章 证书", 36), ("事项 办件 申请人", 34), ("文书 文号 份数", 32), ("摘要（SHA-256）", 34),
    ("用印人 保管人", 20), ("批准人 凭什么", 32), ("窗口 电脑", 18), ("结果 为什么", 33), ("送达 作废 空白", 30),
)  # fmt: skip


def register_paper(
    lines: Iterable[RegisterLine], title: str, subtitle: str, day: date, *, training: bool
) -> RegisterPaper:
    """All lines, in their order."""
    lines = tuple(lines)
    rows, untold = tuple(_row(line) for line in lines), sum(not line.arrived.startswith(ARRIVED) for line in lines)
    late = (f"其中 {untold} 条中心还没有确认；别的窗口断着线时记的，到齐以后序号可能往后排。",) if untold else ()
    return RegisterPaper(
        title=title,
        subtitle=subtitle,
        head=tuple(head for head, _ in _columns),
        rows=rows,
        widths=tuple(width for _, width in _columns),
        notes=(
            f"共 {len(rows)} 条。申请人、领取人只写掩去一部分的姓名；一栏里没有的，就是没有。",
            *late,
            "登记只增不改：错了的另记一条。完整的栏目在同一份登记簿的表格（CSV）里。",
        ),
        day=day,
        training=training,
    )


def _row(line: RegisterLine) -> tuple[str, ...]:
    version = f"证书第 {line.version} 版" if line.version else ""
    place = "，".join(part for part in (f"盖在第 {line.page} 页" if line.page else "", line.seam) if part)
    size = "，".join(
        part for part in (f"{line.copies} 份" if line.copies else "", f"{line.pages} 页" if line.pages else "") if part
    )
    return (
        _cell(
            line.number,
            line.sort,
            line.moment,
            line.clock,
            f"{line.entered} 补登" if line.entered else "",
            line.arrived,
        ),
        _cell(line.seal_name + line.seal_number, line.seal, version, line.certificate),
        _cell(line.item_name, line.item, line.case_no, line.applicant),
        _cell(line.title, line.document_no, size, place),
        _cell(_digests(line)),
        _cell(line.user, f"保管 {line.keeper}" if line.keeper else "", f"另一人 {line.second}" if line.second else ""),
        _cell(line.approver, line.power, line.how, f"授权 {line.grant}" if line.grant else ""),
        _cell(line.window, line.device),
        _cell(line.result, line.why, f"登记编号 {line.entry}"),
        _cell(*_end(line)),
    )


def _digests(line: RegisterLine) -> str:
    same = line.digest_before == line.digest_after
    before = (
        f"用印前{'后相同' if same and line.digest_after else ''}\n{_broken(line.digest_before)}"
        if line.digest_before
        else ""
    )
    after = f"用印后\n{_broken(line.digest_after)}" if line.digest_after and not same else ""
    return _cell(before, after)


def _broken(digest: str) -> str:
    return "\n".join(digest[start : start + _HASH] for start in range(0, len(digest), _HASH))


def _end(line: RegisterLine) -> tuple[str, ...]:
    return (
        f"{line.receiver}领取" if line.receiver else "",
        line.handed,
        f"作废：{line.voided}" if line.voided else "",
        f"空白证号 {line.blank}" if line.blank else "",
        f"作废的空白 {line.spoiled}" if line.spoiled else "",
    )


def _cell(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
