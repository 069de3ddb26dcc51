// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {INeedLedger} from "./interfaces/INeedLedger.sol";
import {ICatalogue} from "./interfaces/ICatalogue.sol";
import {ISupplyLedger} from "./interfaces/ISupplyLedger.sol";
import {Roles} from "./Roles.sol";
import {Needs} from "./need/Needs.sol";

/// @title NeedLedger
/// @notice See the documentation in {INeedLedger}.
/// @dev In the {Record} of a goods allocation, `amount` is its quantity, `state` a {GoodsAllocationState} and `link` who approved it.
contract NeedLedger is Needs {
    uint8 private constant FLAG_WITHOUT_REQUEST = 1;
    uint8 private constant FLAG_OVER_COVERAGE = 2;

    struct GoodsAllocation {
        bytes32 lotId;
        bytes32 fromFacilityId;
        bytes32 toFacilityId;
        bytes32 needId;
        uint64 dispatched;
        uint8 flags;
        bool hasReason;
    }

    mapping(bytes32 allocationId => GoodsAllocation) private _goodsAllocations;

    constructor(address participants) LedgerContract(participants) {}

    /// @inheritdoc INeedLedger
    function goodsAllocationOf(bytes32 allocationId)
        external
        view
        returns (GoodsAllocationState state, bytes32 lotId, uint64 quantity, uint64 remaining, uint8 flags)
    {
        Record storage record = _records[allocationId];
        GoodsAllocation storage allocation = _goodsAllocations[allocationId];
        if (record.kind == KIND_GOODS_ALLOCATION && record.state < REVERSED) state = GoodsAllocationState(record.state);
        if (state == GoodsAllocationState.Approved) remaining = _remaining(record, allocation);
        return (state, allocation.lotId, record.amount, remaining, allocation.flags);
    }

    /*//////////////////////////////////////////////////////////////
                            GOODS ALLOCATIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc INeedLedger
    function proposeGoodsAllocations(GoodsAllocationLine[] calldata lines) external {
        _requireBatch(lines.length, NEEDS_MAX);
        uint32 organisationId = _organisationOf(lines[0].fromFacilityId);
        uint24 actorId = _actor(organisationId, Roles.ALLOCATOR);
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            _propose(cursor, organisationId, lines[i], actorId);
        }
        _endBatch();
        _close(cursor);
    }

    function _propose(Cursor memory cursor, uint32 organisationId, GoodsAllocationLine calldata line, uint24 actorId) private {
        bytes32 allocationId = line.allocationId;
        bytes10 tag = _tagOf(abi.encode(line));
        if (_isRecorded(allocationId, KIND_GOODS_ALLOCATION, tag)) return;
        _requireOwnId(allocationId, organisationId);
        _requireOwnId(line.fromFacilityId, organisationId);
        _requireAmount(allocationId, line.quantity);
        if (!ICatalogue(_part("Catalogue")).isFacility(line.toFacilityId)) _refuseUnknown(line.toFacilityId);
        _requireSameWorld(allocationId, line.toFacilityId);
        _requireSameWorld(allocationId, line.lotId);
        _requireFitting(line);

        if (line.needId != 0) _records[line.needId].reduced += 1;
        _store(allocationId, KIND_GOODS_ALLOCATION, line.quantity, 0, 0, actorId, tag);
        _records[allocationId].state = uint8(GoodsAllocationState.Proposed);
        _goodsAllocations[allocationId] = GoodsAllocation(
            line.lotId, line.fromFacilityId, line.toFacilityId, line.needId, 0, 0, line.reasonDigest != 0
        );
        _append(cursor, GoodsAllocationProposed.selector, allocationId, line.lotId, actorId, _bodyOf(line));
    }

    /// @dev The lot suits the need, and the donor's earmark holds.
    function _requireFitting(GoodsAllocationLine calldata line) private view {
        ISupplyLedger supply = _supply();
        if (!supply.inEffect(line.lotId)) _refuseUnknown(line.lotId);
        (, bytes32 itemId,,,, bytes16 purpose, bytes16 place) = supply.lotOf(line.lotId);
        if (itemId == 0) _refuseUnknown(line.lotId);
        if (!_isWithin(line.purpose, purpose) || !_isWithin(line.place, place)) {
            _refuse(abi.encodeWithSelector(EarmarkBroken.selector, line.lotId, line.purpose, line.place));
        }
        if (line.needId == 0) {
            if (line.reasonDigest == 0) _refuse(abi.encodeWithSelector(ReasonMissing.selector, line.allocationId));
            return;
        }
        _requireNeed(line.needId);
        Need storage need = _needs[line.needId];
        if (need.facilityId != line.toFacilityId) {
            _refuse(abi.encodeWithSelector(WrongFacility.selector, line.allocationId, line.toFacilityId, need.facilityId));
        }
        if (need.itemId != itemId) _refuse(abi.encodeWithSelector(ItemMismatch.selector, line.allocationId, itemId, need.itemId));
    }

    /// @inheritdoc INeedLedger
    function approveGoodsAllocation(bytes32 allocationId) external {
        uint24 actorId = _actor(_organisationOf(allocationId), Roles.ALLOCATION_APPROVER);
        Record storage record = _allocationOf(allocationId);
        // Approved by this person before: nothing changes, whatever became of it.
        if (record.link == actorId && _stateReached(record) != GoodsAllocationState.Cancelled) return;
        _requireState(allocationId, record, GoodsAllocationState.Proposed);
        _requireOther(allocationId, actorId, record.authorId);
        GoodsAllocation storage allocation = _goodsAllocations[allocationId];
        uint8 flags = _flagsOf(allocation, record.amount);
        if (flags & FLAG_WITHOUT_REQUEST != 0 && !allocation.hasReason) revert ReasonMissing(allocationId);

        record.state = uint8(GoodsAllocationState.Approved);
        record.link = actorId;
        allocation.flags = flags;
        if (allocation.needId != 0) _allocate(allocation.needId, record.amount, true);
        _supply().reserve(allocation.lotId, allocation.fromFacilityId, record.amount);
        _appendOne(GoodsAllocationApproved.selector, allocationId, allocation.lotId, actorId, abi.encode(flags));
    }

    /// @inheritdoc INeedLedger
    function cancelGoodsAllocation(bytes32 allocationId) external {
        uint24 actorId = _actorOfEither(_organisationOf(allocationId), Roles.ALLOCATOR, Roles.ALLOCATION_APPROVER);
        Record storage record = _allocationOf(allocationId);
        if (record.link == actorId && _stateReached(record) == GoodsAllocationState.Cancelled) return;
        _requireState(allocationId, record, GoodsAllocationState.Proposed);
        GoodsAllocation storage allocation = _goodsAllocations[allocationId];
        record.state = uint8(GoodsAllocationState.Cancelled);
        record.link = actorId;
        if (allocation.needId != 0) _records[allocation.needId].reduced -= 1;
        _appendOne(GoodsAllocationCancelled.selector, allocationId, allocation.lotId, actorId, "");
    }

    /// @inheritdoc INeedLedger
    function releaseGoodsAllocation(bytes32 allocationId) external {
        uint24 actorId = _actor(_organisationOf(allocationId), Roles.ALLOCATOR);
        Record storage record = _allocationOf(allocationId);
        // Whoever freed it, what is left of it is free: a retry by anybody changes nothing.
        if (_stateReached(record) == GoodsAllocationState.Released) return;
        _requireState(allocationId, record, GoodsAllocationState.Approved);
        GoodsAllocation storage allocation = _goodsAllocations[allocationId];
        uint64 quantity = _remaining(record, allocation);
        record.state = uint8(GoodsAllocationState.Released);
        _free(allocation, quantity);
        _appendOne(GoodsAllocationReleased.selector, allocationId, allocation.lotId, actorId, abi.encode(quantity));
    }

    /*//////////////////////////////////////////////////////////////
                               DISPATCHES
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc INeedLedger
    function consumeAllocation(
        bytes32 allocationId,
        bytes32 lotId,
        bytes32 fromFacilityId,
        bytes32 toFacilityId,
        uint64 quantity
    ) external onlyPart("ConsignmentLedger") {
        Record storage record = _allocationOf(allocationId);
        _requireState(allocationId, record, GoodsAllocationState.Approved);
        GoodsAllocation storage allocation = _goodsAllocations[allocationId];
        if (lotId != allocation.lotId) revert LotMismatch(allocationId, lotId, allocation.lotId);
        _requireSameFacility(allocationId, fromFacilityId, allocation.fromFacilityId);
        _requireSameFacility(allocationId, toFacilityId, allocation.toFacilityId);
        uint64 remaining = _remaining(record, allocation);
        if (quantity > remaining) revert AllocationExceeded(allocationId, quantity, remaining);
        allocation.dispatched += quantity;
    }

    /// @inheritdoc INeedLedger
    function correctConsumption(bytes32 allocationId, uint64 quantity)
        external
        onlyPart("ConsignmentLedger")
        returns (uint64 reserved)
    {
        // Out of effect or not: nothing of the line may have gone when the allocation was taken back.
        Record storage record = _allocationOf(allocationId);
        GoodsAllocation storage allocation = _goodsAllocations[allocationId];
        uint64 before = _coverageOf(record, allocation);
        if (record.state == uint8(GoodsAllocationState.Approved)) reserved = _remaining(record, allocation);
        if (reserved > quantity) reserved = quantity;
        allocation.dispatched = _sum(allocationId, allocation.dispatched, quantity);
        uint64 grown = _coverageOf(record, allocation) - before;
        if (allocation.needId != 0) _allocate(allocation.needId, grown, true);
    }

    /// @inheritdoc INeedLedger
    function restoreAllocation(bytes32 allocationId, uint64 quantity) external onlyPart("ConsignmentLedger") {
        Record storage record = _records[allocationId];
        GoodsAllocation storage allocation = _goodsAllocations[allocationId];
        uint64 before = _coverageOf(record, allocation);
        allocation.dispatched -= quantity;
        _free(allocation, before - _coverageOf(record, allocation));
    }

    /*//////////////////////////////////////////////////////////////
                              CORRECTIONS
    //////////////////////////////////////////////////////////////*/

    /// @dev See {Adjustments}. Of an allocation it is known only whether anything was dispatched.
    function _dependentsOf(bytes32 recordId) internal view override returns (uint32) {
        if (_records[recordId].kind != KIND_GOODS_ALLOCATION) return super._dependentsOf(recordId);
        return _goodsAllocations[recordId].dispatched == 0 ? 0 : 1;
    }

    /// @dev See {Adjustments}. An allocation is not adjusted: what is left of it is released, and another one proposed.
    function _adjust(bytes32 recordId, int64 delta) internal override returns (uint64) {
        Record storage record = _records[recordId];
        if (record.kind != KIND_NEED) revert NotCorrectable(recordId);
        record.amount = uint56(_adjusted(recordId, record.amount, delta));
        return 0;
    }

    /// @dev See {Adjustments}. What was approved stands when a difference from before the approval is taken back: that one
    /// changed what was asked. A need whose number was not given has none again.
    function _unadjust(bytes32 adjustmentId) internal override returns (uint64) {
        bytes32 needId = _adjustments[adjustmentId].recordId;
        int64 delta = _adjustments[adjustmentId].delta;
        Record storage need = _records[needId];
        if (_records[adjustmentId].link != need.state) return 0;
        if (_needs[needId].stated != 0 || int256(uint256(need.amount)) != delta) return _adjust(needId, -delta);
        need.amount = 0;
        return 0;
    }

    /// @dev See {Adjustments}.
    function _reverse(bytes32 recordId, uint24) internal override returns (bytes32 ref, uint64 quantity, uint64) {
        Record storage record = _records[recordId];
        quantity = record.amount;
        if (record.kind == KIND_NEED) {
            ref = _needs[recordId].facilityId;
            _demands[ref][_needs[recordId].itemId].needs -= 1;
            return (ref, quantity, 0);
        }
        GoodsAllocation storage allocation = _goodsAllocations[recordId];
        ref = allocation.lotId;
        if (record.state == uint8(GoodsAllocationState.Approved)) _free(allocation, uint64(quantity));
        bool cites = allocation.needId != 0 && record.state != uint8(GoodsAllocationState.Cancelled);
        if (cites) _records[allocation.needId].reduced -= 1;
    }

    /// @dev See {Adjustments}.
    function _tellAdjusted(bytes32 adjustmentId, bytes32 recordId, uint24 actorId, int64 delta, uint64) internal override {
        _appendOne(RecordAdjusted.selector, adjustmentId, recordId, actorId, abi.encode(delta));
    }

    /// @dev See {Adjustments}.
    function _tellReversed(bytes32 recordId, bytes32 ref, uint24 actorId, uint64, uint64) internal override {
        _appendOne(RecordReversed.selector, recordId, ref, actorId, "");
    }

    /*//////////////////////////////////////////////////////////////
                                INTERNAL
    //////////////////////////////////////////////////////////////*/

    /// @dev What the records say at the approval. A need without a number is outside of coverage (R9).
    function _flagsOf(GoodsAllocation storage allocation, uint64 quantity) private view returns (uint8 flags) {
        bytes32 needId = allocation.needId;
        if (needId == 0) return FLAG_WITHOUT_REQUEST;
        Record storage need = _requireNeed(needId);
        if (need.state != uint8(NeedState.Approved)) flags = FLAG_WITHOUT_REQUEST;
        uint64 allocated = _demands[_needs[needId].facilityId][_needs[needId].itemId].allocated;
        if (need.amount != 0 && allocated + quantity > need.amount) flags |= FLAG_OVER_COVERAGE;
    }

    /// @dev What is set aside and not yet dispatched, while it is approved. Corrections may find that more was dispatched.
    function _remaining(Record storage record, GoodsAllocation storage allocation) private view returns (uint64) {
        return record.amount > allocation.dispatched ? record.amount - allocation.dispatched : 0;
    }

    /// @dev How much covers the need: what went, and of what is not released the rest.
    function _coverageOf(Record storage record, GoodsAllocation storage allocation) private view returns (uint64) {
        if (record.state != uint8(GoodsAllocationState.Approved)) return allocation.dispatched;
        return allocation.dispatched + _remaining(record, allocation);
    }

    /// @dev `quantity` is no longer set aside, and no longer covers the need.
    function _free(GoodsAllocation storage allocation, uint64 quantity) private {
        if (quantity == 0) return;
        if (allocation.needId != 0) _allocate(allocation.needId, quantity, false);
        _supply().unreserve(allocation.lotId, allocation.fromFacilityId, quantity);
    }

    /// @dev In effect or not; {_requireState} asks for one in effect.
    function _allocationOf(bytes32 allocationId) private view returns (Record storage record) {
        record = _records[allocationId];
        if (record.kind != KIND_GOODS_ALLOCATION) revert RecordUnknown(allocationId);
    }

    /// @dev The state that it is in, or was in when it was taken out of effect.
    function _stateReached(Record storage record) private view returns (GoodsAllocationState) {
        return GoodsAllocationState(record.state & ~REVERSED);
    }

    function _requireState(bytes32 allocationId, Record storage record, GoodsAllocationState required) private view {
        if (record.state >= REVERSED) revert RecordUnknown(allocationId);
        GoodsAllocationState current = GoodsAllocationState(record.state);
        if (current != required) revert GoodsAllocationUnexpectedState(allocationId, current, required);
    }

    function _requireSameFacility(bytes32 allocationId, bytes32 facilityId, bytes32 required) private pure {
        if (facilityId != required) revert WrongFacility(allocationId, facilityId, required);
    }

    function _supply() private view returns (ISupplyLedger) {
        return ISupplyLedger(_part("SupplyLedger"));
    }

    /// @dev A code lies within its own beginning; everything lies within no code.
    function _isWithin(bytes16 code, bytes16 outer) private pure returns (bool) {
        uint128 mask = type(uint128).max;
        while (mask != 0 && uint128(outer) & (mask << 8) == uint128(outer)) mask <<= 8;
        return uint128(code) & mask == uint128(outer);
    }

    function _bodyOf(GoodsAllocationLine calldata line) private pure returns (bytes memory) {
        return abi.encode(
            line.fromFacilityId,
            line.toFacilityId,
            line.needId,
            line.purpose,
            line.place,
            line.quantity,
            line.reasonDigest
        );
    }
}
