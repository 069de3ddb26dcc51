"""The accounts' keys: one keystore (version 3, scrypt) a role account. The only importer of eth_account.

A password comes from a file or a prompt, never from an argument or the environment. A key is decrypted when it first
signs and is then held in memory only.
"""

import fcntl
import getpass
import json
import os
import re
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.errors import BadInput, NotFound, SenderBusy
from ledger.files import write_whole
from ledger.settings import Settings, read_secret

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

SCRYPT_N = 2**18
LOCK_WAIT_S = 30.0
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOCK = "sender.lock"


class Signed(NamedTuple):
    """A signed transaction: the bytes to send and their hash."""

    raw: bytes
    hash: bytes


class Keyring:
    """The keystores of one folder. Each account has a name such as `wuhan-intake-clerk`."""

    def __init__(self, folder: Path, password_file: Path | None = None, *, scrypt_n: int = SCRYPT_N) -> None:
        self.folder = folder
        self._password_file = password_file
        self._scrypt_n = scrypt_n
        self._password: str | None = None
        self._addresses: dict[str, str] = {}
        self._unlocked: dict[str, LocalAccount] = {}

    @classmethod
    def open(cls, settings: Settings) -> "Keyring":
        """The keyring that the settings name."""
        return cls(settings.keys_dir, settings.password_file)

    def names(self) -> list[str]:
        """Every account that has a keystore here, by name."""
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def address(self, account: str) -> str:
        """The account's address, 0x and 40 lower-case digits. Raises NotFound when there is no such keystore."""
        if account not in self._addresses:
            self._addresses[account] = "0x" + str(self._keystore(account)["address"]).lower().removeprefix("0x")
        return self._addresses[account]

    def create(self, account: str) -> str:
        """Makes the account's key if it has none, and returns its address. The file is readable by its owner only."""
        if not _NAME.fullmatch(account):
            raise BadInput(f"{account!r} is no account name: lower-case letters and digits, joined by hyphens.")
        path = self._path(account)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            account_of = _library()
            made: LocalAccount = account_of.create(secrets.token_hex(32))
            keystore = account_of.encrypt(made.key, self._read_password(), kdf="scrypt", iterations=self._scrypt_n)
            write_whole(path, json.dumps(keystore).encode())
            self._unlocked[account] = made
        return self.address(account)

    def sign(self, account: str, transaction: Mapping[str, Any]) -> Signed:
        """The transaction signed by that account. Raises BadInput when the password does not open its keystore."""
        if account not in self._unlocked:
            self._unlocked[account] = self._unlock(account)
        signed = self._unlocked[account].sign_transaction(dict(transaction))
        return Signed(bytes(signed.raw_transaction), bytes(signed.hash))

    @contextmanager
    def sending(self, *, wait_s: float = LOCK_WAIT_S) -> Iterator[None]:
        """While this is held nobody else sends for these accounts: one nonce authority for each key.

        Raises SenderBusy naming the process that holds it when it is not free within `wait_s`. The system releases it
        when its holder ends, however it ends.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / _LOCK).open("a+") as lock:
            deadline = time.monotonic() + wait_s
            while not _locked(lock.fileno()):
                if time.monotonic() > deadline:
                    lock.seek(0)
                    holder = lock.read().strip() or "another process"
                    raise SenderBusy(
                        f"{holder} is sending for the accounts in {self.folder}.",
                        hint="Wait until it is done; two senders would spend each other's nonces.",
                    )
                time.sleep(0.05)
            lock.truncate(0)
            lock.write(f"Process {os.getpid()}")
            lock.flush()
            yield

    def _path(self, account: str) -> Path:
        return self.folder / f"{account}.json"

    def _keystore(self, account: str) -> dict[str, Any]:
        try:
            keystore: dict[str, Any] = json.loads(self._path(account).read_bytes())
        except FileNotFoundError as error:
            known = ", ".join(self.names()) or "none"
            raise NotFound(
                f"There is no account named {account!r} in {self.folder}.", hint=f"There are: {known}."
            ) from error
        except ValueError as error:
            raise BadInput(f"{self._path(account)} is not a keystore: it is not JSON.") from error
        return keystore

    def _unlock(self, account: str) -> "LocalAccount":
        keystore = self._keystore(account)
        try:
            key = _library().decrypt(keystore, self._read_password())
        except (ValueError, KeyError) as error:
            raise BadInput(f"The password does not open the keystore of {account!r}.") from error
        unlocked: LocalAccount = _library().from_key(key)
        return unlocked

    def _read_password(self) -> str:
        if self._password is None:
            if self._password_file:
                self._password = read_secret(self._password_file, "LEDGER_KEYS_PASSWORD_FILE").decode().rstrip("\r\n")
            elif sys.stdin.isatty():
                self._password = getpass.getpass(f"Password of the keystores in {self.folder}: ")
            else:
                raise BadInput(
                    "The keystores' password is not known: there is no terminal to ask at.",
                    hint="Put it in a file that only you can read and name that in LEDGER_KEYS_PASSWORD_FILE.",
                )
        return self._password


def make_secret(path: Path) -> None:
    """Afterwards `path` holds a random secret that only its owner can read; one that is there stays."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, secrets.token_hex(32).encode() + b"\n")


class NodeIdentity(NamedTuple):
    """Who a node is to the others: its public key (64 bytes) and the 20 byte address that it makes blocks as."""

    public_key: bytes
    address: bytes


def make_node_key(path: Path) -> NodeIdentity:
    """Afterwards `path` holds a node's private key, as hex that only its owner can read; one that is there stays.

    Raises BadInput when what is there is no key, or others may read it.
    """
    make_secret(path)
    from eth_keys.datatypes import PrivateKey
    from eth_utils.exceptions import ValidationError

    try:
        public_key = PrivateKey(bytes.fromhex(read_secret(path, "The node's key").decode().strip())).public_key
    except (ValueError, ValidationError) as error:
        raise BadInput(f"{path} holds no private key: 64 hexadecimal digits are one.") from error
    return NodeIdentity(public_key.to_bytes(), public_key.to_canonical_address())


def node_identity(public_key: bytes) -> NodeIdentity:
    """The identity that belongs to a node's public key of 64 bytes. Raises ValueError when it is none."""
    from eth_keys.datatypes import PublicKey
    from eth_utils.exceptions import ValidationError

    try:
        return NodeIdentity(public_key, PublicKey(public_key).to_canonical_address())
    except ValidationError as error:
        raise ValueError(f"it is no public key: {error}") from error


def signer_of(digest: bytes, signature: bytes) -> bytes:
    """The 20 byte address that signed a 32 byte digest: r, s and the recovery id (0 or 1), 65 bytes.

    Raises ValueError when it is no signature of anybody.
    """
    from eth_keys.datatypes import Signature
    from eth_keys.exceptions import BadSignature
    from eth_utils.exceptions import ValidationError

    try:
        signed = Signature(signature_bytes=signature)
        return bytes(signed.recover_public_key_from_msg_hash(digest).to_canonical_address())
    except (BadSignature, ValidationError) as error:
        raise ValueError(f"it is no signature: {error}") from error


def _library() -> Any:
    # It takes as long to import as all the rest, and most commands sign nothing.
    from eth_account import Account

    return Account


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
