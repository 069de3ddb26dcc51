// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {Roles} from "./Roles.sol";
import {IConsignmentLedger} from "./interfaces/IConsignmentLedger.sol";
import {IDiscrepancies} from "./interfaces/IDiscrepancies.sol";

/// @title Discrepancies
/// @notice See the documentation in {IDiscrepancies}.
contract Discrepancies is IDiscrepancies, LedgerContract {
    /// @param proposals How many resolutions were proposed. @param proposerId Who proposed the last.
    struct Discrepancy {
        DiscrepancyState state;
        Kind kind;
        Resolution code;
        uint16 lineNo;
        uint16 proposals;
        uint24 proposerId;
        uint64 quantity;
        bytes32 subjectId;
    }

    /// @param tag Of what it says, see {_tagOf}. @param deciderId Nobody (0) until somebody decided, or when it fell.
    struct Proposal {
        bytes10 tag;
        uint24 deciderId;
        bool isConfirmed;
    }

    uint8 private constant _FINDING = 1;
    uint8 private constant _ANSWER = 2;

    /// @dev Set in the ids of what the ledger opens, clear in those of findings: nobody can take a place that the ledger will need.
    uint256 private constant _DERIVED = 1;

    mapping(bytes32 discrepancyId => Discrepancy) private _discrepancies;
    mapping(bytes32 discrepancyId => mapping(uint16 proposalNo => Proposal)) private _proposals;

    constructor(address participants) LedgerContract(participants) {}

    /*//////////////////////////////////////////////////////////////
                                OPENING
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IDiscrepancies
    function open(Kind kind, uint32 organisationId, bytes32 subjectId, uint16 lineNo, uint64 quantity, uint24 actorId)
        external
        returns (bytes32 discrepancyId)
    {
        if (_participants.partNameOf(msg.sender) == 0) revert NotPart(msg.sender, 0);
        discrepancyId = discrepancyIdOf(kind, organisationId, subjectId, lineNo);
        Discrepancy storage standing = _discrepancies[discrepancyId];
        bool stands = standing.state != DiscrepancyState.None && standing.state != DiscrepancyState.Resolved;
        if (stands && standing.quantity == quantity) return discrepancyId;
        _openOne(discrepancyId, kind, subjectId, lineNo, quantity, actorId, 0);
    }

    /// @inheritdoc IDiscrepancies
    function openFinding(bytes32 discrepancyId, bytes32 subjectId, bytes32 contentDigest) external {
        uint32 organisationId = _organisationOf(subjectId);
        uint24 personId = _participants.personOf(msg.sender);
        bool isConsortiums = _participants.hasRole(personId, Roles.CONSORTIUM, Roles.AUDITOR, 0);
        uint24 actorId = _actor(isConsortiums ? Roles.CONSORTIUM : organisationId, Roles.AUDITOR);
        bytes10 tag = _tagOf(abi.encode(subjectId, contentDigest));
        if (_isRecorded(discrepancyId, _FINDING, tag)) return;
        _requireOwnId(discrepancyId, organisationId);
        if (uint256(discrepancyId) & _DERIVED != 0) revert FindingIdReserved(discrepancyId);

        _put(discrepancyId, _FINDING, actorId, tag);
        _openOne(discrepancyId, Kind.Finding, subjectId, 0, 0, actorId, contentDigest);
    }

    function _openOne(
        bytes32 discrepancyId, Kind kind, bytes32 subjectId, uint16 lineNo, uint64 quantity, uint24 actorId, bytes32 contentDigest
    ) private {
        _discrepancies[discrepancyId] = Discrepancy({
            state: DiscrepancyState.Open,
            kind: kind,
            code: Resolution.None,
            lineNo: lineNo,
            proposals: _discrepancies[discrepancyId].proposals,
            proposerId: 0,
            quantity: quantity,
            subjectId: subjectId
        });
        bytes memory body = abi.encode(kind, _organisationOf(discrepancyId), lineNo, quantity, contentDigest);
        _appendOne(DiscrepancyOpened.selector, discrepancyId, subjectId, actorId, body);
    }

    /*//////////////////////////////////////////////////////////////
                                ANSWERS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IDiscrepancies
    function answer(bytes32 answerId, bytes32 discrepancyId, bytes32 contentDigest) external {
        uint32 organisationId = _organisationOf(discrepancyId);
        uint24 actorId = _answerer(organisationId);
        bytes10 tag = _tagOf(abi.encode(discrepancyId, contentDigest));
        if (_isRecorded(answerId, _ANSWER, tag)) return;
        _requireOwnId(answerId, organisationId);
        Discrepancy storage discrepancy = _requireUndecided(discrepancyId);

        discrepancy.state = DiscrepancyState.Answered;
        _put(answerId, _ANSWER, actorId, tag);
        _appendOne(DiscrepancyAnswered.selector, answerId, discrepancyId, actorId, abi.encode(contentDigest));
    }

    function _answerer(uint32 organisationId) private view returns (uint24 actorId) {
        bytes32[3] memory others = [Roles.ALLOCATOR, Roles.DISPATCHER, Roles.CORRECTOR];
        uint24 personId = _participants.personOf(msg.sender);
        for (uint256 i = 0; i < others.length; ++i) {
            if (_participants.hasRole(personId, organisationId, others[i], 0)) return _actor(organisationId, others[i]);
        }
        return _actor(organisationId, Roles.INTAKE_CLERK);
    }

    /*//////////////////////////////////////////////////////////////
                              RESOLUTIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IDiscrepancies
    function proposeResolution(bytes32 discrepancyId, uint16 proposalNo, Resolution code, uint64 quantity, bytes32 contentDigest)
        external
    {
        uint24 actorId = _actor(_organisationOf(discrepancyId), Roles.CORRECTOR);
        bytes memory body = abi.encode(proposalNo, code, quantity, contentDigest);
        Proposal storage proposal = _proposals[discrepancyId][proposalNo];
        bytes10 tag = _tagOf(body);
        if (proposal.tag == tag) return;
        if (proposal.tag != 0) revert RecordConflict(discrepancyId);
        Discrepancy storage discrepancy = _requireUndecided(discrepancyId);
        uint16 next = discrepancy.proposals + 1;
        if (proposalNo != next) revert ProposalOutOfTurn(discrepancyId, proposalNo, next);
        if (quantity != discrepancy.quantity) revert QuantityChanged(discrepancyId, quantity, discrepancy.quantity);
        if (code == Resolution.None) revert ResolutionCodeMissing(discrepancyId);

        proposal.tag = tag;
        discrepancy.state = DiscrepancyState.ResolutionProposed;
        discrepancy.code = code;
        discrepancy.proposerId = actorId;
        discrepancy.proposals = proposalNo;
        _appendOne(ResolutionProposed.selector, discrepancyId, discrepancy.subjectId, actorId, body);
    }

    /// @inheritdoc IDiscrepancies
    function confirmResolution(bytes32 discrepancyId, uint16 proposalNo) external {
        uint24 actorId = _actor(_organisationOf(discrepancyId), Roles.CORRECTION_APPROVER);
        if (!_decide(discrepancyId, proposalNo, actorId, true)) return;

        Discrepancy storage discrepancy = _discrepancies[discrepancyId];
        discrepancy.state = DiscrepancyState.Resolved;
        (Resolution code, bytes32 subjectId) = (discrepancy.code, discrepancy.subjectId);
        _appendOne(DiscrepancyResolved.selector, discrepancyId, subjectId, actorId, abi.encode(code));
        if (code == Resolution.WrittenOff) _writeOff(discrepancyId, actorId);
    }

    /// @inheritdoc IDiscrepancies
    function rejectResolution(bytes32 discrepancyId, uint16 proposalNo, bytes32 contentDigest) external {
        uint24 actorId = _actor(_organisationOf(discrepancyId), Roles.CORRECTION_APPROVER);
        if (!_decide(discrepancyId, proposalNo, actorId, false)) return;

        Discrepancy storage discrepancy = _discrepancies[discrepancyId];
        discrepancy.state = DiscrepancyState.Open;
        discrepancy.code = Resolution.None;
        _appendOne(ResolutionRejected.selector, discrepancyId, discrepancy.subjectId, actorId, abi.encode(contentDigest));
    }

    /// @dev Notes the decision on the proposal that stands; false when this person decided so before.
    function _decide(bytes32 discrepancyId, uint16 proposalNo, uint24 actorId, bool isConfirmed) private returns (bool) {
        Proposal storage proposal = _proposals[discrepancyId][proposalNo];
        if (proposal.deciderId == actorId && proposal.isConfirmed == isConfirmed) return false;
        Discrepancy storage discrepancy = _discrepancies[discrepancyId];
        DiscrepancyState current = discrepancy.state;
        if (current == DiscrepancyState.None) revert RecordUnknown(discrepancyId);
        if (current != DiscrepancyState.ResolutionProposed) {
            revert DiscrepancyUnexpectedState(discrepancyId, current, DiscrepancyState.ResolutionProposed);
        }
        if (proposalNo != discrepancy.proposals) revert ProposalSuperseded(discrepancyId, proposalNo, discrepancy.proposals);
        _requireOther(discrepancyId, actorId, discrepancy.proposerId);

        proposal.deciderId = actorId;
        proposal.isConfirmed = isConfirmed;
        return true;
    }

    /// @dev Only these two kinds are about what is still outstanding; a line's damaged or lost goods were counted.
    function _writeOff(bytes32 discrepancyId, uint24 actorId) private {
        Discrepancy storage discrepancy = _discrepancies[discrepancyId];
        if (discrepancy.kind != Kind.Outstanding && discrepancy.kind != Kind.Overdue) return;
        bytes32 subjectId = discrepancy.subjectId;
        IConsignmentLedger consignments = IConsignmentLedger(_part("ConsignmentLedger"));
        (IConsignmentLedger.ConsignmentState state,,,,,,) = consignments.consignmentOf(subjectId);
        if (state == IConsignmentLedger.ConsignmentState.None) return;
        consignments.writeOff(discrepancyId, subjectId, discrepancy.lineNo, discrepancy.quantity, actorId);
    }

    /*//////////////////////////////////////////////////////////////
                                 READS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IDiscrepancies
    function discrepancyOf(bytes32 discrepancyId)
        external
        view
        returns (DiscrepancyState state, Kind kind, bytes32 subjectId, uint16 lineNo, uint64 quantity, Resolution code)
    {
        Discrepancy storage discrepancy = _discrepancies[discrepancyId];
        return (
            discrepancy.state, discrepancy.kind, discrepancy.subjectId, discrepancy.lineNo, discrepancy.quantity, discrepancy.code
        );
    }

    /// @inheritdoc IDiscrepancies
    function proposalsOf(bytes32 discrepancyId) external view returns (uint16 proposals) {
        return _discrepancies[discrepancyId].proposals;
    }

    /// @inheritdoc IDiscrepancies
    function discrepancyIdOf(Kind kind, uint32 organisationId, bytes32 subjectId, uint16 lineNo) public pure returns (bytes32) {
        uint256 tail = uint256(keccak256(abi.encode(kind, subjectId, lineNo))) >> 32;
        return bytes32((uint256(organisationId) << 224) | tail | _DERIVED);
    }

    /*//////////////////////////////////////////////////////////////
                                 SHARED
    //////////////////////////////////////////////////////////////*/

    function _requireUndecided(bytes32 discrepancyId) private view returns (Discrepancy storage discrepancy) {
        discrepancy = _discrepancies[discrepancyId];
        DiscrepancyState current = discrepancy.state;
        if (current == DiscrepancyState.None) revert RecordUnknown(discrepancyId);
        if (current != DiscrepancyState.Open && current != DiscrepancyState.Answered) {
            revert DiscrepancyUnexpectedState(discrepancyId, current, DiscrepancyState.Open);
        }
    }

    function _put(bytes32 recordId, uint8 kind, uint24 authorId, bytes10 tag) private {
        _records[recordId] = Record({amount: 0, reduced: 0, link: 0, authorId: authorId, kind: kind, state: 0, tag: tag});
    }
}
