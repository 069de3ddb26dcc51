"""The publishers that take part: the organisations' names, from the chain and the documents."""

import orjson

from ledger.bindings.participants import OrganisationRegistered
from ledger.chain import ChainClient
from ledger.contracts import PARTICIPANTS
from ledger.decoder import LogDecoder
from ledger.documents import DocumentStore
from ledger.errors import BadInput


def organisations_by_name(chain: ChainClient, documents: DocumentStore) -> dict[str, int]:
    """The number of every registered organisation whose name is known here.

    Raises BadInput when two have one name: what they published could not be told apart. Raises as the chain does.
    """
    if chain.deployment is None:
        raise BadInput("No deployment is known for this chain.", hint="Run `ledger deploy`.")
    address = chain.deployment.address(PARTICIPANTS)
    decoder = LogDecoder({PARTICIPANTS: address})
    logs = chain.rpc.call("eth_getLogs", {"fromBlock": "0x0", "toBlock": "latest", "address": [address]})
    registered = [fields for log in logs if isinstance(fields := decoder.decode(log)[2], OrganisationRegistered)]
    contents = documents.get_many((bytes.fromhex(one.content_digest) for one in registered), missing_ok=True)
    found: dict[str, int] = {}
    for one in registered:
        name = orjson.loads(contents.get(bytes.fromhex(one.content_digest), b"{}")).get("name")
        if name is None:
            continue
        if found.setdefault(name, one.organisation_id) != one.organisation_id:
            raise BadInput(f"Organisations {found[name]} and {one.organisation_id} are both named {name!r}.")
    return found
