"""登记表的数据 `form-extract FILE --department X`, `form-schema`, `form-fields`: what other systems take of the one form."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_app.command_lines.check_form import bytes_of
from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.registration.credit_codes import credit_code_fault
from clerk_app.registration.document import put
from clerk_app.registration.extracts import DEPARTMENTS, extract
from clerk_app.registration.field_list import comma_separated, field_rows, markdown
from clerk_app.registration.reading import Unreadable, read_application
from clerk_app.registration.reading_values import narrow
from clerk_app.registration.schema import json_schema
from clerk_app.registration.types import USCC


def extract_arguments(parser: argparse.ArgumentParser) -> None:
    """The application, and who gets it."""
    parser.add_argument("file", metavar="FILE", type=Path, help="企业登记申请（JSON）")
    parser.add_argument("--department", required=True, metavar="部门", help="|".join(DEPARTMENTS))
    parser.add_argument("--uscc", metavar="CODE", help="发照后的统一社会信用代码；设立的申请里还没有")


def form_extract(namespace: argparse.Namespace) -> Answer:
    """That department's fields and no others."""
    from clerk_app.office.registration.reference import company_form

    department = namespace.department.strip()
    if department not in DEPARTMENTS:
        raise UnreadableError(f"没有“{department}”这个部门，没有取。--department 后面写{'、'.join(DEPARTMENTS)}。")
    form = company_form()
    read = read_application(bytes_of(namespace.file), form)
    if isinstance(read, Unreadable):
        raise UnreadableError(f"“{namespace.file}”：{read.message}")
    part = extract(form, read.document, department)
    return (part if namespace.uscc is None else put(part, USCC, _code(namespace.uscc))), 0


def _code(typed: str) -> str:
    """As it is on the licence."""
    code = narrow(typed).upper()
    if fault := credit_code_fault(code):
        raise UnreadableError(f"“{typed}”不是统一社会信用代码：{fault}，没有取。对着执照再看一遍。")
    return code


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def form_schema(namespace: argparse.Namespace) -> Answer:
    """The JSON Schema of the version in force."""
    from clerk_app.office.registration.reference import company_form

    return json_schema(company_form()), 0


def fields_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write it as a table."""
    parser.add_argument("--to", metavar="FILE", type=Path, help="另存成表格：.md 或 .csv")


def form_fields(namespace: argparse.Namespace) -> Answer:
    """Every field as JSON; or how many were written as a table, and where."""
    from clerk_app.office.registration.reference import company_form

    form, file = company_form(), namespace.to
    if file is None:
        return field_rows(form), 0
    makers = {".md": markdown, ".csv": comma_separated}
    if file.suffix.lower() not in makers:
        raise UnreadableError(f"“{file}”不是 .md 或 .csv，没有写。换一个文件名再来。")
    try:
        file.write_bytes(makers[file.suffix.lower()](form).encode())
    except OSError:
        raise UnreadableError(f"“{file}”写不进去，没有写。看看文件夹在不在、能不能写。") from None
    return {"file": str(file), "fields": len(form.fields)}, 0
