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
///
/// A need belongs to the organisation that publishes it, a goods allocation to that of the sending facility.
interface INeedLedger is IRecords, ICorrectable {
    enum NeedState {
        None,
        Published,
        Approved
    }

    enum GoodsAllocationState {
        None,
        Proposed,
        Approved,
        Cancelled,
        Released
    }

    /// @param quantity Zero: asked, number not given.
    struct NeedLine {
        bytes32 needId;
        bytes32 facilityId;
        bytes32 itemId;
        uint64 quantity;
        bytes32 contentDigest;
    }

    /// @param needId Zero: allocated without a request; then `reasonDigest` must not be zero.
    /// @param purpose What it is for, coded; within the lot's earmark, where that has a purpose.
    /// @param place Where it is for, coded; within the lot's earmark, where that has a place.
    struct GoodsAllocationLine {
        bytes32 allocationId;
        bytes32 lotId;
        bytes32 fromFacilityId;
        bytes32 toFacilityId;
        bytes32 needId;
        bytes16 purpose;
        bytes16 place;
        uint64 quantity;
        bytes32 reasonDigest;
    }

    /// @notice A facility asks for an item.
    /// @param needId Its id.
    /// @param facilityId Who asks.
    /// @param actorId Who recorded it.
    /// @param itemId Which item of a catalogue.
    /// @param quantity Zero: number not given.
    /// @param repeated This facility asked for this item before: flagged, not added up.
    /// @param contentDigest SHA-256 of its canonical content.
    event NeedPublished(
        bytes32 indexed needId,
        bytes32 indexed facilityId,
        uint24 indexed actorId,
        bytes32 itemId,
        uint64 quantity,
        bool repeated,
        bytes32 contentDigest
    );

    /// @notice Another person approves a need.
    /// @param needId The need.
    /// @param facilityId Who asked.
    /// @param actorId Who recorded it.
    /// @param quantity What of it is approved; zero: number not given.
    event NeedApproved(bytes32 indexed needId, bytes32 indexed facilityId, uint24 indexed actorId, uint64 quantity);

    /// @notice One person wants a lot, or a part of it, to go somewhere. Nothing is set aside yet.
    /// @param allocationId Its id.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param fromFacilityId From where.
    /// @param toFacilityId To where.
    /// @param needId The need; zero: none.
    /// @param purpose Coded purpose of the earmark, zero for none.
    /// @param place Coded place of the earmark, zero for none.
    /// @param quantity How much, in the item's unit.
    /// @param reasonDigest SHA-256 of the published reason; zero where a need is the reason.
    event GoodsAllocationProposed(
        bytes32 indexed allocationId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 fromFacilityId,
        bytes32 toFacilityId,
        bytes32 needId,
        bytes16 purpose,
        bytes16 place,
        uint64 quantity,
        bytes32 reasonDigest
    );

    /// @notice Another person approves it: the quantity is set aside.
    /// @param allocationId The allocation.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param flags Bit 0: ALLOCATION_WITHOUT_REQUEST. Bit 1: OVER_COVERAGE.
    event GoodsAllocationApproved(bytes32 indexed allocationId, bytes32 indexed lotId, uint24 indexed actorId, uint8 flags);

    /// @notice A proposed allocation was given up.
    /// @param allocationId The allocation.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    event GoodsAllocationCancelled(bytes32 indexed allocationId, bytes32 indexed lotId, uint24 indexed actorId);

    /// @notice What was not dispatched of an approved allocation is free again.
    /// @param allocationId The allocation.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param quantity How much that was.
    event GoodsAllocationReleased(bytes32 indexed allocationId, bytes32 indexed lotId, uint24 indexed actorId, uint64 quantity);

