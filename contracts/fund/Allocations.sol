// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Donations} from "./Donations.sol";
import {Roles} from "../Roles.sol";
import {IFundLedger} from "../interfaces/IFundLedger.sol";

/// @title Allocations
/// @notice What a fund's money is for: proposed by one person, approved by another, within what the donors wanted or by a
/// redesignation that is approved in the same way.
abstract contract Allocations is Donations {
    /*//////////////////////////////////////////////////////////////
                             REDESIGNATIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function proposeRedesignation(bytes32 redesignationId, bytes32 fundId, uint64 amountMinor, Earmark calldata earmark, bytes32 contentDigest)
        external
    {
        Entry memory entry = _outgoing(redesignationId, REDESIGNATION, fundId, amountMinor, 4);
        if (!_isNewInFund(entry)) return;
        entry.state = uint8(RedesignationState.Proposed);
        // What the donors earmarked goes to another named end; it is never set free.
        Earmark storage own = _funds[entry.fundNo].earmark;
        if ((own.purpose != 0 && earmark.purpose == 0) || (own.place != 0 && earmark.place == 0)) {
            revert EarmarkBroken(fundId, earmark.purpose, earmark.place);
        }
        _details[redesignationId].earmark = earmark;
        _record(RedesignationProposed.selector, entry);
    }

    /// @inheritdoc IFundLedger
    function approveRedesignation(bytes32 redesignationId) external {
        uint24 actorId = _actor(_organisationOf(redesignationId), Roles.ALLOCATION_APPROVER);
        Detail storage detail = _details[redesignationId];
        if (detail.approverId == actorId) return;
        Record storage redesignation = _require(redesignationId, REDESIGNATION);
        _requireRedesignation(redesignationId, RedesignationState.Proposed);
        _requireOther(redesignationId, actorId, redesignation.authorId);

        redesignation.state = uint8(RedesignationState.Approved);
        detail.approverId = actorId;
        _appendOne(RedesignationApproved.selector, redesignationId, _funds[redesignation.link].id, actorId, "");
    }

    /// @dev Returns the redesignation that these ends need, or zero when they keep to `outer`. Reverts {EarmarkBroken} where
    /// none is cited that covers them.
    function _redesignationFor(Entry memory entry, Earmark memory earmark, Earmark memory outer, bytes32 redesignationId)
        internal
        view
        returns (bytes32)
    {
        if (_keeps(earmark, outer)) return 0;
        Record storage redesignation = _records[redesignationId];
        bool isHere = redesignation.kind == REDESIGNATION && redesignation.state < REVERSED && redesignation.link == entry.fundNo;
        if (!isHere || !_keeps(earmark, _details[redesignationId].earmark)) {
            revert EarmarkBroken(_funds[entry.fundNo].id, earmark.purpose, earmark.place);
        }
        _requireRedesignation(redesignationId, RedesignationState.Approved);
        _requireRedesignable(redesignationId, entry.amountMinor);
        return redesignationId;
    }

    function _requireRedesignation(bytes32 redesignationId, RedesignationState required) private view {
        RedesignationState current = RedesignationState(_records[redesignationId].state);
        if (current != required) revert RedesignationUnexpectedState(redesignationId, current, required);
    }

    function _requireRedesignable(bytes32 redesignationId, uint64 amountMinor) private view {
        uint64 openMinor = _openOf(redesignationId);
        if (amountMinor > openMinor) revert RedesignationExceeded(redesignationId, amountMinor, openMinor);
    }

    /*//////////////////////////////////////////////////////////////
                               ALLOCATIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function proposeAllocation(
        bytes32 allocationId,
        bytes32 fundId,
        uint64 amountMinor,
        Earmark calldata earmark,
        bytes32 redesignationId,
        bytes32 contentDigest
    ) external {
        Entry memory entry = _outgoing(allocationId, ALLOCATION, fundId, amountMinor, 5);
        if (!_isNewInFund(entry)) return;
        entry.state = uint8(AllocationState.Proposed);
        bytes32 neededId = _redesignationFor(entry, earmark, _funds[entry.fundNo].earmark, redesignationId);

        Detail storage detail = _details[allocationId];
        detail.earmark = earmark;
        detail.redesignationId = neededId;
        _stand(neededId, true);
        _record(AllocationProposed.selector, entry);
    }

    /// @inheritdoc IFundLedger
    function approveAllocation(bytes32 allocationId) external {
        uint24 actorId = _actor(_organisationOf(allocationId), Roles.ALLOCATION_APPROVER);
        Detail storage detail = _details[allocationId];
        if (detail.approverId == actorId) return;
        Record storage allocation = _requireAllocation(allocationId, AllocationState.Proposed);
        _requireOther(allocationId, actorId, allocation.authorId);
        uint24 fundNo = allocation.link;
        uint64 amountMinor = allocation.amount;
        bytes32 fundId = _funds[fundNo].id;
        Totals memory totals = _load(fundNo);
        if (amountMinor > totals.unallocatedMinor) revert FundOverallocated(fundId, amountMinor, totals.unallocatedMinor);
        if (detail.redesignationId != 0) _requireRedesignable(detail.redesignationId, amountMinor);

        allocation.state = uint8(AllocationState.Approved);
        detail.approverId = actorId;
        _reduce(detail.redesignationId, int256(uint256(amountMinor)));
        totals.unallocatedMinor -= amountMinor;
        totals.allocatedUnspentMinor += amountMinor;
        _save(fundNo, totals, allocationId, 0);
        _appendOne(AllocationApproved.selector, allocationId, fundId, actorId, abi.encode(amountMinor, totals.unallocatedMinor));
    }

    /// @inheritdoc IFundLedger
    function cancelAllocation(bytes32 allocationId) external {
        uint24 actorId = _actorOfEither(_organisationOf(allocationId), Roles.ALLOCATOR, Roles.ALLOCATION_APPROVER);
        if (_isEndedBy(allocationId, actorId, AllocationState.Cancelled)) return;
        Record storage allocation = _requireAllocation(allocationId, AllocationState.Proposed);
        allocation.state = uint8(AllocationState.Cancelled);
        _details[allocationId].closerId = actorId;
        _appendOne(AllocationCancelled.selector, allocationId, _funds[allocation.link].id, actorId, "");
    }

    /// @inheritdoc IFundLedger
    function returnUnspent(bytes32 returnId, bytes32 allocationId, uint64 amountMinor) external {
        Entry memory entry = _outgoing(returnId, RETURN, allocationId, amountMinor, 1);
        if (!_isNew(entry)) return;
        _useAllocation(entry);
        _record(AllocationReturned.selector, entry);
    }

    /// @inheritdoc IFundLedger
    function closeAllocation(bytes32 allocationId) external {
        uint24 actorId = _actor(_organisationOf(allocationId), Roles.ALLOCATOR);
        if (_isEndedBy(allocationId, actorId, AllocationState.Closed)) return;
        Record storage allocation = _requireAllocation(allocationId, AllocationState.Approved);
        uint64 returnedMinor = _openOf(allocationId);
        uint24 fundNo = allocation.link;
        Totals memory totals = _load(fundNo);
        _charge(totals, allocationId, int256(uint256(returnedMinor)));
        _flow(totals, int256(uint256(returnedMinor)));
        _save(fundNo, totals, allocationId, 0);
        allocation.state = uint8(AllocationState.Closed);
        _details[allocationId].closerId = actorId;
        _appendOne(AllocationClosed.selector, allocationId, _funds[fundNo].id, actorId, abi.encode(returnedMinor));
    }

    /// @inheritdoc IFundLedger
    function allocationOf(bytes32 allocationId)
        external
        view
        returns (AllocationState state, bytes32 fundId, uint64 amountMinor, uint64 unspentMinor)
    {
        Record storage allocation = _require(allocationId, ALLOCATION);
        state = AllocationState(allocation.state);
        unspentMinor = state == AllocationState.Approved ? _openOf(allocationId) : 0;
        return (state, _funds[allocation.link].id, allocation.amount, unspentMinor);
    }

    /// @dev What every record of money going to its end has in common; asks for the role.
    function _outgoing(bytes32 recordId, uint8 kind, bytes32 ref, uint64 amountMinor, uint256 words)
        internal
        view
        returns (Entry memory entry)
    {
        entry = _entry(recordId, kind, ref, amountMinor, words);
        entry.actorId = _actor(_organisationOf(ref), Roles.ALLOCATOR);
    }

    /// @dev The entry takes its amount from the approved allocation that it refers to.
    function _useAllocation(Entry memory entry) internal view {
        bytes32 allocationId = entry.ref;
        entry.fundNo = _requireAllocation(allocationId, AllocationState.Approved).link;
        entry.parentId = allocationId;
        uint64 unspentMinor = _openOf(allocationId);
        if (entry.amountMinor > unspentMinor) revert AllocationExceeded(allocationId, entry.amountMinor, unspentMinor);
    }

    function _requireAllocation(bytes32 allocationId, AllocationState required) private view returns (Record storage allocation) {
        allocation = _require(allocationId, ALLOCATION);
        AllocationState current = AllocationState(allocation.state);
        if (current != required) revert AllocationUnexpectedState(allocationId, current, required);
    }

    /// @dev Whether this very person closed or cancelled it before.
    function _isEndedBy(bytes32 allocationId, uint24 actorId, AllocationState state) private view returns (bool) {
        return _details[allocationId].closerId == actorId && _records[allocationId].state & ~REVERSED == uint8(state);
    }
}
