"""Recording a list that is held back all the same: with a published reason, and by two persons (R22).

    propose[one person] ──▶ approve[another person] ──▶ import donations --release ID

Both steps are evidence on the chain about the list, which says which person took them.
"""

from typing import NamedTuple

import orjson

from ledger.bindings.publications import EvidenceAnchored, RecordReversed
from ledger.chain import ChainClient
from ledger.commands.desk import put_content
from ledger.commands.evidence import Evidence, anchor_evidence
from ledger.decoder import LogDecoder
from ledger.documents import DocumentStore
from ledger.errors import BadInput, NotFound
from ledger.imports.importer import Importer
from ledger.imports.lists import ListName

PROPOSED = "release-proposed"
APPROVED = "release-approved"
PUBLICATIONS = "Publications"
_REASON_CHARACTERS_MAX = 1_000


class Release(NamedTuple):
    """A release that two persons signed."""

    release_id: bytes
    name: ListName
    reason: str
    proposer_id: int
    approver_id: int


def propose_release(importer: Importer, name: ListName, reason: str) -> bytes:
    """Afterwards the proposal to record what is held back of a list is on the chain, with its reason; returns its id.

    Raises BadInput without a reason, and TransactionRefused when the account may not anchor evidence there.
    """
    if not reason.strip() or len(reason) > _REASON_CHARACTERS_MAX:
        raise BadInput(
            f"Recording a suspected repetition needs a reason of at most {_REASON_CHARACTERS_MAX} characters."
        )
    desk = importer.desk(name.publisher)
    document = put_content(desk, "held_back_release", publisher=name.publisher, list=name.list_name, reason=reason)
    key = ("release", *name, document.hex())
    draft = anchor_evidence(desk, [Evidence(key, importer.list_id(name), document, PROPOSED)])
    importer.record("proposing", [draft]).raise_refusals()
    return draft.record_id


def approve_release(importer: Importer, chain: ChainClient, release_id: bytes) -> Release:
    """Afterwards another person's approval of the proposal is on the chain.

    Raises NotFound when there is no such proposal, BadInput when the account's person proposed it.
    """
    proposal, name, _ = _proposal(chain, importer.documents, release_id)
    desk = importer.desk(name.publisher)
    key = ("release approved", release_id.hex(), importer.account)
    draft = anchor_evidence(desk, [Evidence(key, release_id, bytes.fromhex(proposal.document_digest), APPROVED)])
    importer.record("approving", [draft]).raise_refusals()
    return find_release(chain, importer.documents, release_id)


def find_release(chain: ChainClient, documents: DocumentStore, release_id: bytes) -> Release:
    """The release with this id, as the chain has it.

    Raises NotFound, or BadInput when only one person signed it, or a correction took a signature out of effect.
    """
    proposal, name, reason = _proposal(chain, documents, release_id)
    approvals = [
        one
        for one in _evidence(chain, [None, None, release_id])
        if one.doc_type == APPROVED and one.document_digest == proposal.document_digest
    ]
    others = [one for one in approvals if one.actor_id != proposal.actor_id]
    standing = [one for one in others if not _is_reversed(chain, one.evidence_id)]
    if others and not standing:
        raise BadInput(
            f"The approval of the release {release_id.hex()} was taken out of effect by a correction.",
            hint="Somebody else may approve it: `ledger import release approve ID --as ACCOUNT`.",
        )
    if not standing:
        raise BadInput(
            f"The release {release_id.hex()} needs the approval of a second person:"
            f" person {proposal.actor_id} proposed it.",
            hint="`ledger import release approve ID --as ACCOUNT`, with an account of somebody else.",
        )
    return Release(release_id, name, reason, proposal.actor_id, standing[0].actor_id)


def _proposal(
    chain: ChainClient, documents: DocumentStore, release_id: bytes
) -> tuple[EvidenceAnchored, ListName, str]:
    found = [one for one in _evidence(chain, [None, release_id]) if one.doc_type == PROPOSED]
    if not found:
        raise NotFound(f"No release with the id {release_id.hex()} was proposed.")
    if _is_reversed(chain, found[0].evidence_id):
        raise BadInput(
            f"The proposal of the release {release_id.hex()} was taken out of effect by a correction.",
            hint="Propose it anew, with another reason: `ledger import release propose`.",
        )
    content = orjson.loads(documents.get(bytes.fromhex(found[0].document_digest)))
    return found[0], ListName(content["publisher"], content["list"]), content["reason"]


def _is_reversed(chain: ChainClient, evidence_id: str) -> bool:
    """Whether a correction declared that the evidence does not belong where it is."""
    return any(isinstance(one, RecordReversed) for one in _logged(chain, [None, bytes.fromhex(evidence_id)]))


def _evidence(chain: ChainClient, topics: list[bytes | None]) -> list[EvidenceAnchored]:
    return [one for one in _logged(chain, topics) if isinstance(one, EvidenceAnchored)]


def _logged(chain: ChainClient, topics: list[bytes | None]) -> list[object]:
    """What was logged with these topics, None for any."""
    if chain.deployment is None:
        raise NotFound("No deployment is known for this chain.", hint="Run `ledger deploy`.")
    address = chain.deployment.address(PUBLICATIONS)
    asked = {
        "fromBlock": "0x0",
        "toBlock": "latest",
        "address": [address],
        "topics": [None if topic is None else "0x" + topic.hex() for topic in topics],
    }
    decoder = LogDecoder({PUBLICATIONS: address})
    return [decoder.decode(log)[2] for log in chain.rpc.call("eth_getLogs", asked)]
