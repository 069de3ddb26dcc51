// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {Roles} from "./Roles.sol";
import {ICatalogue} from "./interfaces/ICatalogue.sol";
import {ICorrectable} from "./interfaces/ICorrectable.sol";
import {IPublications} from "./interfaces/IPublications.sol";
import {ISupplyLedger} from "./interfaces/ISupplyLedger.sol";

/// @title Publications
/// @notice See the documentation in {IPublications}.
/// @dev Of a record, `amount` is a report's quantity and `reduced` how many adjustments in effect stand on it.
contract Publications is IPublications, LedgerContract {
    /// @param reportId Whose quantity it changed. @param recordId What it adjusts: the report, or an adjustment of it.
    struct Adjustment {
        bytes32 reportId;
        bytes32 recordId;
        int64 delta;
    }

    uint8 private constant _REPORT = 1;
    uint8 private constant _EVIDENCE = 2;
    uint8 private constant _ADJUSTMENT = 3;
    uint8 private constant _REVERSED = 1;

    mapping(bytes32 adjustmentId => Adjustment) private _adjustments;

    constructor(address participants) LedgerContract(participants) {}

    /*//////////////////////////////////////////////////////////////
                                REPORTS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IPublications
    function reportDistributions(uint32 organisationId, ReportedLine[] calldata lines) external {
        uint24 actorId = _actor(organisationId, Roles.IMPORTER);
        _requireBatch(lines.length);
        ICatalogue catalogue = ICatalogue(_part("Catalogue"));
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            ReportedLine calldata line = lines[i];
            bytes10 tag = _tagOf(abi.encode(line.itemId, line.lotId, line.quantity, line.contentDigest));
            if (_isRecorded(line.reportId, _REPORT, tag)) continue;
            _requireOwnId(line.reportId, organisationId);
            if (line.quantity != 0) _requireAmount(line.reportId, line.quantity);
            if (!catalogue.isItem(line.itemId)) _refuse(abi.encodeWithSelector(RecordUnknown.selector, line.itemId));
            _requireSameWorld(line.reportId, line.itemId);
            if (line.lotId != 0) _requireLot(line.reportId, line.lotId);

            _put(line.reportId, _REPORT, actorId, tag, line.quantity);
            bytes memory body = abi.encode(line.lotId, line.quantity, line.contentDigest);
            _append(cursor, DistributionReported.selector, line.reportId, line.itemId, actorId, body);
        }
        _endBatch();
        _close(cursor);
    }

    function _requireLot(bytes32 reportId, bytes32 lotId) private view {
        (ISupplyLedger.Origin origin,,,,,,) = ISupplyLedger(_part("SupplyLedger")).lotOf(lotId);
        if (origin == ISupplyLedger.Origin.None) _refuse(abi.encodeWithSelector(RecordUnknown.selector, lotId));
        _requireSameWorld(reportId, lotId);
    }

    /// @inheritdoc IPublications
    function reportedQuantityOf(bytes32 reportId) external view returns (uint64 quantity) {
        Record storage record = _records[reportId];
        return record.kind == _REPORT && record.state != _REVERSED ? record.amount : 0;
    }

    /*//////////////////////////////////////////////////////////////
                                EVIDENCE
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IPublications
    function anchorEvidence(uint32 organisationId, EvidenceLine[] calldata lines) external {
        uint24 actorId = _participants.requireMember(msg.sender, organisationId);
        _requireBatch(lines.length);
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            EvidenceLine calldata line = lines[i];
            bytes10 tag = _tagOf(abi.encode(line.subjectId, line.documentDigest, line.docType));
            if (_isRecorded(line.evidenceId, _EVIDENCE, tag)) continue;
            _requireOwnId(line.evidenceId, organisationId);
            if (line.subjectId == 0) _refuse(abi.encodeWithSelector(RecordUnknown.selector, line.subjectId));
            if (line.documentDigest == 0) _refuse(abi.encodeWithSelector(DocumentMissing.selector, line.evidenceId));
            _requireSameWorld(line.evidenceId, line.subjectId);

            _put(line.evidenceId, _EVIDENCE, actorId, tag, 0);
            bytes memory body = abi.encode(line.documentDigest, line.docType);
            _append(cursor, EvidenceAnchored.selector, line.evidenceId, line.subjectId, actorId, body);
        }
        _endBatch();
        _close(cursor);
    }

    /*//////////////////////////////////////////////////////////////
                              CORRECTIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ICorrectable
    function reverseRecord(bytes32 recordId, uint24 actorId) external onlyPart("Corrections") {
        Record storage record = _requireInEffect(recordId);
        if (record.reduced != 0) revert HasDependents(recordId, uint32(record.reduced));

        bytes32 ref;
        if (record.kind == _ADJUSTMENT) {
            Adjustment storage adjustment = _adjustments[recordId];
            ref = adjustment.recordId;
            // What it added goes; that leaves a quantity in range is checked as for any other adjustment.
            _changeQuantity(adjustment.reportId, recordId, -adjustment.delta);
            _records[ref].reduced -= 1;
        }
        record.state = _REVERSED;
        _appendOne(RecordReversed.selector, recordId, ref, actorId, "");
    }

    /// @inheritdoc ICorrectable
    function adjustRecord(bytes32 recordId, bytes32 adjustmentId, uint16 lineNo, uint8 field, int64 delta, uint24 actorId)
        external
        onlyPart("Corrections")
    {
        Record storage record = _requireInEffect(recordId);
        if (record.kind == _EVIDENCE || lineNo != 0 || field != 0) revert NotCorrectable(recordId);
        if (_records[adjustmentId].kind != 0) revert RecordConflict(adjustmentId);
        _requireOwnId(adjustmentId, _organisationOf(recordId));

        bytes32 reportId = record.kind == _ADJUSTMENT ? _adjustments[recordId].reportId : recordId;
        _changeQuantity(reportId, adjustmentId, delta);
        record.reduced += 1;
        _put(adjustmentId, _ADJUSTMENT, actorId, _tagOf(abi.encode(recordId, delta)), 0);
        _adjustments[adjustmentId] = Adjustment({reportId: reportId, recordId: recordId, delta: delta});
        _appendOne(RecordAdjusted.selector, adjustmentId, recordId, actorId, abi.encode(delta));
    }

    /// @inheritdoc ICorrectable
    function inEffect(bytes32 recordId) external view returns (bool) {
        Record storage record = _records[recordId];
        return record.kind != 0 && record.state != _REVERSED;
    }

    /// @dev A quantity that was published stays above zero: zero means that it was not, and only taking back an adjustment of
    /// such a report leads there again.
    function _changeQuantity(bytes32 reportId, bytes32 changeId, int64 delta) private {
        int256 quantity = int256(uint256(_records[reportId].amount)) + delta;
        bool isUnpublished = quantity == 0 && _records[changeId].kind == _ADJUSTMENT;
        if (!isUnpublished && (quantity <= 0 || quantity > int256(uint256(AMOUNT_MAX)))) {
            revert AmountOutOfRange(changeId, quantity < 0 ? uint256(-quantity) : uint256(quantity));
        }
        _records[reportId].amount = uint56(uint256(quantity));
    }

    function _requireInEffect(bytes32 recordId) private view returns (Record storage record) {
        record = _records[recordId];
        if (record.kind == 0 || record.state == _REVERSED) revert RecordUnknown(recordId);
    }

    function _put(bytes32 recordId, uint8 kind, uint24 authorId, bytes10 tag, uint64 amount) private {
        // Safe cast: every amount was checked against AMOUNT_MAX (2^53-1).
        _records[recordId] =
            Record({amount: uint56(amount), reduced: 0, link: 0, authorId: authorId, kind: kind, state: 0, tag: tag});
    }
}
