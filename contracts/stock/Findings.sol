// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IDiscrepancies} from "../interfaces/IDiscrepancies.sol";
import {IStockLedger} from "../interfaces/IStockLedger.sol";
import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";
import {Roles} from "../Roles.sol";
import {Releases} from "./Releases.sol";

/// @title Findings
/// @notice Where shelf and ledger differ: counts, losses that turn up again, goods that left without a record or were found.
abstract contract Findings is Releases {
    mapping(bytes32 lossId => uint64) private _reversed;

    /// @inheritdoc IStockLedger
    function reversedOf(bytes32 lossId) public view returns (uint64 quantity) {
        return _reversed[lossId];
    }

    /// @inheritdoc IStockLedger
    function reverseLoss(bytes32 reversalId, bytes32 lossId, uint64 quantity) external {
        uint24 actorId = _actor(_organisationOf(lossId), Roles.DISPATCHER);
        Movement storage loss = _movements[lossId];
        bytes memory body = abi.encode(quantity);
        if (_isRecorded(reversalId, KIND_LOSS_REVERSAL, _tagOf(abi.encode(loss.lotId, abi.encode(lossId, quantity))))) return;
        Record storage record = _requireLoss(lossId);
        uint64 remaining = record.amount - _reversed[lossId];
        if (quantity > remaining) revert LossExceeded(lossId, quantity, remaining);
        _begin(KIND_LOSS_REVERSAL, reversalId, loss.lotId, loss.facilityId, quantity, actorId, abi.encode(lossId, quantity));
        _movements[reversalId].ref = lossId;
        _reversed[lossId] += quantity;
        record.reduced += 1;
        (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) = _routeOf(KIND_LOSS);
        _supply().moveBack(loss.lotId, loss.facilityId, to, from, quantity, false);
        _appendOne(LossReversed.selector, reversalId, lossId, actorId, body);
    }

    /// @inheritdoc IStockLedger
    function countStock(bytes32 countId, bytes32 lotId, bytes32 facilityId, uint64 counted, bytes32 contentDigest) external {
        uint24 actorId = _actor(_organisationOf(facilityId), Roles.DISPATCHER);
        // What was expected is not part of the content: it is different when the same count is sent again later.
        bytes memory content = abi.encode(facilityId, counted, contentDigest);
        if (!_begin(KIND_COUNT, countId, lotId, facilityId, counted, actorId, content)) return;
        _requireFacility(facilityId);
        if (counted > AMOUNT_MAX) revert AmountOutOfRange(countId, counted);
        _supply().cite(lotId, true);
        (uint64 usable,, uint64 quarantined) = _supply().stockOf(lotId, facilityId);
        uint64 expected = usable + quarantined;
        bytes memory body = abi.encode(facilityId, counted, expected, contentDigest);
        _appendOne(StockCounted.selector, countId, lotId, actorId, body);
        if (counted == expected) return;
        uint64 variance = counted > expected ? counted - expected : expected - counted;
        _openDiscrepancy(IDiscrepancies.Kind.StockVariance, countId, variance, actorId);
    }

    /// @inheritdoc IStockLedger
    function proposeIssueWithoutRecord(
        bytes32 recordId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity,
        bytes32 contentDigest
    ) external {
        uint24 actorId = _actor(_organisationOf(facilityId), Roles.DISPATCHER);
        bytes memory body = abi.encode(facilityId, quantity, contentDigest);
        if (!_begin(KIND_ISSUE, recordId, lotId, facilityId, quantity, actorId, body)) return;
        if (!_supply().inEffect(lotId)) revert RecordUnknown(lotId);
        _records[recordId].state = uint8(ProposalState.Proposed);
        _appendOne(IssueWithoutRecordProposed.selector, recordId, lotId, actorId, body);
    }

    /// @inheritdoc IStockLedger
    function confirmIssueWithoutRecord(bytes32 recordId) external {
        (bool isNew, uint24 actorId, uint64 quantity) = _confirm(recordId, KIND_ISSUE, KIND_ISSUE);
        if (!isNew) return;
        Movement storage movement = _movements[recordId];
        (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) = _routeOf(KIND_ISSUE);
        _supply().move(movement.lotId, movement.facilityId, from, to, quantity);
        bytes memory body = abi.encode(movement.facilityId, quantity);
        _appendOne(IssuedWithoutRecord.selector, recordId, movement.lotId, actorId, body);
        _openDiscrepancy(IDiscrepancies.Kind.IssuedWithoutRecord, recordId, quantity, actorId);
    }

    /// @inheritdoc IStockLedger
    function proposeFind(
        bytes32 recordId,
        bytes32 facilityId,
        bytes32 lotId,
        bytes32 itemId,
        uint64 quantity,
        bytes32 contentDigest
    ) external {
        uint24 actorId = _actor(_organisationOf(facilityId), Roles.DISPATCHER);
        bytes memory body = abi.encode(lotId, itemId, quantity, contentDigest);
        bytes memory content = abi.encode(facilityId, body);
        if (!_begin(KIND_FIND, recordId, lotId, facilityId, quantity, actorId, content)) return;
        _requireFacility(facilityId);
        _requireFindable(recordId, lotId, itemId);
        _movements[recordId].ref = itemId;
        _records[recordId].state = uint8(ProposalState.Proposed);
        _appendOne(FindProposed.selector, recordId, facilityId, actorId, body);
    }

    /// @inheritdoc IStockLedger
    function confirmFind(bytes32 recordId) external {
        (bool isNew, uint24 actorId, uint64 quantity) = _confirm(recordId, KIND_FIND, KIND_FIND);
        if (!isNew) return;
        Movement storage movement = _movements[recordId];
        _supply().find(movement.lotId, recordId, movement.ref, movement.facilityId, quantity, actorId);
        _appendOne(Found.selector, recordId, movement.facilityId, actorId, abi.encode(movement.lotId, quantity));
        _openDiscrepancy(IDiscrepancies.Kind.Found, recordId, quantity, actorId);
    }

    /*//////////////////////////////////////////////////////////////
                                INTERNAL
    //////////////////////////////////////////////////////////////*/

    /// @dev A known lot in effect of this item, or a new one of the record's organisation.
    function _requireFindable(bytes32 recordId, bytes32 lotId, bytes32 itemId) private view {
        (ISupplyLedger.Origin origin, bytes32 lotItemId,,,,,) = _supply().lotOf(lotId);
        if (origin == ISupplyLedger.Origin.None) return _requireOwnId(lotId, _organisationOf(recordId));
        if (!_supply().inEffect(lotId)) revert RecordUnknown(lotId);
        if (lotItemId != itemId) revert ItemMismatch(recordId, itemId, lotItemId);
    }

    /// @dev A loss in effect. What two persons told, goods issued without record, only a correction takes back (R12).
    function _requireLoss(bytes32 lossId) private view returns (Record storage record) {
        record = _recordInEffect(lossId);
        if (record.kind != KIND_LOSS) revert RecordUnknown(lossId);
    }

    /// @dev A loss was taken back after all: the goods are gone.
    function _unreverseLoss(bytes32 reversalId) internal returns (bytes32 lossId, uint64 shortage) {
        Movement storage movement = _movements[reversalId];
        lossId = movement.ref;
        uint64 quantity = _records[reversalId].amount;
        _reversed[lossId] -= quantity;
        _records[lossId].reduced -= 1;
        (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) = _routeOf(KIND_LOSS);
        shortage = _supply().moveBack(movement.lotId, movement.facilityId, from, to, quantity, false);
    }
}
