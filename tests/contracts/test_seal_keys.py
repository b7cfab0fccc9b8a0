"""印章钥匙 in PKCS#12 files and in SoftHSM's tokens (EC and RSA): the contract, and what only tokens do."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pkcs11
import pytest
from cryptography import x509

from clerk_app.outside.seal_keys import SealRing, TrainingSeal, TrainingSealKeys
from clerk_app.outside.seal_tokens import TokenSealKeys
from clerk_app.outside.token_trouble import sentence_of
from clerk_app.ports.seal import SealKeyAway, SealKeyTrouble
from clerk_app.settings import SealTokens
from tests.contracts.seal_key_contract import NOW, KeyDesk, SealKeyContract, verify
from tests.contracts.sealed_judges import NeedProgram
from tests.contracts.softhsm import SoftHsm, lock, module_file
from tests.sealing.authority import Authority
from tests.sealing.conftest import sealed
from tests.sealing.papers import FACE

__all__ = ["sealed"]
PIN = "135790"


class TestFiles(SealKeyContract):
    """PKCS#12, training."""

    @pytest.fixture(scope="class")
    @classmethod
    def desk(cls, tmp_path_factory: pytest.TempPathFactory) -> KeyDesk:
        pins = {"P201": PIN, "P202": "246801"}
        keys = TrainingSealKeys(tmp_path_factory.mktemp("files"), {"S-SJJ": TrainingSeal(FACE.name, pins)}, lambda: NOW)
        return KeyDesk(keys, "S-SJJ", "P201", PIN, tuple(x509.load_pem_x509_certificates(keys.roots())), FACE.name)


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory, need_program: NeedProgram) -> Iterator[SoftHsm]:
    program, module = need_program("softhsm2-util", "softhsm2"), module_file()
    assert module is not None
    with SoftHsm(tmp_path_factory.mktemp("hsm"), program, module).in_use() as cabinet:
        yield cabinet


@pytest.fixture(scope="module")
def root() -> Authority:
    return Authority(NOW)


def desk_of(hsm: SoftHsm, folder: Path, root: Authority, **tokens: str) -> TokenSealKeys:
    """A desk whose file names these tokens."""
    roots = folder / "roots.pem"
    roots.write_bytes(root.pem)
    named = {seal.replace("_", "-"): label for seal, label in tokens.items()}
    return TokenSealKeys(SealTokens(module=hsm.module, tokens=named, roots=roots))


def filled(hsm: SoftHsm, label: str, kind: str, issuer: Authority, pin: str = PIN) -> Path:
    """A token as it comes from its issuer: a key made inside, its certificate, and those between it and the root."""
    token = hsm.make(label, pin)
    public = hsm.new_key(label, pin, kind)
    hsm.put(label, pin, issuer.certify(FACE.name, public, NOW, "digital_signature", "content_commitment"))
    for number, above in enumerate(issuer.chain[:-1]):
        hsm.put(label, pin, above, b"issuer%d" % number)
    return token


class TestEllipticTokens(SealKeyContract):
    """SoftHSM, P-256."""

    @pytest.fixture(scope="class")
    @classmethod
    def desk(cls, hsm: SoftHsm, root: Authority, tmp_path_factory: pytest.TempPathFactory) -> KeyDesk:
        filled(hsm, "市场监管3号章", "secp256r1", root)
        keys = desk_of(hsm, tmp_path_factory.mktemp("ec"), root, S_SJJ="市场监管3号章")
        return KeyDesk(SealRing(keys), "S-SJJ", "P201", PIN, (root.root,), FACE.name)


class TestRsaTokens(SealKeyContract):
    """SoftHSM, RSA-2048, its certificate issued by a second step below the root."""

    @pytest.fixture(scope="class")
    @classmethod
    def desk(cls, hsm: SoftHsm, root: Authority, tmp_path_factory: pytest.TempPathFactory) -> KeyDesk:
        between = Authority(NOW, "测试二级", root)
        filled(hsm, "rsa", "rsa", between)
        keys = desk_of(hsm, tmp_path_factory.mktemp("rsa"), root, S_SJJ="rsa")
        return KeyDesk(keys, "S-SJJ", "P201", PIN, (between.root, root.root), FACE.name)


