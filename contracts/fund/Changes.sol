// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Funds} from "./Funds.sol";

/// @title Changes
/// @notice What an amount does to the totals, by the kind of its record. A record is a change from nothing to its amount, its
/// correction a change by the difference, its reversal a change back to nothing: one rule for all three, so that none can
/// leave a trace in the totals.
abstract contract Changes is Funds {
    /// @dev Stores a new record, counts its amount and journals it. Callers check the rules first.
    function _record(bytes32 topic0, Entry memory entry) internal {
        _enter(entry);
        _journal(topic0, entry);
    }

    /// @dev As {_record}, without the journal.
    function _enter(Entry memory entry) internal {
        _put(entry);
        if (entry.parentId != 0) {
            _details[entry.recordId].parentId = entry.parentId;
            _stand(entry.parentId, true);
        }
        Totals memory totals = _load(entry.fundNo);
        _change(totals, entry.recordId, int256(uint256(entry.amountMinor)));
        _save(entry.fundNo, totals, entry.recordId, 1);
    }

    /// @dev Changes a record's amount, what it stands on and the totals of its fund. Callers check the rules first.
    function _change(Totals memory totals, bytes32 recordId, int256 delta) internal {
        Record storage record = _records[recordId];
        Detail storage detail = _details[recordId];
        uint8 kind = record.kind;
        if (kind == EXPENDITURE) return _changeExpenditure(totals, recordId, delta, 0, 0);

        record.amount = uint56(_plus(record.amount, delta));
        if (kind == DONATION) {
            totals.receivedMinor = _plus(totals.receivedMinor, delta);
            _flow(totals, delta);
            _reduce(detail.parentId, delta);
        } else if (kind == COMMITMENT) {
            _reduce(detail.parentId, delta);
        } else if (kind == INCOME) {
            if (record.state == uint8(IncomeKind.Interest) + 1) totals.interestMinor = _plus(totals.interestMinor, delta);
            else totals.saleProceedsMinor = _plus(totals.saleProceedsMinor, delta);
            _flow(totals, delta);
        } else if (kind == REFUND) {
            _reduce(detail.parentId, delta);
            totals.refundedMinor = _plus(totals.refundedMinor, delta);
            _flow(totals, -delta);
        } else if (kind == RETURN) {
            _flow(totals, delta);
            _charge(totals, detail.parentId, delta);
        } else if (kind == SUPPLIER_REFUND) {
            _changeExpenditure(totals, detail.parentId, 0, delta, 0);
        } else if (kind == DISBURSEMENT) {
            totals.transferredOutMinor = _plus(totals.transferredOutMinor, delta);
            _charge(totals, detail.parentId, delta);
            _reduce(detail.redesignationId, delta);
        } else if (kind == CONVERSION) {
            totals.transferredOutMinor = _plus(totals.transferredOutMinor, delta);
            _flow(totals, -delta);
        }
    }

    /// @dev Adds to what was used of a record; zero: there is none.
    function _reduce(bytes32 recordId, int256 delta) internal {
        if (recordId == 0) return;
        Record storage record = _records[recordId];
        uint64 reduced = _plus(record.reduced, delta);
        if (reduced > AMOUNT_MAX) revert AmountOutOfRange(recordId, reduced);
        record.reduced = uint56(reduced);
    }

    /// @dev Money of an allocation is used (or, below zero, comes back). What exceeds the allocation, which only a correction
    /// can bring about, is the fund's; so is what concerns a closed one.
    function _charge(Totals memory totals, bytes32 allocationId, int256 delta) internal {
        Record storage allocation = _records[allocationId];
        if (allocation.state == uint8(AllocationState.Closed)) return _flow(totals, -delta);
        int256 before = int256(uint256(allocation.amount)) - int256(uint256(allocation.reduced));
        int256 unspent = before - delta;
        _reduce(allocationId, delta);
        int256 unspentChange = (unspent > 0 ? unspent : int256(0)) - (before > 0 ? before : int256(0));
        totals.allocatedUnspentMinor = _plus(totals.allocatedUnspentMinor, unspentChange);
        _flow(totals, -delta - unspentChange);
    }

    /// @dev Changes what an expenditure was, what of it the supplier refunded, or what of it was delivered.
    function _changeExpenditure(Totals memory totals, bytes32 expenditureId, int256 paid, int256 refunded, int256 delivered) internal {
        Record storage expenditure = _records[expenditureId];
        Detail storage detail = _details[expenditureId];
        _spend(totals, expenditure, detail.amount, -1);
        expenditure.amount = uint56(_plus(expenditure.amount, paid));
        expenditure.reduced = uint56(_plus(expenditure.reduced, refunded));
        detail.amount = uint56(_plus(detail.amount, delivered));
        _spend(totals, expenditure, detail.amount, 1);
        if (paid != refunded) _charge(totals, detail.parentId, paid - refunded);
    }

    /// @dev Adds to the totals (`sign` 1), or takes from them (-1), what an expenditure cost less what was refunded. Goods are
    /// prepaid until delivered; a refund takes from what is prepaid first.
    function _spend(Totals memory totals, Record storage expenditure, uint256 delivered, int256 sign) private view {
        uint256 net = expenditure.amount - expenditure.reduced;
        if (expenditure.state != uint8(ExpenditureKind.Goods) + 1) {
            totals.spentOnServicesMinor = _plus(totals.spentOnServicesMinor, sign * int256(net));
            return;
        }
        uint256 onLots = delivered < net ? delivered : net;
        totals.spentOnLotsMinor = _plus(totals.spentOnLotsMinor, sign * int256(onLots));
        totals.prepaidMinor = _plus(totals.prepaidMinor, sign * int256(net - onLots));
    }

    /// @dev What is left of a record's amount.
    function _openOf(bytes32 recordId) internal view returns (uint64) {
        Record storage record = _records[recordId];
        return record.amount > record.reduced ? record.amount - record.reduced : 0;
    }
}
