// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title IConsignmentLedger
/// @notice Goods on the way: dispatched, in somebody's custody, received in one or more counts (R11).
///
///   None --dispatch[DISPATCHER]--> Dispatched --receive[CONSIGNEE]--> PartlyReceived
///                                      |                                  \--a final count, or nothing outstanding--> Received
///                                      |--void[DISPATCHER] (no count, no custody)--> Voided (final)
///                                      \--declared not to have occurred--> Reversed (final)
///
/// The state is computed from the records in effect: taking a count out of effect takes the consignment back. A consignment that
/// is Received may still be counted again: what was outstanding is found later, or a box too many turns up.
///
/// Per line, at every block:
///   outstanding = dispatched - (good + damaged + lost) - writtenOff, never below zero.
/// What came over and above the dispatch is outside this equation: it is a found lot in quarantine at the receiving facility.
///
/// What Corrections can do here. Out of effect, newest first ({HasDependents}): a consignment on which nothing stands, the last
/// custody, a receipt without adjustments, an adjustment, a write-off (by its discrepancy's id). By a difference: a receipt's
/// quantity (field 0 good, 1 damaged, 2 lost, 3 over), not below zero ({AdjustmentBelowZero}) nor above what is outstanding
/// ({ReceiptExceedsDispatch}); the quantity dispatched (field 0), lowered by at most what is outstanding, raised whatever became of
/// its allocation and lot since, in a return by at most what was received. Goods that went on from where they were counted, or
/// that are no longer where they were dispatched from, become a shortage with a discrepancy. Anything else is {NotCorrectable}.
///
/// A consignment's id belongs to the sending facility's organisation, a receipt's to the receiving facility's. Lines are numbered
/// from 0. Quantities are integers in the unit of the lot's item. A consignment has at most 75 lines, so
/// that its dispatch, a count of every line and the correction of either fit into a transaction. A count with damaged, lost and
/// over on many lines may need two.
interface IConsignmentLedger is IRecords, ICorrectable {
    enum ConsignmentState { None, Dispatched, PartlyReceived, Received, Voided, Reversed }

    /// @dev Verified: the receiver counted (EPCIS completeness_verified). Inferred: only the label of the whole was read.
    enum Completeness { Verified, Inferred }

    /// @param lotId The lot shipped. @param quantity How much of it, in the unit of its item.
    /// @param allocationId The approved goods allocation that the line carries out; zero in a return, and only there.
    struct DispatchLine { bytes32 lotId; uint64 quantity; bytes32 allocationId; }

    /// @param lineNo The consignment's line. @param good Arrived and usable. @param damaged Arrived, and quarantined.
    /// @param lost Known not to arrive any more. @param over Arrived above what the dispatch says: quarantined as a found lot.
    struct ReceiptLine { uint16 lineNo; uint64 good; uint64 damaged; uint64 lost; uint64 over; }

    /// @param lineNo The consignment's line. @param good What of its good quantity had gone on already and is missing now.
    /// @param damaged What of its damaged quantity.
    struct LineShortage { uint16 lineNo; uint64 good; uint64 damaged; }

    /*//////////////////////////////////////////////////////////////
                                 EVENTS
    //////////////////////////////////////////////////////////////*/

    /// @notice Emitted when goods leave a facility: each line's quantity is in transit from now on.
    /// @param consignmentId The consignment. @param fromFacilityId The facility it leaves. @param actorId The dispatcher.
    /// @param toFacilityId The facility it goes to. @param carrierId The carrier's person; zero: collected by the receiver.
    /// @param dueAt Unix seconds by which it should have arrived; zero: no such date. @param returnOfId The consignment whose goods
    /// go back with this one, or zero. @param waybillDigest Digest of the waybill. @param lines What was loaded, in order.
    event ConsignmentDispatched(
        bytes32 indexed consignmentId, bytes32 indexed fromFacilityId, uint24 indexed actorId, bytes32 toFacilityId, uint24 carrierId, uint40 dueAt,
        bytes32 returnOfId, bytes32 waybillDigest, DispatchLine[] lines
    );

    /// @notice Emitted when the goods change hands on their way: the actor has them from now on.
    /// @param custodyId The hand-over. @param consignmentId What was handed over. @param actorId Who has it now.
    /// @param contentDigest Digest of the hand-over's content.
    event CustodyAccepted(bytes32 indexed custodyId, bytes32 indexed consignmentId, uint24 indexed actorId, bytes32 contentDigest);

    /// @notice Emitted when the receiver states a count. Counts add up.
    /// @param receiptId The count. @param consignmentId What was counted. @param actorId The receiver. @param isFinal The receiver
    /// expects no more. @param completeness Whether the goods were counted or their label read. @param contentDigest Digest of the
    /// receipt's content. @param lines What was found, per line of the consignment.
    event ConsignmentReceived(
        bytes32 indexed receiptId, bytes32 indexed consignmentId, uint24 indexed actorId, bool isFinal, Completeness completeness, bytes32 contentDigest, ReceiptLine[] lines
    );

