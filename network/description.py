"""The consortium's network as one readable file describes it: the chain's settings and who runs a validator where.

    [chain]
    chain_id = 20200101             # no two networks have the same
    block_interval_s = 1            # a block is made this often, empty or not
    round_timeout_s = 2             # how long validators wait for one that should propose; longer than the interval
    allowed_networks = ["127.0.0.0/8"]  # who may connect to a validator at all

    [[validator]]
    name = "red-cross"              # its folder, its logs, its service
    organisation = 1                # whose it is, of the same file
    host = "127.0.0.1"              # where the other validators reach it
    p2p_port = 0                    # 0: any that is free, chosen once; on several hosts every port is named
    rpc_port = 0
    public_key = "..."              # named where another host keeps the key (`ledger network key` prints it)

Everything else of the file says who takes part in the ledger (ledger/consortium.py).
"""

from collections import Counter
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ledger.consortium import described_by, first_problem, read_consortium
from ledger.errors import BadInput

VALIDATORS_MAX = 22
Port = Annotated[int, Field(ge=0, le=65_535)]


class _Described(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Chain(_Described):
    """What all validators have to agree on."""

    chain_id: int = Field(ge=1, le=2**53 - 1)
    block_interval_s: int = Field(1, ge=1, le=60)
    round_timeout_s: float = Field(2, ge=0.5, le=60)
    epoch_blocks: int = Field(3_600, ge=30, le=100_000, description="Votes that found no majority end after these.")
    genesis_time_s: int | None = Field(None, ge=1, description="Needed where hosts make the same genesis apart.")
    allowed_networks: tuple[IPv4Network, ...] = Field((IPv4Network("127.0.0.0/8"),), min_length=1)

    @model_validator(mode="after")
    def _rounds_see_a_block(self) -> Self:
        # A round begins with the block before, so its first proposer waits for the interval as well.
        if self.round_timeout_s <= self.block_interval_s:
            raise ValueError(
                f"round_timeout_s is {self.round_timeout_s:g} and has to be longer than block_interval_s,"
                f" {self.block_interval_s}: else every block's first round ends before its block is proposed"
            )
        return self


class Validator(_Described):
    """One validator: whose it is and where it is."""

    name: str = Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)
    organisation: int
    host: IPv4Address = IPv4Address("127.0.0.1")
    p2p_port: Port = 0
    rpc_host: IPv4Address = IPv4Address("127.0.0.1")
    rpc_port: Port = 0
    public_key: str | None = Field(None, pattern="^[0-9a-f]{128}$")


class Network(_Described):
    """The chain and its validators."""

    chain: Chain
    validator: tuple[Validator, ...] = Field(min_length=1, max_length=VALIDATORS_MAX)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        named = [f"validator {one.name}" for one in self.validator]
        named += [f"public key {one.public_key[:16]}..." for one in self.validator if one.public_key]
        for one in self.validator:
            # Loopback is of each host its own.
            rpc_host = one.host if one.rpc_host.is_loopback else one.rpc_host
            ports = ((one.host, one.p2p_port), (rpc_host, one.rpc_port))
            named += [f"port {port} of {host}" for host, port in ports if port]
            if not any(one.host in network for network in self.chain.allowed_networks):
                raise ValueError(f"validator {one.name} is at {one.host}, outside of chain.allowed_networks")
            if not one.host.is_loopback and not (one.p2p_port and one.public_key):
                raise ValueError(f"validator {one.name} is on a host of its own: name its p2p_port and its public_key")
        for name, count in Counter(named).items():
            if count > 1:
                raise ValueError(f"{name} is there {count} times")
        if self.chain.genesis_time_s is None and any(one.public_key for one in self.validator):
            raise ValueError("several hosts have to make one genesis: name chain.genesis_time_s")
        return self

    def named(self, name: str) -> Validator:
        """The validator of that name. Raises BadInput when there is none."""
        for one in self.validator:
            if one.name == name:
                return one
        known = ", ".join(one.name for one in self.validator)
        raise BadInput(f"No validator is called {name!r}.", hint=f"The file describes: {known}.")


def read_network(path: Path) -> Network:
    """The network that the file describes. Raises BadInput saying where it is wrong."""
    tables = described_by(path)
    if missing := [name for name in ("chain", "validator") if name not in tables]:
        raise BadInput(f"{path} describes no {missing[0]}: it has no [{missing[0]}] table.")
    try:
        network = Network.model_validate({name: tables[name] for name in ("chain", "validator")})
    except ValidationError as error:
        raise BadInput(f"{path}, {first_problem(error)}.") from error
    organisations = {one.number for one in read_consortium(path).organisation}
    for validator in network.validator:
        if validator.organisation not in organisations:
            raise BadInput(
                f"{path}: validator {validator.name} is of organisation {validator.organisation}, which is not there."
            )
    return network