class TestTokens:
    """What only a token does."""

    @pytest.fixture
    def label(self, request: pytest.FixtureRequest) -> str:
        return f"t{abs(hash(request.node.nodeid)) % 10**9}"

    @pytest.fixture
    def token(self, hsm: SoftHsm, label: str, root: Authority) -> Path:
        return filled(hsm, label, "secp256r1", root)

    @pytest.fixture
    def keys(self, hsm: SoftHsm, label: str, root: Authority, tmp_path: Path) -> TokenSealKeys:
        return desk_of(hsm, tmp_path, root, A=label)

    def trouble(self, keys: TokenSealKeys, said: str, pin: str = PIN) -> None:
        with pytest.raises(SealKeyTrouble, match=said) as caught:
            keys.open("A", "P201", pin)
        assert "办件没有变化" in str(caught.value)
        assert pin not in str(caught.value)

    def test_a_locked_one_is_no_wrong_pin(self, hsm: SoftHsm, token: Path, keys: TokenSealKeys) -> None:
        lock(token)
        hsm.begin_anew()
        self.trouble(keys, "锁住了")
        self.trouble(keys, "锁住了", "000000")
        assert keys.card("A") is not None, "its card can still be read"

    def test_one_that_is_pulled_out_and_put_back(self, token: Path, keys: TokenSealKeys, tmp_path: Path) -> None:
        keys.card("A")
        token.rename(tmp_path / "pocket")
        self.trouble(keys, "没有插好")
        assert keys.card("A") is None
        (tmp_path / "pocket").rename(token)
        key = keys.open("A", "P201", PIN)
        assert key is not None
        key.close()

    def test_one_pulled_out_while_it_is_open(self, token: Path, keys: TokenSealKeys, tmp_path: Path) -> None:
        key = keys.open("A", "P201", PIN)
        assert key is not None
        token.rename(tmp_path / "pocket")
        with pytest.raises(SealKeyTrouble, match=r"没有插好|没有答好"):
            key.sign(b"seal")
        key.close()
        (tmp_path / "pocket").rename(token)
        again = keys.open("A", "P201", PIN)
        assert again is not None
        verify(again, b"seal", again.sign(b"seal"))
        again.close()

    def test_a_driver_that_fails_is_no_wrong_pin(
        self, hsm: SoftHsm, token: Path, keys: TokenSealKeys, tmp_path: Path
    ) -> None:
        keys.card("A")
        hsm.folder.rename(tmp_path / "away")
        self.trouble(keys, "不是 PIN 的事")
        (tmp_path / "away").rename(hsm.folder)
        assert keys.card("A") is not None

    @pytest.mark.usefixtures("token")
    def test_one_opening_at_a_time_for_a_login_is_shared(self, keys: TokenSealKeys) -> None:
        key = keys.open("A", "P201", PIN)
        assert key is not None
        self.trouble(keys, "正在用", "000000")
        self.trouble(keys, "正在用")
        verify(key, b"seal", key.sign(b"seal"))
        key.close()
        assert keys.open("A", "P201", "000000") is None

    @pytest.mark.usefixtures("token")
    def test_a_key_nobody_holds_any_more_is_logged_out(self, keys: TokenSealKeys) -> None:
        key = keys.open("A", "P201", PIN)
        assert key is not None
        del key
        gc.collect()
        assert keys.open("A", "P201", "000000") is None, "the PIN is asked again"

    @pytest.mark.usefixtures("token")
    def test_the_pin_is_kept_nowhere(self, keys: TokenSealKeys) -> None:
        key = keys.open("A", "P201", PIN)
        assert key is not None
        seen: set[int] = set()
        held, texts = [keys, key], []
        while held:
            one = held.pop()
            if id(one) in seen or isinstance(one, type):
                continue
            seen.add(id(one))
            texts += [str(one)] * isinstance(one, str | bytes)
            held += (
                vars(one).values() if hasattr(one, "__dict__") and type(one).__module__.startswith("clerk_app") else []
            )
            held += [*one.values()] if isinstance(one, dict) else [*one] if isinstance(one, list | tuple) else []
        assert len(seen) > 10
        assert not [text for text in texts if PIN in text]
        key.close()

    def test_the_seal_of_one_token_is_not_opened_by_the_pin_of_another(
        self, hsm: SoftHsm, root: Authority, tmp_path: Path
    ) -> None:
        filled(hsm, "left", "secp256r1", root, "111111")
        filled(hsm, "right", "secp256r1", root, "222222")
        keys = desk_of(hsm, tmp_path, root, L="left", R="right")
        assert keys.open("L", "P201", "222222") is None
        left, right = keys.open("L", "P201", "111111"), keys.open("R", "P201", "222222")
        assert left is not None
        assert right is not None
        assert left.card.serial != right.card.serial
        for key in (left, right):
            verify(key, b"seal", key.sign(b"seal"))
            key.close()

    @pytest.mark.usefixtures("token")
    def test_cards_are_asked_for_while_it_signs(self, keys: TokenSealKeys) -> None:
        """The morning's list looks at the seals while a batch runs: the driver knows of no threads."""
        key = keys.open("A", "P201", PIN)
        assert key is not None
        with ThreadPoolExecutor(4) as pool:
            cards = [pool.submit(keys.card, "A") for _ in range(60)]
            signed = [pool.submit(key.sign, b"%d" % number) for number in range(60)]
        assert {one.result() for one in cards} == {key.card}
        for number, one in enumerate(signed):
            verify(key, b"%d" % number, one.result())
        key.close()

    def test_two_tokens_of_one_name_are_told(self, hsm: SoftHsm, keys: TokenSealKeys, label: str, root: Authority) -> None:  # fmt: skip
        filled(hsm, label, "secp256r1", root)
        hsm.make(label, PIN)
        self.trouble(keys, "2 个令牌")

    def test_the_newest_certificate_for_signing_is_the_seals(
        self, hsm: SoftHsm, token: Path, keys: TokenSealKeys, label: str, root: Authority
    ) -> None:
        """Chinese tokens carry one for enciphering too, and a renewed seal its old one."""
        older = Authority.certify(root, "旧章", hsm.new_key(label, PIN, "secp256r1", b"old"), NOW - timedelta(days=300))
        hsm.put(label, PIN, older, b"old")
        enciphers = hsm.new_key(label, PIN, "rsa", b"enc")
        hsm.put(label, PIN, root.certify("加密", enciphers, NOW + timedelta(hours=1), "key_encipherment"), b"enc")
        key = keys.open("A", "P201", PIN)
        assert key is not None
        assert keys.card("A") == key.card
        assert key.card.serial not in {f"{older.serial_number:x}"}
        assert key.algorithm == "ecdsa-p256-sha256"
        verify(key, b"seal", key.sign(b"seal"))
        key.close()

    def test_one_that_wants_its_pin_every_time_is_not_used(
        self, hsm: SoftHsm, keys: TokenSealKeys, label: str, root: Authority
    ) -> None:
        hsm.make(label, PIN)
        public = hsm.new_key(label, PIN, "secp256r1", always_authenticate=True)
        hsm.put(label, PIN, root.certify("章", public, NOW))
        self.trouble(keys, "签一次要输一次")
        self.trouble(keys, "签一次要输一次")

    @pytest.mark.parametrize("curve", ["secp384r1", "secp256k1"])
    def test_another_algorithm_is_told(
        self, hsm: SoftHsm, keys: TokenSealKeys, label: str, root: Authority, curve: str
    ) -> None:
        filled(hsm, label, curve, root)
        self.trouble(keys, "算法")

    def test_an_empty_one_and_one_without_its_key(
        self, hsm: SoftHsm, keys: TokenSealKeys, label: str, root: Authority
    ) -> None:
        hsm.make(label, PIN)
        self.trouble(keys, "没有这枚印章能用的钥匙")
        assert keys.card("A") is None
        hsm.put(label, PIN, root.certify("章", root.key.public_key(), NOW))
        assert keys.card("A") is not None
        self.trouble(keys, "没有这枚印章能用的钥匙")

    @pytest.mark.usefixtures("token")
    def test_a_namesake_of_the_issuer_is_not_the_issuer(self, hsm: SoftHsm, label: str, tmp_path: Path) -> None:
        card = desk_of(hsm, tmp_path, Authority(NOW), A=label).card("A")
        assert card is not None
        assert card.issuer == ""

    @pytest.mark.parametrize("module", ["/nowhere/driver.so", "{here}/text.so"])
    def test_a_driver_that_is_none(self, tmp_path: Path, module: str) -> None:
        (tmp_path / "text.so").write_text("no driver")
        keys = TokenSealKeys(SealTokens(module=Path(module.format(here=tmp_path)), tokens={"A": "x"}))
        self.trouble(keys, "驱动没有装好")
        assert keys.card("A") is None
        assert keys.roots() == b""

    def test_roots_that_cannot_be_read_are_told(self, hsm: SoftHsm, tmp_path: Path) -> None:
        keys = TokenSealKeys(SealTokens(module=hsm.module, tokens={"A": "x"}, roots=tmp_path / "none.pem"))
        with pytest.raises(SealKeyTrouble, match="根证书"):
            keys.roots()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("PinLocked", "锁住了"),
        ("PinExpired", "到期"),
        ("UserPinNotInitialized", "还没有设 PIN"),
        ("DeviceRemoved", "没有插好"),
        ("SessionHandleInvalid", "没有插好"),
        ("FunctionFailed", "不是 PIN 的事"),
        ("GeneralError", "不是 PIN 的事"),
        ("DeviceError", "不是 PIN 的事"),
    ],
)
def test_what_a_token_answers_is_one_sentence(error: str, said: str) -> None:
    sentence = sentence_of(getattr(pkcs11, error)())
    assert said in sentence
    assert "办件没有变化" in sentence


