// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {Roles} from "./Roles.sol";
import {ICorrectable} from "./interfaces/ICorrectable.sol";
import {ICorrections} from "./interfaces/ICorrections.sol";
import {IFundLedger} from "./interfaces/IFundLedger.sol";

/// @title Corrections
/// @notice See the documentation in {ICorrections}.
/// @dev Of a record, `state` is a {CorrectionState} and `link` who decided.
contract Corrections is ICorrections, LedgerContract {
    /// @dev What approval needs of a {Declaration}; `partNo` stands for the part's name, see {_partNumber}.
    struct Correction {
        bytes32 targetId;
        bytes32 correctiveId;
        Reason reason;
        uint8 partNo;
        uint16 lineNo;
        uint8 field;
        int64 delta;
    }

    uint8 private constant _DECLARATION = 1;
    uint256 private constant _PARTS = 7;
    /// @dev Its number in {_partNames}.
    uint8 private constant _FUND_LEDGER = 0;

    mapping(bytes32 correctionId => Correction) private _corrections;

    constructor(address participants) LedgerContract(participants) {}

    /*//////////////////////////////////////////////////////////////
                              DECLARATIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ICorrections
    function declareErrors(Declaration[] calldata declarations) external {
        _requireBatch(declarations.length);
        Cursor memory cursor = _open();
        uint32 organisationId;
        uint24 actorId;
        for (uint256 i = 0; i < declarations.length; ++i) {
            if (i != 0) _atLine(i);
            // One look-up for a run of lines of one organisation.
            if (i == 0 || _organisationOf(declarations[i].targetId) != organisationId) {
                organisationId = _organisationOf(declarations[i].targetId);
                actorId = _actorInLine(organisationId, Roles.CORRECTOR);
            }
            if (i == 0) _atLine(0);
            _declare(cursor, declarations[i], organisationId, actorId);
        }
        _endBatch();
        _close(cursor);
    }

    function _declare(Cursor memory cursor, Declaration calldata line, uint32 organisationId, uint24 actorId) private {
        bytes32 correctionId = line.correctionId;
        bytes memory body = abi.encode(
            line.part, line.reason, line.reasonCode, line.correctiveId, line.lineNo, line.field, line.delta, line.noteDigest
        );
        bytes10 tag = _tagOf(abi.encodePacked(line.targetId, body));
        if (_isRecorded(correctionId, _DECLARATION, tag)) return;
        _requireOwnId(correctionId, organisationId);
        if (line.noteDigest == 0 || line.reasonCode == 0) _refuse(abi.encodeWithSelector(NoteMissing.selector, correctionId));
        _requireDifference(line, organisationId);
        uint8 partNo = _partNumber(correctionId, line.part);
        _requireInEffect(line.part, line.targetId);

        _records[correctionId] = Record({
            amount: 0, reduced: 0, link: 0, authorId: actorId, kind: _DECLARATION, state: uint8(CorrectionState.Proposed), tag: tag
        });
        _corrections[correctionId] = Correction({
            targetId: line.targetId,
            correctiveId: line.correctiveId,
            reason: line.reason,
            partNo: partNo,
            lineNo: line.lineNo,
            field: line.field,
            delta: line.delta
        });
        _append(cursor, CorrectionProposed.selector, correctionId, line.targetId, actorId, body);
    }

    /// @dev Only IncorrectData posts a difference, and under an id of its own.
    function _requireDifference(Declaration calldata line, uint32 organisationId) private view {
        int256 delta = line.delta;
        uint256 size = delta < 0 ? uint256(-delta) : uint256(delta);
        if (line.reason == Reason.IncorrectData) {
            _requireAmount(line.correctionId, size);
            _requireOwnId(line.correctiveId, organisationId);
        } else if (size != 0) {
            _refuse(abi.encodeWithSelector(AmountOutOfRange.selector, line.correctionId, size));
        }
    }

    /*//////////////////////////////////////////////////////////////
                               DECISIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ICorrections
    function approveCorrections(bytes32[] calldata correctionIds) external {
        _requireBatch(correctionIds.length);
        Cursor memory cursor = _open();
        uint32 organisationId;
        uint24 actorId;
        for (uint256 i = 0; i < correctionIds.length; ++i) {
            if (i != 0) _atLine(i);
            uint32 approvingId = _approvingOrganisationOf(correctionIds[i]);
            if (i == 0 || approvingId != organisationId) {
                organisationId = approvingId;
                actorId = _actorInLine(organisationId, Roles.CORRECTION_APPROVER);
            }
            if (i == 0) _atLine(0);
            _approve(cursor, correctionIds[i], actorId);
        }
        _endBatch();
        _close(cursor);
    }

    /// @dev Whose approver is asked: the record's organisation's, or that of the other one which has the money.
    function _approvingOrganisationOf(bytes32 correctionId) private view returns (uint32) {
        Correction storage correction = _corrections[correctionId];
        if (correction.partNo != _FUND_LEDGER || correction.reason == Reason.Words) return _organisationOf(correctionId);
        return IFundLedger(_part("FundLedger")).approvingOrganisationOf(correction.targetId);
    }

    function _approve(Cursor memory cursor, bytes32 correctionId, uint24 actorId) private {
        if (_isDecided(correctionId, actorId, CorrectionState.Approved)) return;
        _requireOther(correctionId, actorId, _records[correctionId].authorId);

        _decide(correctionId, actorId, CorrectionState.Approved);
        Correction memory correction = _corrections[correctionId];
        bytes memory body = abi.encode(correction.reason, correction.correctiveId);
        _append(cursor, ErrorDeclared.selector, correctionId, correction.targetId, actorId, body);
        _execute(correction, actorId);
    }

    function _execute(Correction memory correction, uint24 actorId) private {
        bytes32 part = _partNames()[correction.partNo];
        ICorrectable ledger = ICorrectable(_part(part));
        if (correction.reason == Reason.Words) {
            _requireInEffect(part, correction.targetId);
        } else if (correction.reason == Reason.DidNotOccur) {
            try ledger.reverseRecord(correction.targetId, actorId) {}
            catch (bytes memory reason) {
                _refuse(reason);
            }
        } else {
            try ledger.adjustRecord(
                correction.targetId, correction.correctiveId, correction.lineNo, correction.field, correction.delta, actorId
            ) {} catch (bytes memory reason) {
                _refuse(reason);
            }
        }
    }

    /// @inheritdoc ICorrections
    function rejectCorrection(bytes32 correctionId) external {
        uint32 organisationId = _organisationOf(correctionId);
        uint24 actorId = _actorOfEither(organisationId, Roles.CORRECTOR, Roles.CORRECTION_APPROVER);
        if (_isDecided(correctionId, actorId, CorrectionState.Rejected)) return;

        _decide(correctionId, actorId, CorrectionState.Rejected);
        _appendOne(CorrectionRejected.selector, correctionId, _corrections[correctionId].targetId, actorId, "");
    }

    /// @dev As {_actor}. Who may not act for the first line may not make the call; for a later one, that line is refused.
    function _actorInLine(uint32 organisationId, bytes32 role) private view returns (uint24 personId) {
        try _participants.requireRole(msg.sender, organisationId, role, 0) returns (uint24 personId_) {
            return personId_;
        } catch (bytes memory reason) {
            _refuse(reason);
        }
    }

    /// @dev Whether this person decided so before; reverts unless it is that or `Proposed`.
    function _isDecided(bytes32 correctionId, uint24 actorId, CorrectionState decision) private view returns (bool) {
        Record storage record = _records[correctionId];
        if (record.kind == 0) _refuse(abi.encodeWithSelector(RecordUnknown.selector, correctionId));
        CorrectionState current = CorrectionState(record.state);
        if (current == decision && record.link == actorId) return true;
        if (current != CorrectionState.Proposed) {
            _refuse(abi.encodeWithSelector(CorrectionUnexpectedState.selector, correctionId, current, CorrectionState.Proposed));
        }
        return false;
    }

    function _decide(bytes32 correctionId, uint24 actorId, CorrectionState decision) private {
        _records[correctionId].state = uint8(decision);
        _records[correctionId].link = actorId;
    }

    /*//////////////////////////////////////////////////////////////
                                 READS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ICorrections
    function correctionOf(bytes32 correctionId)
        external
        view
        returns (CorrectionState state, bytes32 targetId, Reason reason, uint24 authorId)
    {
        Correction storage correction = _corrections[correctionId];
        Record storage record = _records[correctionId];
        return (CorrectionState(record.state), correction.targetId, correction.reason, record.authorId);
    }

    /*//////////////////////////////////////////////////////////////
                                 PARTS
    //////////////////////////////////////////////////////////////*/

    /// @dev The parts whose records can be corrected.
    function _partNames() private pure returns (bytes32[_PARTS] memory) {
        return [
            bytes32("FundLedger"), "Catalogue", "NeedLedger", "SupplyLedger", "ConsignmentLedger", "Publications", "StockLedger"
        ];
    }

    function _partNumber(bytes32 correctionId, bytes32 part) private view returns (uint8) {
        bytes32[_PARTS] memory names = _partNames();
        for (uint8 i = 0; i < _PARTS; ++i) {
            if (names[i] == part && _participants.partAddress(part) != address(0)) return i;
        }
        _refuse(abi.encodeWithSelector(PartUnknown.selector, correctionId, part));
    }

    function _requireInEffect(bytes32 part, bytes32 targetId) private view {
        if (!ICorrectable(_part(part)).inEffect(targetId)) _refuse(abi.encodeWithSelector(RecordUnknown.selector, targetId));
    }
}