    /// @notice Emitted when a dispatch is cancelled before anything of it was handed over: the goods stand reserved again.
    /// @param consignmentId The consignment. @param fromFacilityId Where the goods still are. @param actorId The dispatcher.
    /// @param contentDigest Digest of the reason.
    event DispatchVoided(bytes32 indexed consignmentId, bytes32 indexed fromFacilityId, uint24 indexed actorId, bytes32 contentDigest);

    /// @notice Emitted when somebody noted that the due date has passed and something is outstanding.
    /// @param consignmentId The consignment. @param toFacilityId Where it should have arrived. @param actorId Who noted it.
    event OverdueNoted(bytes32 indexed consignmentId, bytes32 indexed toFacilityId, uint24 indexed actorId);

    /// @notice Emitted when two persons wrote off something outstanding on a line: it is lost from now on.
    /// @param discrepancyId The discrepancy that they resolved. @param consignmentId The consignment. @param actorId The second of
    /// them. @param lineNo The line. @param quantity What they agreed on, or what was still outstanding of it.
    event OutstandingWrittenOff(bytes32 indexed discrepancyId, bytes32 indexed consignmentId, uint24 indexed actorId, uint16 lineNo, uint64 quantity);

    /// @notice Emitted when a correction posts a difference under a new id.
    /// @param adjustmentId The difference. @param recordId The receipt or consignment corrected. @param actorId Who approved it.
    /// @param lineNo The consignment's line. @param field In a receipt: 0 good, 1 damaged, 2 lost, 3 over. In a consignment: 0, the
    /// quantity dispatched. @param delta What it changed by. @param shortage What of it had already gone on, and is missing now.
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, uint16 lineNo, uint8 field, int64 delta, uint64 shortage);

    /// @notice Emitted when a correction takes a record out of effect: all its quantities go back to where they were before it.
    /// @param recordId A consignment, custody, receipt, adjustment, or the discrepancy behind a write-off. @param ref The consignment
    /// it belongs to (a consignment: itself). @param actorId Who approved it. @param shortages What of the goods had already gone on
    /// from where they are taken back, for the lines with any; a found lot's own shortage is told by the ledger of lots.
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId, LineShortage[] shortages);

    /*//////////////////////////////////////////////////////////////
                                 ERRORS
    //////////////////////////////////////////////////////////////*/

    /// @notice The consignment is not in a state that allows this.
    /// @param consignmentId The consignment. @param current Its state.
    error ConsignmentUnexpectedState(bytes32 consignmentId, ConsignmentState current);

    /// @notice More is stated as received, damaged and lost than is outstanding on the line.
    /// @param consignmentId The consignment. @param lineNo The line. @param received good + damaged + lost of the statement; where a
    /// dispatch is corrected downwards, what it is lowered by. @param outstanding What was outstanding before it.
    error ReceiptExceedsDispatch(bytes32 consignmentId, uint16 lineNo, uint64 received, uint64 outstanding);

    /// @notice The consignment has no such line.
    /// @param consignmentId The consignment. @param lineNo The line named.
    error LineUnknown(bytes32 consignmentId, uint16 lineNo);

    /// @notice A receipt names a line of the consignment at most once.
    /// @param receiptId The receipt. @param lineNo The line named twice.
    error LineRepeated(bytes32 receiptId, uint16 lineNo);

    /// @notice Goods leave a store only on an approved goods allocation, or as a return.
    /// @param consignmentId The consignment. @param lineNo The line without one.
    error AllocationRequired(bytes32 consignmentId, uint16 lineNo);

    /// @notice A line of a return carries out no allocation.
    /// @param consignmentId The return. @param lineNo The line with one.
    error AllocationInReturn(bytes32 consignmentId, uint16 lineNo);

    /// @notice A return goes from the facility that received a consignment to the one that sent it.
    /// @param consignmentId The return. @param returnOfId The consignment named.
    error ReturnMismatch(bytes32 consignmentId, bytes32 returnOfId);

    /// @notice A return takes no more of a lot than was received in good condition with the consignment and not returned yet.
    /// @param consignmentId The return. @param lineNo Its line. @param requested What it would take. @param returnable What it may.
    error ReturnExceedsReceipt(bytes32 consignmentId, uint16 lineNo, uint64 requested, uint64 returnable);

    /// @notice The first to take custody is the carrier that the dispatch names.
    /// @param consignmentId The consignment. @param personId Who tried. @param carrierId Who is named.
    error NotCarrier(bytes32 consignmentId, uint24 personId, uint24 carrierId);

    /// @notice The due date has not passed, or there is none, or nothing is outstanding.
    /// @param consignmentId The consignment. @param dueAt Its due date, Unix seconds; zero for none.
    error NotOverdue(bytes32 consignmentId, uint40 dueAt);

    /// @notice A receipt states at least one line, and no line of it is all zero.
    /// @param receiptId The receipt.
    error ReceiptEmpty(bytes32 receiptId);

    /// @notice There is nothing to write off on the line.
    /// @param consignmentId The consignment. @param lineNo The line.
    error NothingOutstanding(bytes32 consignmentId, uint16 lineNo);

    /// @notice A correction may not lower a quantity below zero.
    /// @param recordId The receipt or consignment. @param lineNo The line. @param delta The correction. @param current The quantity.
    error AdjustmentBelowZero(bytes32 recordId, uint16 lineNo, int64 delta, uint64 current);

    /*//////////////////////////////////////////////////////////////
                                ON THE WAY
    //////////////////////////////////////////////////////////////*/

    /// @notice Records that goods left `fromFacilityId` for `toFacilityId`.
    ///
    /// @dev Emits a {ConsignmentDispatched} event. The same content again changes nothing, whatever became of it since.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the sending facility's organisation, whose number `consignmentId` begins with.
    /// - both facilities must be registered, and both be of an exercise or neither ({ExerciseMixed}).
    /// - `carrierId` must be zero or a registered person.
    /// - 1 .. 75 lines, each 1 .. 2^53-1, each citing an approved goods allocation between the two facilities with as much left;
    ///   or, in a return, none: then the lot must have been received in good condition with `returnOfId` and still be free.
    /// - no lot may be recalled or expired.
    ///
    /// @param consignmentId The new consignment's id. @param fromFacilityId The facility it leaves. @param toFacilityId The facility
    /// it goes to. @param carrierId The carrier's person; zero: collected by the receiver. @param dueAt Unix seconds, or zero.
    /// @param returnOfId The consignment whose goods go back, or zero. @param waybillDigest Digest of the waybill. @param lines What
    /// was loaded.
    function dispatch(
        bytes32 consignmentId, bytes32 fromFacilityId, bytes32 toFacilityId, uint24 carrierId, uint40 dueAt, bytes32 returnOfId, bytes32 waybillDigest, DispatchLine[] calldata lines
    ) external;

    /// @notice Records that the caller has the goods from now on: one possessor at a time, in the order recorded.
    ///
    /// @dev Emits a {CustodyAccepted} event.
    ///
    /// Requirements:
    /// - where the dispatch names a carrier: the caller must hold `CARRIER` in the sending facility's organisation, whose number
    ///   `custodyId` begins with; the first to accept must be the carrier named ({NotCarrier}), later ones may be any other.
    /// - where the receiver collects: the caller must hold `CONSIGNEE` for the receiving facility, whose organisation's number
    ///   `custodyId` begins with, and must not be the dispatcher ({SamePerson}).
    /// - the caller must not have the goods already ({SamePerson}).
    /// - something must be outstanding ({ConsignmentUnexpectedState}).
    ///
    /// @param custodyId The new record's id. @param consignmentId What was handed over. @param contentDigest Digest of its content.
    function acceptCustody(bytes32 custodyId, bytes32 consignmentId, bytes32 contentDigest) external;

    /// @notice Records a count by the receiver. What is good is usable at the receiving facility, what is damaged is quarantined
    /// there, what is lost is lost, what is over is a found lot in quarantine.
    ///
    /// @dev Emits a {ConsignmentReceived} event. Opens a discrepancy per line for damaged, lost and over, about `receiptId`, and,
    /// when the count is final, for what is still outstanding on any line, about `consignmentId`; the sending facility's
    /// organisation has to answer.
    ///
    /// Requirements:
    /// - the caller must hold `CONSIGNEE` for the receiving facility, whose organisation's number `receiptId` begins with.
    /// - the caller must not be the dispatcher, behind whichever account ({SamePerson}).
    /// - the consignment must not be voided or reversed ({ConsignmentUnexpectedState}); a count after the final one is welcome.
    /// - at least one line, none all zero ({ReceiptEmpty}), none named twice ({LineRepeated}).
    /// - good + damaged + lost of a line must not exceed what is outstanding on it ({ReceiptExceedsDispatch}): more than that is over.
    ///
    /// @param receiptId The new receipt's id. @param consignmentId What was counted. @param isFinal The receiver expects no more.
    /// @param completeness Counted, or only the label read. @param contentDigest Digest of the receipt's content. @param lines What
    /// was found.
    function receiveConsignment(bytes32 receiptId, bytes32 consignmentId, bool isFinal, Completeness completeness, bytes32 contentDigest, ReceiptLine[] calldata lines) external;

    /// @notice Cancels a dispatch of which nothing was handed over: the goods stand reserved for their allocations again.
    ///
    /// @dev Emits a {DispatchVoided} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the sending facility's organisation.
    /// - the consignment must be Dispatched ({ConsignmentUnexpectedState}), and no custody, write-off or adjustment may stand on it
    ///   ({HasDependents}).
    ///
    /// @param consignmentId The consignment. @param contentDigest Digest of the reason.
    function voidDispatch(bytes32 consignmentId, bytes32 contentDigest) external;

    /// @notice Notes that the due date has passed and something is outstanding. Noting it again changes nothing.
    ///
    /// @dev Emits an {OverdueNoted} event. Opens a discrepancy for each line with something outstanding, about `consignmentId`.
    ///
    /// Requirements:
    /// - the caller must be a registered person; no role is needed, since the clock says it. Persons of an exercise note what is
    ///   overdue in it, others what is real ({ExerciseMixed}).
    /// - the due date must have passed with something outstanding ({NotOverdue}).
    ///
    /// @param consignmentId The consignment.
    function noteOverdue(bytes32 consignmentId) external;

    /// @notice Writes off what is outstanding on a line, when two persons resolved a discrepancy about it as written off: never
    /// more than both of them saw. What is outstanding beyond it has its discrepancy again.
    ///
    /// @dev Emits an {OutstandingWrittenOff} event; a discrepancy opened again may do so again, adding up. Something found later is
    /// then over and above: a found lot; or the write-off is declared not to have occurred, citing `discrepancyId`.
    ///
    /// Requirements:
    /// - the caller must be the part `Discrepancies`.
    /// - something must be outstanding on the line ({NothingOutstanding}).
    ///
    /// @param discrepancyId The discrepancy. @param consignmentId What it is about. @param lineNo The line. @param agreed The
    /// discrepancy's quantity when the first of the two persons proposed it. @param actorId The second of them.
    function writeOff(bytes32 discrepancyId, bytes32 consignmentId, uint16 lineNo, uint64 agreed, uint24 actorId) external;

    /*//////////////////////////////////////////////////////////////
                                READ-ONLY
    //////////////////////////////////////////////////////////////*/

    /// @notice A consignment as it stands. @param consignmentId The consignment.
    /// @return state None if there is no such one.
    /// @return fromFacilityId Where it left.
    /// @return toFacilityId Where it goes.
    /// @return dispatcherId Who dispatched it.
    /// @return carrierId Who was named to carry it; zero: collected by the receiver.
    /// @return dueAt Unix seconds, or zero.
    /// @return lines How many lines it has.
    function consignmentOf(bytes32 consignmentId)
        external view returns (ConsignmentState state, bytes32 fromFacilityId, bytes32 toFacilityId, uint24 dispatcherId, uint24 carrierId, uint40 dueAt, uint16 lines);

    /// @notice A line with the sums of all counts in effect. @param consignmentId The consignment. @param lineNo The line.
    /// @return lotId The lot.
    /// @return dispatched What left.
    /// @return good Arrived usable.
    /// @return damaged Arrived damaged.
    /// @return lost Stated as lost.
    /// @return over Arrived above the dispatch.
    /// @return writtenOff Written off by resolutions.
    function lineOf(bytes32 consignmentId, uint16 lineNo)
        external view returns (bytes32 lotId, uint64 dispatched, uint64 good, uint64 damaged, uint64 lost, uint64 over, uint64 writtenOff);

    /// @notice What a receipt states about a line, corrections included. @param receiptId The receipt. @param lineNo The line.
    /// @return good Usable.
    /// @return damaged Damaged.
    /// @return lost Lost.
    /// @return over Above the dispatch.
    function receiptLineOf(bytes32 receiptId, uint16 lineNo) external view returns (uint64 good, uint64 damaged, uint64 lost, uint64 over);

    /// @notice What of a line is neither counted nor written off. @param consignmentId The consignment. @param lineNo The line.
    /// @return outstanding In the unit of the lot's item.
    function outstandingOf(bytes32 consignmentId, uint16 lineNo) external view returns (uint64 outstanding);

    /// @notice Who has what is still on its way. @param consignmentId The consignment.
    /// @return possessorId The person who took it last; zero: the sending facility, until somebody takes it. Once nothing is
    /// outstanding, the last receiver.
    function possessorOf(bytes32 consignmentId) external view returns (uint24 possessorId);

    /// @notice The id of the lot under which `recordId` (a receipt, or the adjustment of one) puts what was over on `lineNo`: the
    /// receiving organisation's number, then the first 28 bytes of keccak256(abi.encode(recordId, lineNo)).
    /// @param recordId The receipt or adjustment. @param lineNo The line.
    /// @return lotId The found lot's id.
    function overLotIdOf(bytes32 recordId, uint16 lineNo) external pure returns (bytes32 lotId);
}
