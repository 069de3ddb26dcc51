// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {IConsignmentLedger} from "./interfaces/IConsignmentLedger.sol";
import {IDiscrepancies} from "./interfaces/IDiscrepancies.sol";
import {INeedLedger} from "./interfaces/INeedLedger.sol";
import {ISupplyLedger} from "./interfaces/ISupplyLedger.sol";

/// @title ConsignmentRecords
/// @notice What the ledger of consignments keeps, and how a quantity of a line moves; see {IConsignmentLedger}.
abstract contract ConsignmentRecords is IConsignmentLedger, LedgerContract {
    /// @dev The counters are of records in effect; the state is computed from them, so that taking one out of effect needs no history.
    /// @param openLines Lines with something outstanding. @param sentBack Returns of its goods.
    /// @param adjustments Of the quantities dispatched; a receipt has its own.
    struct Consignment {
        bytes32 fromFacilityId;
        bytes32 toFacilityId;
        bytes32 returnOfId;
        uint24 carrierId;
        uint24 custodianId;
        uint24 receiverId;
        uint40 dueAt;
        uint16 lineCount;
        uint16 openLines;
        uint16 receipts;
        uint16 finals;
        uint16 custodies;
        uint16 sentBack;
        uint16 adjustments;
        uint16 writeOffs;
        bool overdueNoted;
    }

    struct Line {
        bytes32 lotId;
        bytes32 allocationId;
        uint64 dispatched;
        uint64 good;
        uint64 damaged;
        uint64 lost;
        uint64 over;
        uint64 writtenOff;
    }

    /// @dev What one receipt states of one line, corrections included.
    struct Count {
        uint64 good;
        uint64 damaged;
        uint64 lost;
        uint64 over;
    }

    /// @dev What of one lot came in good condition with a consignment, and what of it went back.
    struct Returnable {
        uint64 good;
        uint64 returned;
    }

    struct Adjustment {
        bytes32 recordId;
        uint16 lineNo;
        uint8 field;
        int64 delta;
    }

    struct WriteOff {
        uint16 lineNo;
        uint64 quantity;
    }

    uint256 internal constant CONSIGNMENT_LINES_MAX = 75;

    /// @dev Kinds of record. What the shared slot holds besides author, state and tag:
    /// custody: `amount` its place in the chain, `link` who had it before; receipt: `link` 1 if final, `reduced` its adjustments.
    uint8 internal constant CONSIGNMENT = 1;
    uint8 internal constant CUSTODY = 2;
    uint8 internal constant RECEIPT = 3;
    uint8 internal constant ADJUSTMENT = 4;
    uint8 internal constant WRITE_OFF = 5;

    /// @dev States of a record.
    uint8 internal constant IN_EFFECT = 1;
    uint8 internal constant VOIDED = 2;
    uint8 internal constant REVERSED = 3;

    /// @dev Quantities of a receipt's line that a correction may name.
    uint8 internal constant GOOD = 0;
    uint8 internal constant DAMAGED = 1;
    uint8 internal constant LOST = 2;
    uint8 internal constant OVER = 3;

    mapping(bytes32 consignmentId => Consignment) internal _consignments;
    mapping(bytes32 consignmentId => mapping(uint16 lineNo => Line)) internal _lines;
    mapping(bytes32 consignmentId => mapping(bytes32 lotId => Returnable)) internal _returnable;
    mapping(bytes32 consignmentId => bytes10) internal _voidTags;
    /// @dev Of custodies, receipts, adjustments and write-offs.
    mapping(bytes32 recordId => bytes32 consignmentId) internal _consignmentIds;
    mapping(bytes32 receiptId => mapping(uint16 lineNo => Count)) internal _counts;
    mapping(bytes32 adjustmentId => Adjustment) internal _adjustments;
    mapping(bytes32 discrepancyId => WriteOff) internal _writeOffs;
    /// @dev What is in effect of the lots that came over.
    mapping(bytes32 lotId => uint64) internal _overQuantities;

    /*//////////////////////////////////////////////////////////////
                                READ-ONLY
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IConsignmentLedger
    function consignmentOf(bytes32 consignmentId)
        external
        view
        returns (ConsignmentState state, bytes32 fromFacilityId, bytes32 toFacilityId, uint24 dispatcherId, uint24 carrierId, uint40 dueAt, uint16 lines)
    {
        Consignment storage consignment = _consignments[consignmentId];
        state = _stateOf(consignmentId);
        fromFacilityId = consignment.fromFacilityId;
        toFacilityId = consignment.toFacilityId;
        if (state != ConsignmentState.None) dispatcherId = _records[consignmentId].authorId;
        carrierId = consignment.carrierId;
        dueAt = consignment.dueAt;
        lines = consignment.lineCount;
    }

    /// @inheritdoc IConsignmentLedger
    function lineOf(bytes32 consignmentId, uint16 lineNo)
        external
        view
        returns (bytes32 lotId, uint64 dispatched, uint64 good, uint64 damaged, uint64 lost, uint64 over, uint64 writtenOff)
    {
        Line storage line = _lines[consignmentId][lineNo];
        return (line.lotId, line.dispatched, line.good, line.damaged, line.lost, line.over, line.writtenOff);
    }

    /// @inheritdoc IConsignmentLedger
    function receiptLineOf(bytes32 receiptId, uint16 lineNo) external view returns (uint64 good, uint64 damaged, uint64 lost, uint64 over) {
        Count storage count = _counts[receiptId][lineNo];
        return (count.good, count.damaged, count.lost, count.over);
    }

    /// @inheritdoc IConsignmentLedger
    function outstandingOf(bytes32 consignmentId, uint16 lineNo) external view returns (uint64 outstanding) {
        return _outstanding(_lines[consignmentId][lineNo]);
    }

    /// @inheritdoc IConsignmentLedger
    function possessorOf(bytes32 consignmentId) external view returns (uint24 possessorId) {
        Consignment storage consignment = _consignments[consignmentId];
        return consignment.openLines == 0 ? consignment.receiverId : consignment.custodianId;
    }

    /// @inheritdoc IConsignmentLedger
    function overLotIdOf(bytes32 recordId, uint16 lineNo) external pure returns (bytes32 lotId) {
        return _overLotId(recordId, lineNo);
    }

    /*//////////////////////////////////////////////////////////////
                                  STATE
    //////////////////////////////////////////////////////////////*/

    function _stateOf(bytes32 consignmentId) internal view returns (ConsignmentState) {
        Record storage record = _records[consignmentId];
        if (record.kind != CONSIGNMENT) return ConsignmentState.None;
        if (record.state == VOIDED) return ConsignmentState.Voided;
        if (record.state == REVERSED) return ConsignmentState.Reversed;
        Consignment storage consignment = _consignments[consignmentId];
        if (consignment.openLines == 0 || consignment.finals != 0) return ConsignmentState.Received;
        return consignment.receipts == 0 ? ConsignmentState.Dispatched : ConsignmentState.PartlyReceived;
    }

    /// @dev A record in effect from now on; what `amount` and `link` are depends on its kind.
    function _keep(bytes32 recordId, uint8 kind, uint56 amount, uint24 link, uint24 authorId, bytes10 tag) internal {
        _records[recordId] =
            Record({amount: amount, reduced: 0, link: link, authorId: authorId, kind: kind, state: IN_EFFECT, tag: tag});
    }

    function _requireConsignment(bytes32 consignmentId) internal view returns (Consignment storage consignment) {
        if (_records[consignmentId].kind != CONSIGNMENT) revert RecordUnknown(consignmentId);
        return _consignments[consignmentId];
    }

    /// @dev Neither voided nor reversed.
    function _requireInEffect(bytes32 consignmentId) internal view {
        if (_records[consignmentId].state != IN_EFFECT) revert ConsignmentUnexpectedState(consignmentId, _stateOf(consignmentId));
    }

    function _requireLine(bytes32 consignmentId, uint16 lineNo) internal view returns (Line storage line) {
        if (lineNo >= _consignments[consignmentId].lineCount) revert LineUnknown(consignmentId, lineNo);
        return _lines[consignmentId][lineNo];
    }

    function _outstanding(Line storage line) internal view returns (uint64) {
        // Each quantity is at most 2^53-1, so their sum fits.
        return line.dispatched - (line.good + line.damaged + line.lost) - line.writtenOff;
    }

    function _overLotId(bytes32 recordId, uint16 lineNo) internal pure returns (bytes32) {
        return bytes32(bytes4(recordId)) | (keccak256(abi.encode(recordId, lineNo)) >> 32);
    }

    /*//////////////////////////////////////////////////////////////
                               QUANTITIES
    //////////////////////////////////////////////////////////////*/

    /// @dev Adds to what a receipt states of a line: out of transit, into the receiving facility or lost.
    /// @param statement What is added to good, damaged and lost; over comes through {_addOver}.
    function _addCount(bytes32 consignmentId, bytes32 receiptId, uint16 lineNo, Count memory statement) internal {
        uint256 received = uint256(statement.good) + statement.damaged + statement.lost;
        if (received == 0) return;
        Consignment storage consignment = _consignments[consignmentId];
        Line storage line = _lines[consignmentId][lineNo];
        uint64 outstanding = _outstanding(line);
        if (received > outstanding) {
            revert ReceiptExceedsDispatch(consignmentId, lineNo, received > type(uint64).max ? type(uint64).max : uint64(received), outstanding);
        }
        Count storage count = _counts[receiptId][lineNo];
        count.good += statement.good;
        count.damaged += statement.damaged;
        count.lost += statement.lost;
        line.good += statement.good;
        line.damaged += statement.damaged;
        line.lost += statement.lost;
        _returnable[consignmentId][line.lotId].good += statement.good;
        if (received == outstanding) consignment.openLines -= 1;
        _supply().arrive(line.lotId, consignment.toFacilityId, statement.good, statement.damaged, statement.lost);
    }

    /// @dev Takes back from what a receipt states of a line: into transit again. What already went on is a shortage, not a refusal.
    function _subtractCount(bytes32 consignmentId, bytes32 receiptId, uint16 lineNo, Count memory statement)
        internal
        returns (uint64 goodShortage, uint64 damagedShortage)
    {
        if (statement.good == 0 && statement.damaged == 0 && statement.lost == 0) return (0, 0);
        Consignment storage consignment = _consignments[consignmentId];
        Line storage line = _lines[consignmentId][lineNo];
        if (_outstanding(line) == 0) consignment.openLines += 1;
        Count storage count = _counts[receiptId][lineNo];
        count.good -= statement.good;
        count.damaged -= statement.damaged;
        count.lost -= statement.lost;
        line.good -= statement.good;
        line.damaged -= statement.damaged;
        line.lost -= statement.lost;
        _returnable[consignmentId][line.lotId].good -= statement.good;
        // One call a kind, so that the shortage is known to be of that kind.
        if (statement.good != 0) goodShortage = _supply().unarrive(line.lotId, consignment.toFacilityId, statement.good, 0, 0);
        if (statement.damaged != 0) damagedShortage = _supply().unarrive(line.lotId, consignment.toFacilityId, 0, statement.damaged, 0);
        if (statement.lost != 0) _supply().unarrive(line.lotId, consignment.toFacilityId, 0, 0, statement.lost);
    }

    /// @dev A box too many becomes a found lot of its own, named after the receipt or adjustment that states it.
    function _addOver(bytes32 consignmentId, bytes32 receiptId, bytes32 statedIn, uint16 lineNo, uint64 quantity, uint24 actorId) internal {
        Line storage line = _lines[consignmentId][lineNo];
        bytes32 lotId = _overLotId(statedIn, lineNo);
        line.over = _sum(statedIn, line.over, quantity);
        _counts[receiptId][lineNo].over += quantity;
        _overQuantities[lotId] = quantity;
        _supply().commissionOver(lotId, statedIn, line.lotId, _consignments[consignmentId].toFacilityId, quantity, actorId);
    }

    /// @dev Loads one line: what its allocation set aside, or what a return sends back, goes into transit. A correction tells what
    /// was loaded then: whatever became of allocation, lot and stock since, it is not refused, and what is missing is a shortage.
    function _load(bytes32 consignmentId, uint16 lineNo, uint64 quantity, bool isCorrection) internal returns (uint64 shortage) {
        Consignment storage consignment = _consignments[consignmentId];
        Line storage line = _lines[consignmentId][lineNo];
        if (_outstanding(line) == 0) consignment.openLines += 1;
        line.dispatched = _sum(consignmentId, line.dispatched, quantity);
        bytes32 fromFacilityId = consignment.fromFacilityId;
        bool isReturn = consignment.returnOfId != 0;
        uint64 reserved;
        if (!isReturn) {
            INeedLedger needs = INeedLedger(_part("NeedLedger"));
            if (isCorrection) reserved = needs.correctConsumption(line.allocationId, quantity);
            else needs.consumeAllocation(line.allocationId, line.lotId, fromFacilityId, consignment.toFacilityId, quantity);
        } else {
            Returnable storage returnable = _returnable[consignment.returnOfId][line.lotId];
            uint64 free = returnable.good > returnable.returned ? returnable.good - returnable.returned : 0;
            if (quantity > free) revert ReturnExceedsReceipt(consignmentId, lineNo, quantity, free);
            returnable.returned += quantity;
        }
        if (isCorrection) return _supply().correctShipment(line.lotId, fromFacilityId, quantity, reserved);
        _supply().ship(line.lotId, fromFacilityId, quantity, !isReturn);
    }

    /// @dev Takes back from what was loaded: into the sending facility again, set aside if its allocation still stands.
    function _unload(bytes32 consignmentId, uint16 lineNo, uint64 quantity) internal {
        Consignment storage consignment = _consignments[consignmentId];
        Line storage line = _lines[consignmentId][lineNo];
        uint64 outstanding = _outstanding(line);
        if (quantity > outstanding) revert ReceiptExceedsDispatch(consignmentId, lineNo, quantity, outstanding);
        line.dispatched -= quantity;
        if (quantity == outstanding) consignment.openLines -= 1;
        bool reserved = consignment.returnOfId == 0;
        _supply().unship(line.lotId, consignment.fromFacilityId, quantity, reserved);
        if (reserved) INeedLedger(_part("NeedLedger")).restoreAllocation(line.allocationId, quantity);
        else _returnable[consignment.returnOfId][line.lotId].returned -= quantity;
    }

    /// @dev Everything on board goes back to the sending facility, if nothing stands on the consignment.
    function _unloadAll(bytes32 consignmentId, Consignment storage consignment) internal {
        uint32 dependents =
            uint32(consignment.receipts) + consignment.custodies + consignment.sentBack + consignment.adjustments + consignment.writeOffs;
        if (dependents != 0) revert HasDependents(consignmentId, dependents);
        for (uint16 lineNo = 0; lineNo < consignment.lineCount; ++lineNo) {
            uint64 quantity = _lines[consignmentId][lineNo].dispatched;
            if (quantity != 0) _unload(consignmentId, lineNo, quantity);
        }
        if (consignment.returnOfId != 0) _consignments[consignment.returnOfId].sentBack -= 1;
    }

    /*//////////////////////////////////////////////////////////////
                              DISCREPANCIES
    //////////////////////////////////////////////////////////////*/

    /// @dev The sending facility's organisation has to answer for what is damaged, lost, over or missing on the way.
    function _open(IDiscrepancies.Kind kind, bytes32 consignmentId, bytes32 subjectId, uint16 lineNo, uint64 quantity, uint24 actorId) internal {
        if (quantity == 0) return;
        _discrepancies().open(kind, _organisationOf(consignmentId), subjectId, lineNo, quantity, actorId);
    }

    /// @dev The receiving facility's organisation has to answer for what went on although it never came.
    function _openShortage(bytes32 consignmentId, bytes32 subjectId, uint16 lineNo, uint64 quantity, uint24 actorId) internal {
        if (quantity == 0) return;
        uint32 organisationId = _organisationOf(_consignments[consignmentId].toFacilityId);
        _discrepancies().open(IDiscrepancies.Kind.Shortage, organisationId, subjectId, lineNo, quantity, actorId);
    }

    /// @dev After a final count, or once it was noted as overdue, whatever is outstanding is a discrepancy: one a line, opened again
    /// if it was resolved too early or its quantity is another.
    function _openOutstanding(bytes32 consignmentId, uint16 lineNo, uint24 actorId) internal {
        Consignment storage consignment = _consignments[consignmentId];
        if (consignment.finals == 0 && !consignment.overdueNoted) return;
        IDiscrepancies.Kind kind = consignment.finals == 0 ? IDiscrepancies.Kind.Overdue : IDiscrepancies.Kind.Outstanding;
        _open(kind, consignmentId, consignmentId, lineNo, _outstanding(_lines[consignmentId][lineNo]), actorId);
    }

    /*//////////////////////////////////////////////////////////////
                               OTHER PARTS
    //////////////////////////////////////////////////////////////*/

    function _supply() internal view returns (ISupplyLedger) {
        return ISupplyLedger(_part("SupplyLedger"));
    }

    function _discrepancies() internal view returns (IDiscrepancies) {
        return IDiscrepancies(_part("Discrepancies"));
    }
}