    /// @notice A correction changed a need's quantity by `delta`. Taken back, it leaves what was approved since as it is.
    /// @param adjustmentId The difference's id.
    /// @param recordId What was adjusted.
    /// @param actorId Who approved the correction.
    /// @param delta What was added; negative when taken away.
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, int64 delta);

    /// @notice A correction took a record out of effect (R15).
    /// @param recordId What is out of effect.
    /// @param ref What it stood on: a facility, a lot, or the adjusted need.
    /// @param actorId Who approved the correction.
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    /// @notice The need is not in the state this action needs.
    /// @param needId The need.
    /// @param current The state it is in.
    /// @param required What it has to be.
    error NeedUnexpectedState(bytes32 needId, NeedState current, NeedState required);

    /// @notice The allocation is not in the state this action needs.
    /// @param allocationId The allocation.
    /// @param current The state it is in.
    /// @param required What it has to be.
    error GoodsAllocationUnexpectedState(bytes32 allocationId, GoodsAllocationState current, GoodsAllocationState required);

    /// @notice Goods that nobody asked for, or whose need is not approved, are allocated with a reason (R10).
    /// @param allocationId The allocation.
    error ReasonMissing(bytes32 allocationId);

    /// @notice The lot is of another item than the need.
    /// @param recordId Its id.
    /// @param itemId The lot's item.
    /// @param required The item it has to be of.
    error ItemMismatch(bytes32 recordId, bytes32 itemId, bytes32 required);

    /// @notice The dispatch is of another lot than the allocation.
    /// @param allocationId The allocation.
    /// @param lotId The dispatch's lot.
    /// @param required The allocation's lot.
    error LotMismatch(bytes32 allocationId, bytes32 lotId, bytes32 required);

    /// @notice The allocation has less left.
    /// @param allocationId The allocation.
    /// @param requested How much was asked for.
    /// @param remaining How much, or how many, is left.
    error AllocationExceeded(bytes32 allocationId, uint64 requested, uint64 remaining);

    /// @notice It goes from or to another facility than the need or the allocation says.
    /// @param recordId Its id.
    /// @param facilityId The facility it names.
    /// @param required The facility it has to be.
    error WrongFacility(bytes32 recordId, bytes32 facilityId, bytes32 required);

    /// @notice The donor gave the lot for another purpose or place than this.
    /// @param lotId Which lot.
    /// @param purpose The purpose that was asked for.
    /// @param place The place that was asked for.
    error EarmarkBroken(bytes32 lotId, bytes16 purpose, bytes16 place);

    /// @notice Publishes what facilities ask for. `organisationId` is whose ids they have.
    ///
    /// @dev Emits {NeedPublished} events.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the organisation; or it is the facilities' own organisation, and
    ///   the caller holds `CONSIGNEE` for each of them.
    /// - the needs must be at most 80.
    function publishNeeds(uint32 organisationId, NeedLine[] calldata lines) external;

    /// @notice Approves a need, or so much of it.
    ///
    /// @dev Emits a {NeedApproved} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATION_APPROVER` in the need's organisation, and not have published it.
    /// - `quantity` must not exceed what was asked; where no number was given, it may be zero or any.
    function approveNeed(bytes32 needId, uint64 quantity) external;

    /// @notice Proposes which lots go where.
    ///
    /// @dev Emits {GoodsAllocationProposed} events.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the sending facility's organisation, in each line the same.
    /// - a need that is named must be in effect, of the receiving facility and of the lot's item.
    /// - the lot's earmark must hold.
    /// - the allocations must be at most 80.
    function proposeGoodsAllocations(GoodsAllocationLine[] calldata lines) external;

    /// @notice Approves a proposed allocation and sets its quantity aside.
    ///
    /// @dev Emits a {GoodsAllocationApproved} event, with the flags as the records are now.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATION_APPROVER` in the allocation's organisation, and not have proposed it.
    /// - so much of the lot must be usable and free at the sending facility, neither recalled nor expired.
    function approveGoodsAllocation(bytes32 allocationId) external;

    /// @notice Gives a proposed allocation up.
    ///
    /// @dev Emits a {GoodsAllocationCancelled} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` or `ALLOCATION_APPROVER` in the allocation's organisation.
    function cancelGoodsAllocation(bytes32 allocationId) external;

    /// @notice Frees what was not dispatched of an approved allocation.
    ///
    /// @dev Emits a {GoodsAllocationReleased} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the allocation's organisation.
    function releaseGoodsAllocation(bytes32 allocationId) external;

    /// @notice Only the part that keeps consignments: takes `quantity` out of an approved allocation for a dispatch.
    function consumeAllocation(
        bytes32 allocationId,
        bytes32 lotId,
        bytes32 fromFacilityId,
        bytes32 toFacilityId,
        uint64 quantity
    ) external;

    /// @notice Only the part that keeps consignments, for a correction: so much more of it was dispatched than was recorded. It
    /// may be released or out of effect by now, or have less left: what went covers the need all the same.
    /// @return reserved How much of it was set aside for this, and is no longer counted as left.
    function correctConsumption(bytes32 allocationId, uint64 quantity) external returns (uint64 reserved);

    /// @notice Only the part that keeps consignments: a dispatch was voided, or not so much went. The stock is set aside again;
    /// what is more than the allocation's quantity, or of one that was released meanwhile, becomes free.
    function restoreAllocation(bytes32 allocationId, uint64 quantity) external;

    /// @return state Where in its life it is; None where it was taken out of effect.
    /// @return facilityId Who asked.
    /// @return itemId For what.
    /// @return quantity What is approved, before that what was asked; zero: number not given.
    /// @return allocated How much of approved allocations cites it and was not given up.
    function needOf(bytes32 needId)
        external
        view
        returns (NeedState state, bytes32 facilityId, bytes32 itemId, uint64 quantity, uint64 allocated);

    /// @return state Where in its life it is; None where it was taken out of effect.
    /// @return lotId Of which lot.
    /// @return quantity How much was proposed.
    /// @return remaining How much of it is set aside and not yet dispatched.
    /// @return flags As they were computed at the approval.
    function goodsAllocationOf(bytes32 allocationId)
        external
        view
        returns (GoodsAllocationState state, bytes32 lotId, uint64 quantity, uint64 remaining, uint8 flags);

    /// @notice How many needs in effect a facility has for an item, and how much is allocated to it for them.
    function demandOf(bytes32 facilityId, bytes32 itemId) external view returns (uint32 needs, uint64 allocated);
}
