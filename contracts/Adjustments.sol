// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {ICorrectable} from "./interfaces/ICorrectable.sol";
import {IRecords} from "./interfaces/IRecords.sol";

/// @title Adjustments
/// @notice Corrections of records with one quantity: out of effect, or by a difference under a new id (R15).
/// @dev In a contract that inherits this, `state` of a record is 0 while in effect or a state of its own kind, and with
/// {REVERSED} added afterwards; `reduced` is how many records stand on it. `link` of an adjustment is the state its record was in.
abstract contract Adjustments is IRecords, ICorrectable, LedgerContract {
    uint8 internal constant KIND_ADJUSTMENT = 255;
    /// @dev Added to the state of a record that was taken out of effect.
    uint8 internal constant REVERSED = 0x80;

    struct Adjustment {
        bytes32 recordId;
        int64 delta;
    }

    mapping(bytes32 adjustmentId => Adjustment) internal _adjustments;

    /// @inheritdoc ICorrectable
    function inEffect(bytes32 recordId) public view virtual returns (bool) {
        Record storage record = _records[recordId];
        return record.kind != 0 && record.state < REVERSED;
    }

    /// @inheritdoc ICorrectable
    function adjustRecord(bytes32 recordId, bytes32 adjustmentId, uint16 lineNo, uint8 field, int64 delta, uint24 actorId)
        external
        onlyPart("Corrections")
    {
        bytes10 tag = _tagOf(abi.encode(recordId, delta));
        if (_isRecorded(adjustmentId, KIND_ADJUSTMENT, tag)) {
            _recordInEffect(adjustmentId);
            return;
        }
        _requireOwnId(adjustmentId, _organisationOf(recordId));
        Record storage record = _recordInEffect(recordId);
        if (delta == 0 || lineNo != 0 || field != 0 || record.kind == KIND_ADJUSTMENT) revert NotCorrectable(recordId);

        _adjustments[adjustmentId] = Adjustment(recordId, delta);
        _store(adjustmentId, KIND_ADJUSTMENT, _sizeOf(delta), 0, record.state, actorId, tag);
        uint64 shortage = _adjust(recordId, delta);
        record.reduced += 1;
        _tellAdjusted(adjustmentId, recordId, actorId, delta, shortage);
    }

    /// @inheritdoc ICorrectable
    function reverseRecord(bytes32 recordId, uint24 actorId) external onlyPart("Corrections") {
        Record storage record = _recordInEffect(recordId);
        uint32 dependents = _dependentsOf(recordId);
        if (dependents != 0) revert HasDependents(recordId, dependents);

        if (record.kind == KIND_ADJUSTMENT) {
            bytes32 adjustedId = _adjustments[recordId].recordId;
            record.state |= REVERSED;
            _records[adjustedId].reduced -= 1;
            uint64 shortage = _unadjust(recordId);
            _tellReversed(recordId, adjustedId, actorId, record.amount, shortage);
        } else {
            (bytes32 ref, uint64 quantity, uint64 shortage) = _reverse(recordId, actorId);
            record.state |= REVERSED;
            _tellReversed(recordId, ref, actorId, quantity, shortage);
        }
    }

    /// @dev How many records stand on it; more than {Record.reduced} where others know of some.
    function _dependentsOf(bytes32 recordId) internal view virtual returns (uint32) {
        return uint32(_records[recordId].reduced);
    }

    /// @dev Applies a difference to the record, of the kinds that can be adjusted; reverts {NotCorrectable} for the others.
    function _adjust(bytes32 recordId, int64 delta) internal virtual returns (uint64 shortage);

    /// @dev Takes an adjustment back: the same difference the other way, unless the record's kind has it otherwise.
    function _unadjust(bytes32 adjustmentId) internal virtual returns (uint64 shortage) {
        Adjustment storage adjustment = _adjustments[adjustmentId];
        return _adjust(adjustment.recordId, -adjustment.delta);
    }

    /// @dev Undoes what the record did, whatever its kind; the caller marks it.
    function _reverse(bytes32 recordId, uint24 actorId) internal virtual returns (bytes32 ref, uint64 quantity, uint64 shortage);

    /// @dev Emits RecordAdjusted, and opens a discrepancy for a shortage.
    function _tellAdjusted(bytes32 adjustmentId, bytes32 recordId, uint24 actorId, int64 delta, uint64 shortage) internal virtual;

    /// @dev Emits RecordReversed, and opens a discrepancy for a shortage.
    function _tellReversed(bytes32 recordId, bytes32 ref, uint24 actorId, uint64 quantity, uint64 shortage) internal virtual;

    /// @dev Keeps a new record, in effect. The event carries the rest of it.
    function _store(
        bytes32 recordId,
        uint8 kind,
        uint64 amount,
        uint256 dependents,
        uint24 link,
        uint24 actorId,
        bytes10 tag
    ) internal {
        // Amounts are at most 2^53-1.
        _records[recordId] = Record(uint56(amount), uint56(dependents), link, actorId, kind, 0, tag);
    }

    function _recordInEffect(bytes32 recordId) internal view returns (Record storage record) {
        record = _records[recordId];
        if (record.kind == 0 || record.state >= REVERSED) _refuse(abi.encodeWithSelector(RecordUnknown.selector, recordId));
    }

    /// @dev An amount after a difference, which must leave 1 .. 2^53-1: to take all of it away, the record is reversed.
    function _adjusted(bytes32 recordId, uint64 amount, int64 delta) internal pure returns (uint64) {
        int256 result = int256(uint256(amount)) + delta;
        if (result < 1 || result > int256(uint256(AMOUNT_MAX))) revert AmountOutOfRange(recordId, result < 1 ? 0 : uint256(result));
        return uint64(uint256(result));
    }

    function _sizeOf(int64 delta) internal pure returns (uint64) {
        return uint64(delta < 0 ? -delta : delta);
    }
}
