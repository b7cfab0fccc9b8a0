"""软令牌 tokens of SoftHSM in a folder of their own, filled the way an issuer fills them: the key is made inside."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from pkcs11 import Attribute, KeyType, ObjectClass
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key

SO_PIN = "87654321"
PLACES = (
    "/usr/lib/softhsm",
    "/usr/lib/*/softhsm",
    "/usr/lib64/softhsm",
    "/usr/local/lib/softhsm",
    "/opt/*/lib/softhsm",
)
_FLAGS = (0x8000534B).to_bytes(8) + (2).to_bytes(8)
_LOCKED = 0x00040000


def module_file() -> Path | None:
    """Where Debian, Fedora and Homebrew keep it."""
    found = (file for place in PLACES for file in Path("/").glob(f"{place[1:]}/libsofthsm2.so"))
    return next(found, None)


class SoftHsm:
    """软令牌 a cabinet of tokens; `SOFTHSM2_CONF` points at it while it is in use."""

    def __init__(self, folder: Path, program: str, module: Path) -> None:
        self.folder, self.module, self._program = folder / "tokens", module, program
        self.folder.mkdir()
        self._conf = folder / "softhsm2.conf"
        self._conf.write_text(f"directories.tokendir = {self.folder}\nlog.level = ERROR\n", "utf-8")

    @contextmanager
    def in_use(self) -> Iterator[SoftHsm]:
        before = os.environ.get("SOFTHSM2_CONF")
        os.environ["SOFTHSM2_CONF"] = str(self._conf)
        self.begin_anew()
        try:
            yield self
        finally:
            self.begin_anew()
            del os.environ["SOFTHSM2_CONF"]
            if before is not None:
                os.environ["SOFTHSM2_CONF"] = before

    def begin_anew(self) -> None:
        """The library reads its folder when it begins; the next asking begins it."""
        pkcs11.lib(str(self.module)).finalize()

    def make(self, label: str, pin: str) -> Path:
        """A token; answers its own folder."""
        before = set(self.folder.iterdir())
        words = ["--init-token", "--free", "--label", label, "--so-pin", SO_PIN, "--pin", pin]
        subprocess.run([self._program, *words], check=True, capture_output=True, timeout=60)
        self.begin_anew()
        (own,) = set(self.folder.iterdir()) - before
        return own

    def new_key(self, label: str, pin: str, kind: str, mark: bytes = b"\1", **template: bool) -> Any:
        """Made inside; answers the public half."""
        with self._session(label, pin) as session:
            more = {getattr(Attribute, name.upper()): value for name, value in template.items()}
            if kind == "rsa":
                public, _ = session.generate_keypair(KeyType.RSA, 2048, store=True, id=mark, private_template=more)
                return load_der_public_key(encode_rsa_public_key(public))
            curve = {Attribute.EC_PARAMS: encode_named_curve_parameters(kind)}
            parameters = session.create_domain_parameters(KeyType.EC, curve, local=True)
            public, _ = parameters.generate_keypair(store=True, id=mark, private_template=more)
            return load_der_public_key(encode_ec_public_key(public))

    def put(self, label: str, pin: str, certificate: x509.Certificate, mark: bytes = b"\1") -> None:
        """As an issuer does: readable without a PIN."""
        with self._session(label, pin) as session:
            session.create_object({
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.PRIVATE: False,
                Attribute.ID: mark,
                Attribute.SUBJECT: certificate.subject.public_bytes(),
                Attribute.VALUE: certificate.public_bytes(Encoding.DER),
            })  # fmt: skip

    @contextmanager
    def _session(self, label: str, pin: str) -> Iterator[Any]:
        with pkcs11.lib(str(self.module)).get_token(token_label=label).open(rw=True, user_pin=pin) as session:
            yield session
        self.begin_anew()


def lock(token: Path) -> None:
    """As if too many wrong PINs had been tried; SoftHSM itself never locks. Its file keeps the flags as eight bytes."""
    file = token / "token.object"
    data = file.read_bytes()
    found = re.search(re.escape(_FLAGS) + rb"(.{8})", data, re.DOTALL)
    assert found is not None
    flags = (int.from_bytes(found[1]) | _LOCKED).to_bytes(8)
    file.write_bytes(data[: found.start(1)] + flags + data[found.end(1) :])
