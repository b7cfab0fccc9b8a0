"""资料里的恢复证书 the one line of a hall file that is a certificate: read as the desk will read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clerk_app.outside.hall_shape import Place, Problem, key_of
from clerk_app.outside.recovery import RecoveryProblem, read_certificate


@dataclass(frozen=True)
class RecoveryCertificate:
    """恢复证书 an RSA certificate in PEM text."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        """One sentence."""
        try:
            read_certificate(value.encode() if isinstance(value, str) else b"")
        except RecoveryProblem as problem:
            yield place, f"{key_of(place)} 不对：{problem}"
