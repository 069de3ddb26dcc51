// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Allocations} from "./Allocations.sol";
import {IFundLedger} from "../interfaces/IFundLedger.sol";

/// @title Expenditures
/// @notice What an allocation was spent on: goods, prepaid until they arrive as lots, or services, fees and overhead.
abstract contract Expenditures is Allocations {
    /// @inheritdoc IFundLedger
    function recordExpenditure(
        bytes32 expenditureId,
        bytes32 allocationId,
        ExpenditureKind kind,
        uint64 amountMinor,
        bytes32 orderDigest,
        bytes32 invoiceDigest,
        bytes32 contentDigest
    ) external {
        Entry memory entry = _outgoing(expenditureId, EXPENDITURE, allocationId, amountMinor, 5);
        if (!_isNew(entry)) return;
        entry.state = uint8(kind) + 1;
        _useAllocation(entry);
        _record(ExpenditureRecorded.selector, entry);
    }

    /// @inheritdoc IFundLedger
    function recordSupplierRefund(bytes32 refundId, bytes32 expenditureId, uint64 amountMinor, bytes32 contentDigest) external {
        Entry memory entry = _outgoing(refundId, SUPPLIER_REFUND, expenditureId, amountMinor, 2);
        if (!_isNew(entry)) return;
        entry.fundNo = _require(expenditureId, EXPENDITURE).link;
        entry.parentId = expenditureId;
        uint64 openMinor = _openOf(expenditureId);
        if (amountMinor > openMinor) revert ExpenditureExceeded(expenditureId, amountMinor, openMinor);
        _record(SupplierRefundRecorded.selector, entry);
    }

    /// @inheritdoc IFundLedger
    function deliverExpenditure(bytes32 expenditureId, bytes32 lotId, uint64 costMinor, uint24 actorId)
        external
        onlyPart("SupplyLedger")
        returns (Earmark memory earmark)
    {
        Record storage expenditure = _require(expenditureId, EXPENDITURE);
        Detail storage detail = _details[expenditureId];
        if (expenditure.state != uint8(ExpenditureKind.Goods) + 1) revert RecordUnknown(expenditureId);
        uint64 netMinor = _openOf(expenditureId);
        uint64 prepaidMinor = netMinor > detail.amount ? netMinor - detail.amount : 0;
        if (costMinor > prepaidMinor) revert ExpenditureExceeded(expenditureId, costMinor, prepaidMinor);
        _deliver(expenditureId, int256(uint256(costMinor)));
        _stand(expenditureId, true);
        _appendOne(ExpenditureDelivered.selector, lotId, expenditureId, actorId, abi.encode(costMinor));
        return _details[detail.parentId].earmark;
    }

    /// @inheritdoc IFundLedger
    function undeliverExpenditure(bytes32 expenditureId, bytes32 lotId, uint64 costMinor, uint24 actorId) external onlyPart("SupplyLedger") {
        _deliver(expenditureId, -int256(uint256(costMinor)));
        _stand(expenditureId, false);
        _appendOne(ExpenditureUndelivered.selector, lotId, expenditureId, actorId, abi.encode(costMinor));
    }

    function _deliver(bytes32 expenditureId, int256 delta) private {
        uint24 fundNo = _records[expenditureId].link;
        Totals memory totals = _load(fundNo);
        _changeExpenditure(totals, expenditureId, 0, 0, delta);
        _save(fundNo, totals, expenditureId, 0);
    }
}
