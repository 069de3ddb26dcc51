"""Everything that can be set from outside, in one frozen object.

Each field is read from `LEDGER_<FIELD>`. A secret is never in the environment itself: it is in a file that the
environment names. An unknown `LEDGER_` name is an error, because a misspelt setting silently means its default.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ledger.errors import BadInput

PREFIX = "LEDGER_"
ROOT = Path(__file__).resolve().parent.parent
DATABASE_URL_FILE, READ_URL_FILE = Path("postgres", "ledger.url"), Path("postgres", "ledger_read.url")
"""Where in the state folder the private PostgreSQL leaves its URLs; they name the file of the password."""
IPFS_ADDRESS_FILE = Path("ipfs", "address")
"""Where in the state folder the private IPFS daemon leaves its address; it stays when the daemon is stopped."""
_LOOPBACK = re.compile(r"https?://(127(\.\d+){3}|localhost|\[::1\])(:\d+)?(/.*)?")


class Settings(BaseModel):
    """What the ledger runs with. Paths are absolute."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state_dir: Path = Field(ROOT / "build" / "state", description="Where everything that is not published is kept.")
    database_url: str = Field(
        "",
        repr=False,
        description="SQLAlchemy URL of index and outbox; default: the private PostgreSQL where `ledger up` made one, "
        "else SQLite in the state folder.",
    )
    database_read_url: str = Field(
        "",
        repr=False,
        description="SQLAlchemy URL that the API reads from: a role that may only read, or a replica; default: the "
        "same database.",
    )
    rpc_url: str | None = Field(
        None,
        description="HTTP addresses of nodes' JSON-RPC, commas between; default: the chain started by `ledger up`.",
    )
    finality: str = Field(
        "auto",
        pattern=r"^(auto|latest|finalized|[1-9][0-9]{0,5})$",
        description="When a block is final: `latest` (when it is there), `finalized` (the node's tag), or a depth; "
        "default: `latest` on the chain started by `ledger up`, elsewhere the tag.",
    )
    chain_port: int = Field(0, ge=0, le=65_535, description="Port of the embedded chain; 0: any that is free.")
    chain_id: int = Field(31_337, ge=1, le=2**53 - 1, description="Chain id that the embedded chain is started with.")
    documents_path: Path = Field(Path(), description="Folder of the document store; default: in the state folder.")
    ipfs_address: str | None = Field(
        None,
        description="Multiaddress of the IPFS daemon that keeps the documents; default: the private one where "
        "`ledger up` made one, else the embedded store.",
    )
    deployments_dir: Path = Field(
        ROOT / "network" / "deployments", description="Where `<chain id>.json` says what is deployed."
    )
    keys_dir: Path = Field(Path(), description="Folder of the accounts' keystore files; default: in the state folder.")
    keys_password_file: Path | None = Field(None, description="File with the keystores' password; default: a prompt.")
    donor_secret_file: Path = Field(
        Path(), description="File with the secret that the donors' salts come from; default: in the state folder."
    )
    import_bytes_max: int = Field(
        256 * 1024 * 1024, ge=1, description="Most bytes that are read of a published list; longer ones are split."
    )
    api_host: str = Field("127.0.0.1", description="Address that `ledger serve` listens on.")
    api_port: int = Field(8000, ge=0, le=65_535, description="Port that `ledger serve` listens on.")

    @model_validator(mode="before")
    @classmethod
    def _defaults_below_state_dir(cls, given: dict[str, object]) -> dict[str, object]:
        state_dir = Path(str(given.get("state_dir") or ROOT / "build" / "state")).absolute()
        sqlite = f"sqlite:///{state_dir / 'ledger.sqlite'}"
        database_url = given.get("database_url") or _line_of(state_dir / DATABASE_URL_FILE) or sqlite
        private = None if given.get("database_url") else _line_of(state_dir / READ_URL_FILE)
        defaults: dict[str, object] = {
            "database_url": database_url,
            "database_read_url": private or database_url,
            "documents_path": state_dir / "documents",
            "ipfs_address": _line_of(state_dir / IPFS_ADDRESS_FILE),
            "keys_dir": state_dir / "keys",
            "donor_secret_file": state_dir / "secrets" / "donor",
        }
        return (
            defaults
            | {name: field for name, field in given.items() if field not in ("", None)}
            | {"state_dir": state_dir}
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """The settings that the environment asks for.

        Raises BadInput naming the variable when one is unknown or its text cannot be used.
        """
        given: dict[str, object] = {}
        for name, text in (os.environ if environment is None else environment).items():
            if not name.startswith(PREFIX):
                continue
            field = name.removeprefix(PREFIX).lower()
            if field in ("database_url_file", "database_read_url_file"):
                given[field.removesuffix("_file")] = read_secret(Path(text), name).decode().strip()
            elif field in cls.model_fields:
                given[field] = text
            else:
                known = ", ".join(f"{PREFIX}{known.upper()}" for known in cls.model_fields)
                raise BadInput(
                    f"{name} is not a setting.",
                    hint=f"The settings are: {known}, LEDGER_DATABASE_URL_FILE, LEDGER_DATABASE_READ_URL_FILE.",
                )
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            problem = error.errors()[0]
            name = PREFIX + str(problem["loc"][0]).upper()
            raise BadInput(f"{name} cannot be used: {problem['msg']}.") from error

    @property
    def chain_dir(self) -> Path:
        """Where the embedded chain keeps its state, its log and its process file."""
        return self.state_dir / "chain"

    @property
    def endpoint_file(self) -> Path:
        """Where `ledger up` notes the addresses of the chain that it started, one a line."""
        return self.state_dir / "endpoint"

    @property
    def password_file(self) -> Path | None:
        """The file with the keystores' password, if one is named or the embedded profile made one."""
        if self.keys_password_file:
            return self.keys_password_file
        made = self.state_dir / "secrets" / "keys"
        return made if made.exists() else None

    def rpc_url_is_loopback(self) -> bool:
        """Whether the configured chain is on this machine."""
        return self.rpc_url is None or all(_LOOPBACK.fullmatch(url.strip()) for url in self.rpc_url.split(","))


def _line_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def read_secret(path: Path, name: str) -> bytes:
    """The bytes of a secret's file. Raises BadInput when it is not there, empty, or others may read it."""
    try:
        mode = path.stat().st_mode
        secret = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{name}: {path} cannot be read ({error.strerror}).") from error
    if mode & 0o077:
        raise BadInput(f"{name}: others may read {path}.", hint=f"Run `chmod 600 {path}`.")
    if not secret.strip():
        raise BadInput(f"{name}: {path} is empty.")
    return secret
