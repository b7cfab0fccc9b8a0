"""查企业登记申请 `check-form FILE`: every point of one application at once, as a JSON array; 0 nothing blocks, 1 something does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.registration.document import get
from clerk_app.registration.findings import RegisteredName, errors_of
from clerk_app.registration.reading import LARGEST, ReadApplication, Unreadable, read_application, read_json
from clerk_app.registration.reading_values import day_of, narrow

LARGEST_REGISTER = 64 * 1024 * 1024
"""Bytes: a prefecture's names."""


def check_form_arguments(parser: argparse.ArgumentParser) -> None:
    """The application, the day, and the names already registered."""
    parser.add_argument("file", metavar="FILE", type=Path, help="企业登记申请（JSON）")
    parser.add_argument("--as-of", metavar="DATE", help="以哪一天为准，如 2026-06-15；不写就用文件里的申请日期")
    parser.add_argument("--registered-names", metavar="FILE", type=Path, help="已登记的名称（JSON），不写就不比对名称")
    parser.add_argument(
        "--region", metavar="CODE", default="", help="大厅的区划代码；练习大厅写 429900，认它虚构的区划"
    )


def check_form(namespace: argparse.Namespace) -> Answer:
    """Exit 0 when no error is found, 1 otherwise; warnings and infos do not block."""
    # The reference data takes a while to read; other command lines need none of it.
    from clerk_app.office.registration.checking import check_form as checked
    from clerk_app.office.registration.reference import company_form

    asked = _asked_day(namespace.as_of)
    read = read_application(bytes_of(namespace.file), company_form())
    if isinstance(read, Unreadable):
        raise UnreadableError(f"“{namespace.file}”：{read.message}")
    registered = _registered(namespace.registered_names) if namespace.registered_names is not None else None
    for sentence in read.told:
        sys.stderr.write(f"{sentence}\n")
    found = checked(read.document, asked or _day_of(read), registered, region=namespace.region)
    return [asdict(one) for one in found], 1 if errors_of(found) else 0


def _asked_day(text: str | None) -> date | None:
    day = day_of(narrow(text)) if text is not None else None
    if text is not None and day is None:
        raise UnreadableError(f"“{text}”不是一个日子，--as-of 后面写 2026-06-15 这样。")
    return day


def _day_of(read: ReadApplication) -> date:
    """The wrapper's day, else the day of the application, else today."""
    filed = day_of(get(read.document, "/application/applied_on"))
    return read.as_of or filed or datetime.now().astimezone().date()


def bytes_of(file: Path, largest: int = LARGEST) -> bytes:
    """A file that is too long is not read at all."""
    try:
        if not file.is_file():
            raise UnreadableError(f"“{file}”不是一个文件，没有查。看看路径对不对。")
        size = file.stat().st_size
        if size > largest:
            limit = largest // 1024 // 1024
            raise UnreadableError(f"“{file}”有 {size / 1024 / 1024:.1f} MB，最多读 {limit} MB，没有查。")
        return file.read_bytes()
    except (OSError, ValueError):
        raise UnreadableError(f"“{file}”打不开，没有查。看看路径对不对、能不能读。") from None


def _registered(file: Path) -> Sequence[RegisteredName]:
    rows = read_json(bytes_of(file, LARGEST_REGISTER), LARGEST_REGISTER)
    if isinstance(rows, Unreadable):
        raise UnreadableError(f"“{file}”：{rows.message}")
    names = [_name(row) for row in rows] if isinstance(rows, list) else [None]
    if None in names:
        raise UnreadableError(
            f"“{file}”不是已登记名称的表，没有查。要一列 name、trade_name、industry_term、authority_code。"
        )
    return [one for one in names if one is not None]


def _name(row: Any) -> RegisteredName | None:
    keys = ("name", "trade_name", "industry_term", "authority_code")
    if not isinstance(row, Mapping) or not all(isinstance(row.get(key), str | int) for key in keys):
        return None
    name, trade_name, industry_term, authority_code = (str(row[key]) for key in keys)
    return RegisteredName(name=name, trade_name=trade_name, industry_term=industry_term, authority_code=authority_code)
