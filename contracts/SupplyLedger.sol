// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {IDiscrepancies} from "./interfaces/IDiscrepancies.sol";
import {IFundLedger} from "./interfaces/IFundLedger.sol";
import {StockMoves} from "./supply/StockMoves.sol";

/// @title SupplyLedger
/// @notice See the documentation in {ISupplyLedger}.
contract SupplyLedger is StockMoves {
    constructor(address participants) LedgerContract(participants) {}

    /*//////////////////////////////////////////////////////////////
                              CORRECTIONS
    //////////////////////////////////////////////////////////////*/

    /// @dev See {Adjustments}.
    function _dependentsOf(bytes32 recordId) internal view override returns (uint32) {
        return _records[recordId].kind == KIND_LOT ? _lotDependents(recordId) : super._dependentsOf(recordId);
    }

    /// @dev See {Adjustments}.
    function _adjust(bytes32 recordId, int64 delta) internal override returns (uint64 shortage) {
        if (_records[recordId].kind != KIND_LOT || _lots[recordId].origin == Origin.Found) revert NotCorrectable(recordId);
        Disposition source = _sourceOf(_lots[recordId].origin);
        _adjusted(recordId, _quantityOf(recordId, source), delta);
        return _post(recordId, source, Disposition.Usable, delta);
    }

    /// @dev See {Adjustments}.
    function _reverse(bytes32 recordId, uint24 actorId) internal override returns (bytes32 ref, uint64 quantity, uint64 shortage) {
        Record storage record = _records[recordId];
        if (record.kind == KIND_LOT) return _reverseLot(recordId, record, actorId);
        if (record.kind == KIND_VALUATION) {
            ref = _valued[recordId];
            _records[ref].reduced -= 1;
            delete _valuations[ref];
            return (ref, record.amount, 0);
        }
        if (record.kind == KIND_TRANSFORMATION) _untransform(recordId);
        return (_numbered[record.link], 0, 0);
    }

    function _reverseLot(bytes32 lotId, Record storage record, uint24 actorId)
        private
        returns (bytes32 ref, uint64 quantity, uint64 shortage)
    {
        Lot storage lot = _lots[lotId];
        // A found lot is corrected through the find or the receipt that it came from.
        if (lot.origin == Origin.Found) revert NotCorrectable(lotId);
        ref = lot.sourceId;
        Disposition source = _sourceOf(lot.origin);
        quantity = _quantityOf(lotId, source);
        shortage = _post(lotId, source, Disposition.Usable, -int64(quantity));
        if (lot.origin == Origin.Bought) {
            IFundLedger(_part("FundLedger")).undeliverExpenditure(ref, lotId, record.amount, actorId);
        } else {
            _records[ref].reduced -= 1;
        }
    }

    /// @dev See {Adjustments}.
    function _tellAdjusted(bytes32 adjustmentId, bytes32 recordId, uint24 actorId, int64 delta, uint64 shortage) internal override {
        _appendOne(RecordAdjusted.selector, adjustmentId, recordId, actorId, abi.encode(delta, shortage));
        _openShortage(adjustmentId, shortage, actorId);
    }

    /// @dev See {Adjustments}.
    function _tellReversed(bytes32 recordId, bytes32 ref, uint24 actorId, uint64 quantity, uint64 shortage) internal override {
        _appendOne(RecordReversed.selector, recordId, ref, actorId, abi.encode(quantity, shortage));
        _openShortage(recordId, shortage, actorId);
    }

    function _openShortage(bytes32 recordId, uint64 shortage, uint24 actorId) private {
        if (shortage == 0) return;
        IDiscrepancies discrepancies = IDiscrepancies(_part("Discrepancies"));
        discrepancies.open(IDiscrepancies.Kind.Shortage, _organisationOf(recordId), recordId, 0, shortage, actorId);
    }
}