class TestRing:
    """The first that has the seal; practice never beside the real thing."""

    def files(self, folder: Path, seal: str) -> TrainingSealKeys:
        return TrainingSealKeys(folder, {seal: TrainingSeal("练习章", {"P201": PIN})}, lambda: NOW)

    def test_practice_keys_hang_alone(self, tmp_path: Path) -> None:
        files = self.files(tmp_path, "A")
        assert SealRing(files).open("A", "P201", PIN) is not None
        tokens = TokenSealKeys(SealTokens(module=tmp_path / "none.so", tokens={"A": "x"}))
        for sources in ((tokens, files), (files, tokens), (files, self.files(tmp_path / "b", "B"))):
            with pytest.raises(ValueError, match="练习印章"):
                SealRing(*sources)

    def test_each_is_asked_in_turn(self, hsm: SoftHsm, root: Authority, tmp_path: Path) -> None:
        filled(hsm, "ring-b", "secp256r1", root)
        first = TokenSealKeys(SealTokens(module=tmp_path / "none.so", tokens={"A": "x"}))
        ring = SealRing(first, desk_of(hsm, tmp_path, root, B="ring-b"))
        key = ring.open("B", "P201", PIN)
        assert key is not None
        assert ring.card("B") == key.card
        assert ring.roots().strip() == root.pem.strip()
        key.close()
        assert ring.card("A") is None
        with pytest.raises(SealKeyTrouble, match="驱动"):
            ring.open("A", "P201", PIN)
        with pytest.raises(SealKeyAway):
            ring.open("C", "P201", PIN)
