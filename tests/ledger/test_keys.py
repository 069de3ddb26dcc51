"""Keystores: their form, their password, who may read them."""

import io
import json
from pathlib import Path

import pytest

from ledger.errors import BadInput, NotFound
from ledger.keys import SCRYPT_N, Keyring, make_secret

TRANSACTION = {"nonce": 0, "gasPrice": 0, "gas": 21_000, "to": b"\x11" * 20, "value": 0, "data": b"", "chainId": 1}


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    make_secret(tmp_path / "password")
    return Keyring(tmp_path / "keys", tmp_path / "password", scrypt_n=2)


def test_create__new_account__keystore_version_3_that_only_its_owner_reads(keyring: Keyring):
    address = keyring.create("intake-clerk")
    path = keyring.folder / "intake-clerk.json"
    keystore = json.loads(path.read_text())
    assert (keystore["version"], keystore["crypto"]["kdf"]) == (3, "scrypt")
    assert path.stat().st_mode & 0o777 == 0o600
    assert keyring.folder.stat().st_mode & 0o777 == 0o700
    assert address == "0x" + keystore["address"].lower().removeprefix("0x")
    assert keyring.names() == ["intake-clerk"]


def test_create__there_already__same_key(keyring: Keyring):
    assert keyring.create("a") == keyring.create("a")


def test_create__parameters_by_default__those_of_the_standard():
    assert SCRYPT_N == 2**18


@pytest.mark.parametrize("name", ["", "../a", "A", "a_b", "a b", "-a", "a-"])
def test_create__name_that_is_no_name__bad_input(keyring: Keyring, name: str):
    with pytest.raises(BadInput, match="no account name"):
        keyring.create(name)


def test_sign__opened_by_another_keyring__same_signature(keyring: Keyring, tmp_path: Path):
    keyring.create("a")
    again = Keyring(keyring.folder, tmp_path / "password", scrypt_n=2)
    assert again.sign("a", TRANSACTION) == keyring.sign("a", TRANSACTION)


def test_sign__wrong_password__bad_input_without_the_password(keyring: Keyring, tmp_path: Path):
    keyring.create("a")
    make_secret(tmp_path / "wrong")
    with pytest.raises(BadInput, match="does not open the keystore of 'a'") as raised:
        Keyring(keyring.folder, tmp_path / "wrong").sign("a", TRANSACTION)
    assert (tmp_path / "wrong").read_text().strip() not in str(raised.value)


def test_sign__no_password_and_no_terminal__says_where_to_put_it(keyring: Keyring, monkeypatch: pytest.MonkeyPatch):
    keyring.create("a")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(BadInput, match="no terminal to ask") as raised:
        Keyring(keyring.folder).sign("a", TRANSACTION)
    assert "LEDGER_KEYS_PASSWORD_FILE" in raised.value.hint


def test_address__no_such_account__lists_those_there_are(keyring: Keyring):
    keyring.create("a")
    with pytest.raises(NotFound) as raised:
        keyring.address("b")
    assert raised.value.hint == "There are: a."


def test_address__file_that_is_no_keystore__bad_input(keyring: Keyring):
    keyring.create("a")
    (keyring.folder / "b.json").write_text("{")
    with pytest.raises(BadInput, match="not JSON"):
        keyring.address("b")


def test_make_secret__there_already__stays(tmp_path: Path):
    make_secret(tmp_path / "s")
    first = (tmp_path / "s").read_bytes()
    make_secret(tmp_path / "s")
    assert (tmp_path / "s").read_bytes() == first
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o600
