// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title INeedLedger
/// @notice What facilities ask for, and which lots are set aside for whom. Flags are computed here, never given (R9, R10).
///
///   need:              None --publish--> Published --approve[ALLOCATION_APPROVER, another person]--> Approved
///   goods allocation:  None --propose[ALLOCATOR]--> Proposed --approve[ALLOCATION_APPROVER]--> Approved --release--> Released
///                                                       \--------cancel[either]--------> Cancelled
interface INeedLedger is IRecords, ICorrectable {
    enum NeedState { None, Published, Approved }
    enum GoodsAllocationState { None, Proposed, Approved, Cancelled, Released }

    /// @param quantity Zero: asked, number not given.
    struct NeedLine { bytes32 needId; bytes32 facilityId; bytes32 itemId; uint64 quantity; bytes32 contentDigest; }
    /// @param needId Zero: allocated without a request; then `reasonDigest` must not be zero.
    struct GoodsAllocationLine {
        bytes32 allocationId; bytes32 lotId; bytes32 fromFacilityId; bytes32 toFacilityId; bytes32 needId; uint64 quantity; bytes32 reasonDigest;
    }

    /// @param repeated This facility asked for this item before: flagged, not added up.
    event NeedPublished(bytes32 indexed needId, bytes32 indexed facilityId, uint24 indexed actorId, bytes32 itemId, uint64 quantity, bool repeated, bytes32 contentDigest);
    event NeedApproved(bytes32 indexed needId, bytes32 indexed facilityId, uint24 indexed actorId, uint64 quantity);
    event GoodsAllocationProposed(
        bytes32 indexed allocationId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 fromFacilityId, bytes32 toFacilityId, bytes32 needId, uint64 quantity, bytes32 reasonDigest
    );
    /// @param flags Bit 0: ALLOCATION_WITHOUT_REQUEST. Bit 1: OVER_COVERAGE.
    event GoodsAllocationApproved(bytes32 indexed allocationId, bytes32 indexed lotId, uint24 indexed actorId, uint8 flags);
    event GoodsAllocationCancelled(bytes32 indexed allocationId, bytes32 indexed lotId, uint24 indexed actorId);
    /// @notice What was not dispatched of an approved allocation is free again.
    event GoodsAllocationReleased(bytes32 indexed allocationId, bytes32 indexed lotId, uint24 indexed actorId, uint64 quantity);
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, int64 delta);
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    error NeedUnexpectedState(bytes32 needId, NeedState current, NeedState required);
    error GoodsAllocationUnexpectedState(bytes32 allocationId, GoodsAllocationState current, GoodsAllocationState required);
    error ReasonMissing(bytes32 allocationId);
    error ItemMismatch(bytes32 recordId, bytes32 itemId, bytes32 required);
    error AllocationExceeded(bytes32 allocationId, uint64 requested, uint64 remaining);
    error WrongFacility(bytes32 recordId, bytes32 facilityId, bytes32 required);

    /// @notice CONSIGNEE of the facility, or INTAKE_CLERK / IMPORTER of `organisationId`; ids are of `organisationId`.
    function publishNeeds(uint32 organisationId, NeedLine[] calldata lines) external;
    function approveNeed(bytes32 needId, uint64 quantity) external;
    function proposeGoodsAllocations(GoodsAllocationLine[] calldata lines) external;
    function approveGoodsAllocation(bytes32 allocationId) external;
    function cancelGoodsAllocation(bytes32 allocationId) external;
    function releaseGoodsAllocation(bytes32 allocationId) external;
    /// @notice Only the part that keeps consignments: takes `quantity` out of an approved allocation for a dispatch.
    function consumeAllocation(bytes32 allocationId, bytes32 lotId, bytes32 fromFacilityId, bytes32 toFacilityId, uint64 quantity) external;
    /// @notice Only the part that keeps consignments: a dispatch was voided or declared not to have occurred.
    function restoreAllocation(bytes32 allocationId, uint64 quantity) external;

    function needOf(bytes32 needId) external view returns (NeedState state, bytes32 facilityId, bytes32 itemId, uint64 quantity, uint64 allocated);
    function goodsAllocationOf(bytes32 allocationId) external view returns (GoodsAllocationState state, bytes32 lotId, uint64 quantity, uint64 remaining, uint8 flags);
}
