"""喂送线 from the inside to the citizen process: one signed body out, one answer in; TLS verified, no redirect followed."""

from __future__ import annotations

import re

import requests

CONNECT, READ = 3.0, 10.0
_LONGEST_ANSWER = 1 << 14
_address = re.compile(r"https://\S+|http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(/\S*)?")


class CitizenAwayError(Exception):
    """查询页够不着 nobody answered, or not the one we know."""


def is_safe_address(url: str) -> bool:
    """https, or this very machine: the answers are believed."""
    return _address.fullmatch(url) is not None


class CitizenLine:
    """喂送线 one citizen process by its address; `verify` is True or a file of trusted certificates."""

    def __init__(self, url: str, key: bytes, verify: bool | str = True) -> None:
        self.key = key
        self._url = url.rstrip("/")
        self._verify = verify
        self._session = requests.Session()
        self._session.trust_env = False

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body; raises `CitizenAwayError`."""
        try:
            with self._session.post(
                self._url + path,
                data=body,
                headers={"Content-Type": "application/json", **headers},
                timeout=(CONNECT, READ),
                allow_redirects=False,
                verify=self._verify,
                stream=True,
            ) as answer:
                return answer.status_code, answer.raw.read(_LONGEST_ANSWER, decode_content=True)
        except (OSError, requests.RequestException) as error:
            raise CitizenAwayError(type(error).__name__) from error

    def close(self) -> None:
        """Close the connections."""
        self._session.close()
