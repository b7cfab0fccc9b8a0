"""核对导出 `audit verify FILE [--key PUBLIC]`: whether an exported audit is as the machine signed it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.outside.audit_file import check, signature_file


def audit_arguments(parser: argparse.ArgumentParser) -> None:
    """The file; its signature lies beside it."""
    parser.add_argument("what", metavar="verify", choices=["verify"], help="核对")
    parser.add_argument("file", metavar="FILE", type=Path, help="导出的表（CSV）；签名文件在它旁边")
    parser.add_argument("--signature", metavar="FILE", type=Path, help="签名文件，不在旁边时写明")
    parser.add_argument("--key", metavar="BASE64", default="", help="那台电脑的公钥；写了就必须是它签的")


def audit(namespace: argparse.Namespace) -> Answer:
    """Exit 0 only when content and signature are true, and the key is the expected one if one was named."""
    file: Path = namespace.file
    data, signed = _read(file), _read(namespace.signature or signature_file(file))
    try:
        found = check(data, signed, namespace.key)
    except ValueError:
        raise UnreadableError("签名文件读不懂，没有核对。看看是不是这张表的签名文件。") from None
    return asdict(found), 0 if found.good else 1


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise UnreadableError(f"“{file}”打不开，没有核对。看看路径对不对、能不能读。") from None
