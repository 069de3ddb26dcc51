// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title IConsignmentLedger
/// @notice Goods on the way: dispatched, in somebody's custody, received in one or more counts (R11).
///
///   None --dispatch--> Dispatched --receive--> PartlyReceived --receive(final), or nothing outstanding--> Received
///             \--void (nothing received)--> Voided
///
/// Per line: outstanding = dispatched - (good + damaged + lost) - writtenOff, never below zero.
interface IConsignmentLedger is IRecords, ICorrectable {
    enum ConsignmentState { None, Dispatched, PartlyReceived, Received, Voided }
    enum Completeness { Verified, Inferred }

    /// @param allocationId The approved goods allocation it carries out; zero only in a return.
    struct DispatchLine { bytes32 lotId; uint64 quantity; bytes32 allocationId; }
    struct ReceiptLine { uint16 lineNo; uint64 good; uint64 damaged; uint64 lost; uint64 over; }

    /// @param carrierId Zero: collected by the receiver. @param returnOfId The consignment whose goods go back, or zero. @param dueAt Unix seconds.
    event ConsignmentDispatched(
        bytes32 indexed consignmentId, bytes32 indexed fromFacilityId, uint24 indexed actorId, bytes32 toFacilityId, uint24 carrierId, uint40 dueAt,
        bytes32 returnOfId, bytes32 waybillDigest, DispatchLine[] lines
    );
    event CustodyAccepted(bytes32 indexed custodyId, bytes32 indexed consignmentId, uint24 indexed actorId, bytes32 contentDigest);
    event ConsignmentReceived(
        bytes32 indexed receiptId, bytes32 indexed consignmentId, uint24 indexed actorId, bool isFinal, Completeness completeness, bytes32 contentDigest, ReceiptLine[] lines
    );
    event DispatchVoided(bytes32 indexed consignmentId, bytes32 indexed fromFacilityId, uint24 indexed actorId, bytes32 contentDigest);
    event OverdueNoted(bytes32 indexed consignmentId, bytes32 indexed toFacilityId, uint24 indexed actorId);
    event OutstandingWrittenOff(bytes32 indexed discrepancyId, bytes32 indexed consignmentId, uint24 indexed actorId, uint16 lineNo, uint64 quantity);
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, uint16 lineNo, uint8 field, int64 delta, uint64 shortage);
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    error ConsignmentUnexpectedState(bytes32 consignmentId, ConsignmentState current);
    error ReceiptExceedsDispatch(bytes32 consignmentId, uint16 lineNo, uint64 received, uint64 outstanding);
    error LineUnknown(bytes32 consignmentId, uint16 lineNo);
    error AllocationRequired(bytes32 consignmentId, uint16 lineNo);
    error NotCarrier(bytes32 consignmentId, uint24 personId, uint24 carrierId);
    error NotOverdue(bytes32 consignmentId, uint40 dueAt);
    error ReceiptEmpty(bytes32 receiptId);

    /// @notice DISPATCHER of the sending facility's organisation.
    function dispatch(
        bytes32 consignmentId, bytes32 fromFacilityId, bytes32 toFacilityId, uint24 carrierId, uint40 dueAt, bytes32 returnOfId, bytes32 waybillDigest, DispatchLine[] calldata lines
    ) external;
    /// @notice CARRIER: the person named in the dispatch, or the next in the chain of custody.
    function acceptCustody(bytes32 custodyId, bytes32 consignmentId, bytes32 contentDigest) external;
    /// @notice CONSIGNEE bound to the receiving facility; never the dispatcher (R17).
    function receiveConsignment(bytes32 receiptId, bytes32 consignmentId, bool isFinal, Completeness completeness, bytes32 contentDigest, ReceiptLine[] calldata lines) external;
    function voidDispatch(bytes32 consignmentId, bytes32 contentDigest) external;
    /// @notice Anybody with an account: the due date has passed and something is outstanding; opens the discrepancy.
    function noteOverdue(bytes32 consignmentId) external;
    /// @notice Only Discrepancies, when two persons resolved one as written off.
    function writeOff(bytes32 discrepancyId, bytes32 consignmentId, uint16 lineNo, uint24 actorId) external;

    function consignmentOf(bytes32 consignmentId)
        external view returns (ConsignmentState state, bytes32 fromFacilityId, bytes32 toFacilityId, uint24 dispatcherId, uint24 carrierId, uint40 dueAt, uint16 lines);
    function lineOf(bytes32 consignmentId, uint16 lineNo)
        external view returns (bytes32 lotId, uint64 dispatched, uint64 good, uint64 damaged, uint64 lost, uint64 over, uint64 writtenOff);
    function outstandingOf(bytes32 consignmentId, uint16 lineNo) external view returns (uint64);
    /// @return possessorId The person who has it now (zero: the sending facility until custody is taken).
    function possessorOf(bytes32 consignmentId) external view returns (uint24 possessorId);
}
