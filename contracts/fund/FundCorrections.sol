// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Disbursements} from "./Disbursements.sol";
import {IDiscrepancies} from "../interfaces/IDiscrepancies.sol";
import {ICorrectable} from "../interfaces/ICorrectable.sol";
import {IFundLedger} from "../interfaces/IFundLedger.sol";

/// @title FundCorrections
/// @notice What a correction does to money. The truth is never refused: what was spent of money that never came is the fund's
/// deficit, with a discrepancy (R15).
abstract contract FundCorrections is Disbursements {
    /// @inheritdoc ICorrectable
    function reverseRecord(bytes32 recordId, uint24 actorId) external onlyPart("Corrections") {
        Record storage record = _records[recordId];
        if (record.kind == 0 || record.state >= REVERSED) revert RecordUnknown(recordId);
        uint32 dependents = record.kind == FUND ? _funds[record.link].records : _details[recordId].dependents;
        if (dependents != 0) revert HasDependents(recordId, dependents);

        uint24 fundNo = record.link;
        bytes32 fundId = _funds[fundNo].id;
        uint64 amountMinor = record.amount;
        uint64 deficitMinor;
        bytes32 deficitFundId = fundId;
        if (record.kind != FUND) {
            Totals memory totals = _load(fundNo);
            uint64 before = totals.deficitMinor;
            deficitMinor = _undo(totals, recordId);
            if (deficitMinor != 0) deficitFundId = _details[recordId].otherId;
            _save(fundNo, totals, recordId, -1);
            if (totals.deficitMinor > before) deficitMinor = totals.deficitMinor - before;
        }
        record.amount = 0;
        record.state |= REVERSED;
        _appendOne(RecordReversed.selector, recordId, fundId, actorId, abi.encode(amountMinor, deficitMinor));
        _openDeficit(deficitFundId, recordId, deficitMinor, actorId);
    }

    /// @inheritdoc ICorrectable
    function adjustRecord(bytes32 recordId, bytes32 adjustmentId, uint16 lineNo, uint8 field, int64 delta, uint24 actorId)
        external
        onlyPart("Corrections")
    {
        Entry memory entry;
        entry.recordId = adjustmentId;
        entry.kind = ADJUSTMENT;
        entry.ref = recordId;
        entry.parentId = recordId;
        entry.actorId = actorId;
        entry.state = delta > 0 ? 1 : 2;
        entry.amountMinor = delta > 0 ? uint64(delta) : uint64(-delta);
        entry.body = abi.encode(delta, lineNo, field);
        if (!_isNew(entry)) {
            _require(adjustmentId, ADJUSTMENT);
            return;
        }
        if (lineNo != 0 || field != 0) revert NotCorrectable(recordId);
        if (_records[recordId].kind == 0 || _records[recordId].state >= REVERSED) revert RecordUnknown(recordId);
        entry.fundNo = _records[recordId].link;

        Totals memory totals = _load(entry.fundNo);
        uint64 deficitMinor = totals.deficitMinor;
        _adjust(totals, adjustmentId, recordId, delta);
        _save(entry.fundNo, totals, adjustmentId, 0);
        deficitMinor = totals.deficitMinor > deficitMinor ? totals.deficitMinor - deficitMinor : 0;
        _enter(entry);
        _appendOne(RecordAdjusted.selector, adjustmentId, recordId, actorId, abi.encode(delta, deficitMinor));
        _openDeficit(_funds[entry.fundNo].id, adjustmentId, deficitMinor, actorId);
    }

    /// @inheritdoc ICorrectable
    function inEffect(bytes32 recordId) external view returns (bool) {
        return _records[recordId].kind != 0 && _records[recordId].state < REVERSED;
    }

    /// @inheritdoc IFundLedger
    function approvingOrganisationOf(bytes32 recordId) external view returns (uint32 organisationId) {
        Record storage record = _records[recordId];
        bool hasArrived = record.kind == DISBURSEMENT && record.state & ~REVERSED == uint8(DisbursementState.Acknowledged);
        return _organisationOf(hasArrived ? _details[recordId].otherId : recordId);
    }

    /// @dev Takes back what a record did to the totals of its fund, and of the other one, whose grown deficit it returns.
    function _undo(Totals memory totals, bytes32 recordId) private returns (uint64 deficitMinor) {
        Record storage record = _records[recordId];
        Detail storage detail = _details[recordId];
        uint8 kind = record.kind;
        int256 amountMinor = int256(uint256(record.amount));
        if (kind == ADJUSTMENT) {
            _adjust(totals, recordId, detail.parentId, record.state == 1 ? -amountMinor : amountMinor);
        } else if (kind == ALLOCATION) {
            _undoAllocation(totals, record, detail);
        } else if (kind == DISBURSEMENT) {
            DisbursementState state = DisbursementState(record.state);
            if (state != DisbursementState.Rejected) _change(totals, recordId, -amountMinor);
            bool isArrived = state == DisbursementState.Acknowledged;
            deficitMinor = _arrive(detail.otherId, recordId, isArrived ? -amountMinor : int256(0), -1);
        } else {
            _change(totals, recordId, -amountMinor);
            if (kind == CONVERSION) deficitMinor = _arrive(detail.otherId, recordId, -int256(uint256(detail.amount)), -1);
            if (kind == INCOME && detail.otherId != 0) _citeSale(detail.otherId, false);
        }
        _stand(detail.parentId, false);
        _stand(detail.redesignationId, false);
    }

    /// @dev Nothing was used of it, or it has dependents; a closed one gave back its money when it was closed.
    function _undoAllocation(Totals memory totals, Record storage allocation, Detail storage detail) private {
        int256 amountMinor = int256(uint256(allocation.amount));
        AllocationState state = AllocationState(allocation.state);
        if (state == AllocationState.Approved) {
            totals.allocatedUnspentMinor = _plus(totals.allocatedUnspentMinor, -amountMinor);
            _flow(totals, amountMinor);
        }
        if (state == AllocationState.Approved || state == AllocationState.Closed) _reduce(detail.redesignationId, -amountMinor);
    }

    /// @dev Changes the record that a chain of adjustments ends in. Its amount stays 1 .. 2^53-1: less is {reverseRecord}.
    function _adjust(Totals memory totals, bytes32 adjustmentId, bytes32 recordId, int256 delta) private {
        while (_records[recordId].kind == ADJUSTMENT) recordId = _details[recordId].parentId;
        Record storage record = _records[recordId];
        uint8 kind = record.kind;
        bool isCorrectable = kind == DONATION || kind == PLEDGE || kind == COMMITMENT || kind == INCOME || kind == REFUND
            || kind == EXPENDITURE || kind == SUPPLIER_REFUND;
        if (!isCorrectable) revert NotCorrectable(recordId);
        int256 amountMinor = int256(uint256(record.amount)) + delta;
        _requireAmount(adjustmentId, amountMinor < 0 ? 0 : uint256(amountMinor));
        if (kind == EXPENDITURE && amountMinor < int256(uint256(record.reduced))) {
            // The supplier gave back more than it was paid: that is told first, by correcting the refund.
            revert HasDependents(recordId, _details[recordId].dependents);
        }
        if (kind == SUPPLIER_REFUND) {
            bytes32 expenditureId = _details[recordId].parentId;
            uint64 openMinor = _openOf(expenditureId);
            if (delta > int256(uint256(openMinor))) revert ExpenditureExceeded(expenditureId, uint64(uint256(delta)), openMinor);
        }
        _change(totals, recordId, delta);
    }

    function _openDeficit(bytes32 fundId, bytes32 recordId, uint64 deficitMinor, uint24 actorId) private {
        if (deficitMinor == 0) return;
        IDiscrepancies(_part("Discrepancies")).open(
            IDiscrepancies.Kind.Deficit, _organisationOf(fundId), recordId, 0, deficitMinor, actorId
        );
    }
}
