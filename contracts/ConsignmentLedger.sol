// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ConsignmentRecords} from "./ConsignmentRecords.sol";
import {LedgerContract} from "./LedgerContract.sol";
import {Roles} from "./Roles.sol";
import {ICatalogue} from "./interfaces/ICatalogue.sol";
import {IConsignmentLedger} from "./interfaces/IConsignmentLedger.sol";
import {ICorrectable} from "./interfaces/ICorrectable.sol";
import {IDiscrepancies} from "./interfaces/IDiscrepancies.sol";
import {IParticipants} from "./interfaces/IParticipants.sol";

/// @title ConsignmentLedger
/// @notice See the documentation in {IConsignmentLedger}.
contract ConsignmentLedger is ConsignmentRecords {
    constructor(address participants) LedgerContract(participants) {}

    /*//////////////////////////////////////////////////////////////
                                DISPATCHES
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IConsignmentLedger
    function dispatch(
        bytes32 consignmentId,
        bytes32 fromFacilityId,
        bytes32 toFacilityId,
        uint24 carrierId,
        uint40 dueAt,
        bytes32 returnOfId,
        bytes32 waybillDigest,
        DispatchLine[] calldata lines
    ) external {
        bytes memory body = abi.encode(toFacilityId, carrierId, dueAt, returnOfId, waybillDigest, lines);
        uint24 actorId = _beginDispatch(consignmentId, fromFacilityId, body);
        if (actorId == 0) return;
        _consignments[consignmentId].carrierId = carrierId;
        _consignments[consignmentId].dueAt = dueAt;
        _setRoute(consignmentId, fromFacilityId, toFacilityId, returnOfId);
        _loadLines(consignmentId, returnOfId, lines);
        _appendOne(ConsignmentDispatched.selector, consignmentId, fromFacilityId, actorId, body);
    }

    /// @inheritdoc IConsignmentLedger
    function voidDispatch(bytes32 consignmentId, bytes32 contentDigest) external {
        Consignment storage consignment = _requireConsignment(consignmentId);
        uint24 actorId = _actor(_organisationOf(consignmentId), Roles.DISPATCHER);
        bytes10 tag = _tagOf(abi.encode(contentDigest));
        Record storage record = _records[consignmentId];
        if (record.state == VOIDED) {
            if (_voidTags[consignmentId] != tag) revert RecordConflict(consignmentId);
            return;
        }
        ConsignmentState state = _stateOf(consignmentId);
        if (state != ConsignmentState.Dispatched) revert ConsignmentUnexpectedState(consignmentId, state);
        _unloadAll(consignmentId, consignment);
        record.state = VOIDED;
        _voidTags[consignmentId] = tag;
        _appendOne(DispatchVoided.selector, consignmentId, consignment.fromFacilityId, actorId, abi.encode(contentDigest));
    }

    /// @dev Role, then whether the id was seen before. Zero: seen with this content, so that nothing is to be done.
    function _beginDispatch(bytes32 consignmentId, bytes32 fromFacilityId, bytes memory body) private returns (uint24 actorId) {
        uint32 organisationId = _organisationOf(fromFacilityId);
        actorId = _actor(organisationId, Roles.DISPATCHER);
        bytes10 tag = _tagOf(abi.encode(fromFacilityId, keccak256(body)));
        if (_isRecorded(consignmentId, CONSIGNMENT, tag)) return 0;
        _requireOwnId(consignmentId, organisationId);
        _keep(consignmentId, CONSIGNMENT, 0, 0, actorId, tag);
    }

    /// @dev Known facilities, a known carrier, one world; and a return goes back to where its goods came from.
    function _setRoute(bytes32 consignmentId, bytes32 fromFacilityId, bytes32 toFacilityId, bytes32 returnOfId) private {
        ICatalogue catalogue = ICatalogue(_part("Catalogue"));
        if (!catalogue.isFacility(fromFacilityId)) revert RecordUnknown(fromFacilityId);
        if (!catalogue.isFacility(toFacilityId)) revert RecordUnknown(toFacilityId);
        _requireSameWorld(consignmentId, toFacilityId);
        Consignment storage consignment = _consignments[consignmentId];
        uint24 carrierId = consignment.carrierId;
        if (carrierId != 0 && _participants.organisationOf(carrierId) == 0) revert IParticipants.PersonUnknown(carrierId);
        consignment.fromFacilityId = fromFacilityId;
        consignment.toFacilityId = toFacilityId;
        if (returnOfId == 0) return;
        consignment.returnOfId = returnOfId;
        Consignment storage original = _requireConsignment(returnOfId);
        _requireInEffect(returnOfId);
        if (original.toFacilityId != fromFacilityId || original.fromFacilityId != toFacilityId) revert ReturnMismatch(consignmentId, returnOfId);
        original.sentBack += 1;
    }

    function _loadLines(bytes32 consignmentId, bytes32 returnOfId, DispatchLine[] calldata lines) private {
        if (lines.length == 0 || lines.length > CONSIGNMENT_LINES_MAX) revert BatchSizeOutOfRange(lines.length, CONSIGNMENT_LINES_MAX);
        _consignments[consignmentId].lineCount = uint16(lines.length);
        for (uint16 lineNo = 0; lineNo < lines.length; ++lineNo) {
            DispatchLine calldata loaded = lines[lineNo];
            _requireAmount(consignmentId, loaded.quantity);
            if (returnOfId == 0 && loaded.allocationId == 0) revert AllocationRequired(consignmentId, lineNo);
            if (returnOfId != 0 && loaded.allocationId != 0) revert AllocationInReturn(consignmentId, lineNo);
            _lines[consignmentId][lineNo].lotId = loaded.lotId;
            _lines[consignmentId][lineNo].allocationId = loaded.allocationId;
            _load(consignmentId, lineNo, loaded.quantity, false);
        }
    }

    /*//////////////////////////////////////////////////////////////
                                 CUSTODY
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IConsignmentLedger
    function acceptCustody(bytes32 custodyId, bytes32 consignmentId, bytes32 contentDigest) external {
        Consignment storage consignment = _requireConsignment(consignmentId);
        bool collected = consignment.carrierId == 0;
        uint32 organisationId = _organisationOf(collected ? consignment.toFacilityId : consignmentId);
        uint24 actorId =
            collected ? _actorFor(organisationId, Roles.CONSIGNEE, consignment.toFacilityId) : _actor(organisationId, Roles.CARRIER);
        bytes10 tag = _tagOf(abi.encode(consignmentId, contentDigest));
        if (_isRecorded(custodyId, CUSTODY, tag)) return;
        _requireOwnId(custodyId, organisationId);
        _requireInEffect(consignmentId);
        if (consignment.openLines == 0) revert ConsignmentUnexpectedState(consignmentId, ConsignmentState.Received);
        if (collected) {
            _requireOther(consignmentId, actorId, _records[consignmentId].authorId);
        } else if (consignment.custodies == 0 && actorId != consignment.carrierId) {
            revert NotCarrier(consignmentId, actorId, consignment.carrierId);
        }
        _requireOther(consignmentId, actorId, consignment.custodianId);

        consignment.custodies += 1;
        _keep(custodyId, CUSTODY, consignment.custodies, consignment.custodianId, actorId, tag);
        _consignmentIds[custodyId] = consignmentId;
        consignment.custodianId = actorId;
        _appendOne(CustodyAccepted.selector, custodyId, consignmentId, actorId, abi.encode(contentDigest));
    }

    /*//////////////////////////////////////////////////////////////
                                 RECEIPTS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IConsignmentLedger
    function receiveConsignment(
        bytes32 receiptId,
        bytes32 consignmentId,
        bool isFinal,
        Completeness completeness,
        bytes32 contentDigest,
        ReceiptLine[] calldata lines
    ) external {
        bytes memory body = abi.encode(isFinal, completeness, contentDigest, lines);
        uint24 actorId = _beginReceipt(receiptId, consignmentId, isFinal, body);
        if (actorId == 0) return;
        if (lines.length == 0) revert ReceiptEmpty(receiptId);
        _appendOne(ConsignmentReceived.selector, receiptId, consignmentId, actorId, body);
        for (uint256 index = 0; index < lines.length; ++index) {
            _receiveLine(receiptId, consignmentId, lines[index], actorId);
        }
        if (!isFinal) return;
        for (uint16 lineNo = 0; lineNo < _consignments[consignmentId].lineCount; ++lineNo) {
            _openOutstanding(consignmentId, lineNo, actorId);
        }
    }

    /// @dev Role, then whether the id was seen before, then who and what state. Zero: seen with this content, nothing is to be done.
    function _beginReceipt(bytes32 receiptId, bytes32 consignmentId, bool isFinal, bytes memory body) private returns (uint24 actorId) {
        Consignment storage consignment = _requireConsignment(consignmentId);
        bytes32 facilityId = consignment.toFacilityId;
        actorId = _actorFor(_organisationOf(facilityId), Roles.CONSIGNEE, facilityId);
        bytes10 tag = _tagOf(abi.encode(consignmentId, keccak256(body)));
        if (_isRecorded(receiptId, RECEIPT, tag)) return 0;
        _requireOwnId(receiptId, _organisationOf(facilityId));
        _requireOther(consignmentId, actorId, _records[consignmentId].authorId);
        _requireInEffect(consignmentId);

        _keep(receiptId, RECEIPT, 0, isFinal ? 1 : 0, actorId, tag);
        _consignmentIds[receiptId] = consignmentId;
        consignment.receiverId = actorId;
        consignment.receipts += 1;
        if (isFinal) consignment.finals += 1;
    }

    function _receiveLine(bytes32 receiptId, bytes32 consignmentId, ReceiptLine calldata stated, uint24 actorId) private {
        if (stated.good == 0 && stated.damaged == 0 && stated.lost == 0 && stated.over == 0) revert ReceiptEmpty(receiptId);
        _requireLine(consignmentId, stated.lineNo);
        Count storage count = _counts[receiptId][stated.lineNo];
        if (count.good != 0 || count.damaged != 0 || count.lost != 0 || count.over != 0) revert LineRepeated(receiptId, stated.lineNo);
        _addCount(consignmentId, receiptId, stated.lineNo, Count({good: stated.good, damaged: stated.damaged, lost: stated.lost, over: 0}));
        if (stated.over != 0) _addOver(consignmentId, receiptId, receiptId, stated.lineNo, stated.over, actorId);
        _open(IDiscrepancies.Kind.Damaged, consignmentId, receiptId, stated.lineNo, stated.damaged, actorId);
        _open(IDiscrepancies.Kind.Lost, consignmentId, receiptId, stated.lineNo, stated.lost, actorId);
        _open(IDiscrepancies.Kind.Over, consignmentId, receiptId, stated.lineNo, stated.over, actorId);
    }

    /*//////////////////////////////////////////////////////////////
                               OUTSTANDING
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IConsignmentLedger
    function noteOverdue(bytes32 consignmentId) external {
        Consignment storage consignment = _requireConsignment(consignmentId);
        uint24 actorId = _participants.requirePerson(msg.sender);
        _requireSameWorld(consignmentId, bytes32(bytes4(_participants.organisationOf(actorId))));
        if (consignment.overdueNoted) return;
        _requireInEffect(consignmentId);
        if (consignment.dueAt == 0 || block.timestamp <= consignment.dueAt || consignment.openLines == 0) {
            revert NotOverdue(consignmentId, consignment.dueAt);
        }
        consignment.overdueNoted = true;
        _appendOne(OverdueNoted.selector, consignmentId, consignment.toFacilityId, actorId, "");
        for (uint16 lineNo = 0; lineNo < consignment.lineCount; ++lineNo) {
            uint64 outstanding = _outstanding(_lines[consignmentId][lineNo]);
            _open(IDiscrepancies.Kind.Overdue, consignmentId, consignmentId, lineNo, outstanding, actorId);
        }
    }

    /// @inheritdoc IConsignmentLedger
    function writeOff(bytes32 discrepancyId, bytes32 consignmentId, uint16 lineNo, uint64 agreed, uint24 actorId)
        external
        onlyPart("Discrepancies")
    {
        Consignment storage consignment = _requireConsignment(consignmentId);
        _requireInEffect(consignmentId);
        Line storage line = _requireLine(consignmentId, lineNo);
        Record storage record = _records[discrepancyId];
        if (record.kind != 0 && record.kind != WRITE_OFF) revert RecordConflict(discrepancyId);
        uint64 outstanding = _outstanding(line);
        if (outstanding == 0) revert NothingOutstanding(consignmentId, lineNo);
        uint64 quantity = agreed < outstanding ? agreed : outstanding;

        // A discrepancy that was opened again may be written off again: the quantities add up under its id.
        if (record.state != IN_EFFECT) {
            _keep(discrepancyId, WRITE_OFF, 0, 0, actorId, 0);
            _consignmentIds[discrepancyId] = consignmentId;
            _writeOffs[discrepancyId] = WriteOff(lineNo, 0);
            consignment.writeOffs += 1;
        }
        _writeOffs[discrepancyId].quantity += quantity;
        line.writtenOff += quantity;
        if (quantity == outstanding) consignment.openLines -= 1;
        _supply().loseInTransit(line.lotId, quantity);
        _appendOne(OutstandingWrittenOff.selector, discrepancyId, consignmentId, actorId, abi.encode(lineNo, quantity));
        _openOutstanding(consignmentId, lineNo, actorId);
    }

    /*//////////////////////////////////////////////////////////////
                               CORRECTIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ICorrectable
    function inEffect(bytes32 recordId) external view returns (bool isInEffect) {
        return _records[recordId].state == IN_EFFECT;
    }

    /// @inheritdoc ICorrectable
    function reverseRecord(bytes32 recordId, uint24 actorId) external onlyPart("Corrections") {
        Record storage record = _records[recordId];
        if (record.state != IN_EFFECT) revert RecordUnknown(recordId);
        bytes32 consignmentId = record.kind == CONSIGNMENT ? recordId : _consignmentIds[recordId];
        Consignment storage consignment = _consignments[consignmentId];
        LineShortage[] memory shortages = new LineShortage[](0);
        if (record.kind == CONSIGNMENT) _unloadAll(consignmentId, consignment);
        else if (record.kind == CUSTODY) _reverseCustody(recordId, record, consignment);
        else if (record.kind == RECEIPT) shortages = _reverseReceipt(recordId, record, consignmentId, actorId);
        else if (record.kind == ADJUSTMENT) shortages = _reverseAdjustment(recordId, consignmentId, actorId);
        else _reverseWriteOff(recordId, consignmentId, actorId);
        record.state = REVERSED;
        _appendOne(RecordReversed.selector, recordId, consignmentId, actorId, abi.encode(shortages));
    }

    /// @inheritdoc ICorrectable
    function adjustRecord(bytes32 recordId, bytes32 adjustmentId, uint16 lineNo, uint8 field, int64 delta, uint24 actorId)
        external
        onlyPart("Corrections")
    {
        bytes10 tag = _tagOf(abi.encode(recordId, lineNo, field, delta));
        if (_isRecorded(adjustmentId, ADJUSTMENT, tag)) {
            if (_records[adjustmentId].state != IN_EFFECT) revert RecordUnknown(adjustmentId);
            return;
        }
        _requireOwnId(adjustmentId, _organisationOf(recordId));
        Record storage record = _records[recordId];
        if (record.state != IN_EFFECT) revert RecordUnknown(recordId);
        bytes32 consignmentId = record.kind == CONSIGNMENT ? recordId : _consignmentIds[recordId];
        bool ofReceipt = record.kind == RECEIPT;
        if (!(ofReceipt && field <= OVER) && !(record.kind == CONSIGNMENT && field == 0)) revert NotCorrectable(recordId);
        _requireAmount(adjustmentId, _magnitude(delta));
        _requireLine(consignmentId, lineNo);

        _keep(adjustmentId, ADJUSTMENT, 0, 0, actorId, tag);
        _consignmentIds[adjustmentId] = consignmentId;
        _adjustments[adjustmentId] = Adjustment(recordId, lineNo, field, delta);
        if (ofReceipt) record.reduced += 1;
        else _consignments[consignmentId].adjustments += 1;
        uint64 shortage = _apply(adjustmentId, _adjustments[adjustmentId], delta, actorId);
        _appendOne(RecordAdjusted.selector, adjustmentId, recordId, actorId, abi.encode(lineNo, field, delta, shortage));
    }

    function _reverseCustody(bytes32 custodyId, Record storage record, Consignment storage consignment) private {
        if (record.amount != consignment.custodies) revert HasDependents(custodyId, uint32(consignment.custodies - record.amount));
        consignment.custodies -= 1;
        consignment.custodianId = record.link;
    }

    function _reverseReceipt(bytes32 receiptId, Record storage record, bytes32 consignmentId, uint24 actorId)
        private
        returns (LineShortage[] memory shortages)
    {
        if (record.reduced != 0) revert HasDependents(receiptId, uint32(record.reduced));
        Consignment storage consignment = _consignments[consignmentId];
        consignment.receipts -= 1;
        if (record.link == 1) consignment.finals -= 1;
        // The last final count is gone: what else is outstanding may be overdue.
        bool isReopened = record.link == 1 && consignment.finals == 0;
        if (consignment.receipts == 0) consignment.receiverId = 0;
        uint16 lineCount = consignment.lineCount;
        shortages = new LineShortage[](lineCount);
        uint256 found;
        for (uint16 lineNo = 0; lineNo < lineCount; ++lineNo) {
            LineShortage memory shortage = _reverseCount(consignmentId, receiptId, lineNo, isReopened, actorId);
            if (shortage.good != 0 || shortage.damaged != 0) shortages[found++] = shortage;
        }
        // Memory-safe: an array only gets shorter.
        assembly ("memory-safe") {
            mstore(shortages, found)
        }
    }

    function _reverseCount(bytes32 consignmentId, bytes32 receiptId, uint16 lineNo, bool isReopened, uint24 actorId)
        private
        returns (LineShortage memory shortage)
    {
        Count memory count = _counts[receiptId][lineNo];
        shortage.lineNo = lineNo;
        (shortage.good, shortage.damaged) = _subtractCount(consignmentId, receiptId, lineNo, count);
        uint64 overShortage;
        if (count.over != 0) overShortage = _takeOver(consignmentId, receiptId, _overLotId(receiptId, lineNo), lineNo, actorId);
        _openShortage(consignmentId, receiptId, lineNo, shortage.good + shortage.damaged + overShortage, actorId);
        if (isReopened || count.good != 0 || count.damaged != 0 || count.lost != 0) _openOutstanding(consignmentId, lineNo, actorId);
    }

    /// @dev Takes a found lot out of effect as it stands.
    function _takeOver(bytes32 consignmentId, bytes32 receiptId, bytes32 lotId, uint16 lineNo, uint24 actorId) private returns (uint64 shortage) {
        uint64 quantity = _overQuantities[lotId];
        _lines[consignmentId][lineNo].over -= quantity;
        _counts[receiptId][lineNo].over -= quantity;
        _overQuantities[lotId] = 0;
        return _supply().reverseOver(lotId, actorId);
    }

    function _reverseAdjustment(bytes32 adjustmentId, bytes32 consignmentId, uint24 actorId) private returns (LineShortage[] memory shortages) {
        Adjustment storage adjustment = _adjustments[adjustmentId];
        if (adjustment.recordId == consignmentId) _consignments[consignmentId].adjustments -= 1;
        else _records[adjustment.recordId].reduced -= 1;
        uint64 shortage;
        if (adjustment.recordId != consignmentId && adjustment.field == OVER) {
            shortage = _reverseOverAdjustment(adjustmentId, adjustment, consignmentId, actorId);
        } else {
            shortage = _apply(adjustmentId, adjustment, -adjustment.delta, actorId);
        }
        shortages = new LineShortage[](shortage == 0 || adjustment.field == OVER ? 0 : 1);
        if (shortages.length != 0) {
            shortages[0] = LineShortage(adjustment.lineNo, adjustment.field == GOOD ? shortage : 0, adjustment.field == DAMAGED ? shortage : 0);
        }
    }

    function _reverseOverAdjustment(bytes32 adjustmentId, Adjustment storage adjustment, bytes32 consignmentId, uint24 actorId)
        private
        returns (uint64 shortage)
    {
        bytes32 receiptId = adjustment.recordId;
        uint16 lineNo = adjustment.lineNo;
        if (adjustment.delta > 0) {
            shortage = _takeOver(consignmentId, receiptId, _overLotId(adjustmentId, lineNo), lineNo, actorId);
            _openShortage(consignmentId, adjustmentId, lineNo, shortage, actorId);
            return shortage;
        }
        uint64 quantity = _magnitude(adjustment.delta);
        Line storage line = _lines[consignmentId][lineNo];
        line.over = _sum(adjustmentId, line.over, quantity);
        _counts[receiptId][lineNo].over += quantity;
        _overQuantities[_overLotId(receiptId, lineNo)] += quantity;
        return _supply().reverseOver(adjustmentId, actorId);
    }

    function _reverseWriteOff(bytes32 discrepancyId, bytes32 consignmentId, uint24 actorId) private {
        WriteOff storage written = _writeOffs[discrepancyId];
        Line storage line = _lines[consignmentId][written.lineNo];
        Consignment storage consignment = _consignments[consignmentId];
        if (_outstanding(line) == 0) consignment.openLines += 1;
        line.writtenOff -= written.quantity;
        consignment.writeOffs -= 1;
        _supply().unarrive(line.lotId, consignment.toFacilityId, 0, 0, written.quantity);
        _openOutstanding(consignmentId, written.lineNo, actorId);
    }

    /// @dev Posts a difference, or with its sign turned takes it back. `adjustmentId` is what the discrepancies are about.
    function _apply(bytes32 adjustmentId, Adjustment storage adjustment, int64 delta, uint24 actorId) private returns (uint64 shortage) {
        bytes32 consignmentId = _consignmentIds[adjustmentId];
        if (adjustment.recordId != consignmentId) return _applyToReceipt(adjustmentId, adjustment, consignmentId, delta, actorId);
        if (delta > 0) {
            shortage = _load(consignmentId, adjustment.lineNo, _magnitude(delta), true);
            _open(IDiscrepancies.Kind.Shortage, consignmentId, adjustmentId, adjustment.lineNo, shortage, actorId);
            _openOutstanding(consignmentId, adjustment.lineNo, actorId);
        } else {
            _unload(consignmentId, adjustment.lineNo, _magnitude(delta));
        }
    }

    function _applyToReceipt(bytes32 adjustmentId, Adjustment storage adjustment, bytes32 consignmentId, int64 delta, uint24 actorId)
        private
        returns (uint64 shortage)
    {
        (bytes32 receiptId, uint16 lineNo, uint8 field) = (adjustment.recordId, adjustment.lineNo, adjustment.field);
        uint64 quantity = _magnitude(delta);
        Count memory part = Count(field == GOOD ? quantity : 0, field == DAMAGED ? quantity : 0, field == LOST ? quantity : 0, 0);
        if (delta > 0) {
            _addCount(consignmentId, receiptId, lineNo, part);
            if (field == OVER) _addOver(consignmentId, receiptId, adjustmentId, lineNo, quantity, actorId);
            if (field != GOOD) _open(_kindOf(field), consignmentId, adjustmentId, lineNo, quantity, actorId);
            return 0;
        }
        uint64 current = _statedOf(receiptId, lineNo, field);
        if (quantity > current) revert AdjustmentBelowZero(receiptId, lineNo, delta, current);
        if (field == OVER) {
            _lines[consignmentId][lineNo].over -= quantity;
            _counts[receiptId][lineNo].over -= quantity;
            _overQuantities[_overLotId(receiptId, lineNo)] -= quantity;
            shortage = _supply().adjustOver(_overLotId(receiptId, lineNo), adjustmentId, delta, actorId);
        } else {
            (uint64 goodShortage, uint64 damagedShortage) = _subtractCount(consignmentId, receiptId, lineNo, part);
            shortage = goodShortage + damagedShortage;
            _openOutstanding(consignmentId, lineNo, actorId);
        }
        _openShortage(consignmentId, adjustmentId, lineNo, shortage, actorId);
    }

    /// @dev What a receipt states now; of over only what stands in the receipt's own lot, since an adjustment's has its own id.
    function _statedOf(bytes32 receiptId, uint16 lineNo, uint8 field) private view returns (uint64) {
        if (field == OVER) return _overQuantities[_overLotId(receiptId, lineNo)];
        Count storage count = _counts[receiptId][lineNo];
        return field == GOOD ? count.good : field == DAMAGED ? count.damaged : count.lost;
    }

    function _kindOf(uint8 field) private pure returns (IDiscrepancies.Kind) {
        if (field == DAMAGED) return IDiscrepancies.Kind.Damaged;
        return field == LOST ? IDiscrepancies.Kind.Lost : IDiscrepancies.Kind.Over;
    }

    function _magnitude(int64 delta) private pure returns (uint64) {
        // Widened first, since the smallest int64 has no positive twin.
        return uint64(uint256(delta < 0 ? -int256(delta) : int256(delta)));
    }
}
