// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {IDiscrepancies} from "./interfaces/IDiscrepancies.sol";
import {ISupplyLedger} from "./interfaces/ISupplyLedger.sol";
import {Recalls} from "./stock/Recalls.sol";

/// @title StockLedger
/// @notice See the documentation in {IStockLedger}.
contract StockLedger is Recalls {
    constructor(address participants) LedgerContract(participants) {}

    /*//////////////////////////////////////////////////////////////
                              CORRECTIONS
    //////////////////////////////////////////////////////////////*/

    /// @dev See {Adjustments}.
    function _adjust(bytes32 recordId, int64 delta) internal override returns (uint64 shortage) {
        Record storage record = _records[recordId];
        if (record.kind > KIND_FIND || record.state == uint8(ProposalState.Proposed)) revert NotCorrectable(recordId);
        uint64 quantity = _adjusted(recordId, record.amount, delta);
        // What was taken back of a loss stands on it.
        if (quantity < reversedOf(recordId)) revert HasDependents(recordId, _dependentsOf(recordId));
        record.amount = uint56(quantity);
        (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) = _routeOf(record.kind);
        if (delta < 0) (from, to) = (to, from);
        Movement storage movement = _movements[recordId];
        return _supply().moveBack(movement.lotId, movement.facilityId, from, to, _sizeOf(delta), false);
    }

    /// @dev See {Adjustments}.
    function _reverse(bytes32 recordId, uint24 actorId) internal override returns (bytes32 ref, uint64 quantity, uint64 shortage) {
        Record storage record = _records[recordId];
        Movement storage movement = _movements[recordId];
        uint8 kind = record.kind;
        quantity = record.amount;
        ref = movement.lotId;
        if (_takesTwo(kind) && record.state == uint8(ProposalState.Proposed)) return (ref, 0, 0);
        if (kind == KIND_COUNT) {
            _supply().cite(ref, false);
        } else if (kind == KIND_RECALL) {
            _unrecall(recordId);
        } else if (kind == KIND_LOSS_REVERSAL) {
            (ref, shortage) = _unreverseLoss(recordId);
        } else if (kind == KIND_FIND) {
            shortage = _supply().unfind(ref, recordId, movement.facilityId, quantity, actorId);
        } else {
            if (kind == KIND_RECOVERY) {
                ref = movement.ref;
                _records[ref].reduced -= 1;
            }
            (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) = _routeOf(kind);
            shortage = _supply().moveBack(movement.lotId, movement.facilityId, to, from, quantity, true);
        }
    }

    /// @dev See {Adjustments}.
    function _tellAdjusted(bytes32 adjustmentId, bytes32 recordId, uint24 actorId, int64 delta, uint64 shortage) internal override {
        _appendOne(RecordAdjusted.selector, adjustmentId, recordId, actorId, abi.encode(delta, shortage));
        if (shortage != 0) _openDiscrepancy(IDiscrepancies.Kind.Shortage, adjustmentId, shortage, actorId);
        // More of what has to be explained has to be explained as well.
        (bool isOpened, IDiscrepancies.Kind kind) = _opens(_records[recordId].kind);
        if (isOpened && delta > 0) _openDiscrepancy(kind, adjustmentId, _sizeOf(delta), actorId);
    }

    /// @dev See {Adjustments}.
    function _tellReversed(bytes32 recordId, bytes32 ref, uint24 actorId, uint64 quantity, uint64 shortage) internal override {
        _appendOne(RecordReversed.selector, recordId, ref, actorId, abi.encode(quantity, shortage));
        if (shortage != 0) _openDiscrepancy(IDiscrepancies.Kind.Shortage, recordId, shortage, actorId);
        if (_records[recordId].kind != KIND_LOSS_REVERSAL) return;
        // The goods are gone after all: what is lost now has to be explained again.
        _openDiscrepancy(IDiscrepancies.Kind.Lost, ref, uint64(_records[ref].amount) - reversedOf(ref), actorId);
    }

    /// @dev As what a record of this kind opens a discrepancy, if it does.
    function _opens(uint8 kind) private pure returns (bool isOpened, IDiscrepancies.Kind) {
        if (kind == KIND_LOSS) return (true, IDiscrepancies.Kind.Lost);
        if (kind == KIND_ISSUE) return (true, IDiscrepancies.Kind.IssuedWithoutRecord);
        return (kind == KIND_FIND, IDiscrepancies.Kind.Found);
    }
}
