// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";
import {Transformations} from "./Transformations.sol";

/// @title StockMoves
/// @notice What the other parts of the ledger do with stock; their own events tell it. Who may, and when, they have checked.
abstract contract StockMoves is Transformations {
    /*//////////////////////////////////////////////////////////////
                               NEEDLEDGER
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ISupplyLedger
    function reserve(bytes32 lotId, bytes32 facilityId, uint64 quantity) external onlyPart("NeedLedger") {
        _requireSound(lotId);
        _requireAvailable(lotId, facilityId, Disposition.Usable, quantity);
        _setAside(lotId, facilityId, quantity);
    }

    /// @inheritdoc ISupplyLedger
    function unreserve(bytes32 lotId, bytes32 facilityId, uint64 quantity) external onlyPart("NeedLedger") {
        _putBack(lotId, facilityId, quantity);
        uint64 covered = _cover(lotId, facilityId, quantity);
        if (covered != 0) _take(lotId, facilityId, Disposition.Usable, covered);
    }

    /*//////////////////////////////////////////////////////////////
                            CONSIGNMENTLEDGER
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ISupplyLedger
    function ship(bytes32 lotId, bytes32 facilityId, uint64 quantity, bool reserved) external onlyPart("ConsignmentLedger") {
        _requireSound(lotId);
        if (reserved) _putBack(lotId, facilityId, quantity);
        _take(lotId, facilityId, Disposition.Usable, quantity);
        _grow(lotId, Disposition.InTransit, quantity);
        _grow(lotId, Disposition.Dispatched, quantity);
    }

    /// @inheritdoc ISupplyLedger
    function correctShipment(bytes32 lotId, bytes32 facilityId, uint64 quantity, uint64 reserved)
        external
        onlyPart("ConsignmentLedger")
        returns (uint64 shortage)
    {
        _putBack(lotId, facilityId, reserved);
        shortage = _takeBack(lotId, facilityId, Disposition.Usable, quantity);
        _grow(lotId, Disposition.InTransit, quantity);
        _grow(lotId, Disposition.Dispatched, quantity);
    }

    /// @inheritdoc ISupplyLedger
    function unship(bytes32 lotId, bytes32 facilityId, uint64 quantity, bool reserved) external onlyPart("ConsignmentLedger") {
        _take(lotId, facilityId, Disposition.InTransit, quantity);
        _shrink(lotId, Disposition.Dispatched, quantity);
        if (!reserved) return _give(lotId, facilityId, Disposition.Usable, quantity);
        // What is set aside covers no shortage: it is somebody's until {unreserve}.
        _grow(lotId, Disposition.Usable, quantity);
        _growAt(lotId, facilityId, uint8(Disposition.Usable), quantity);
        _setAside(lotId, facilityId, quantity);
    }

    /// @inheritdoc ISupplyLedger
    function arrive(bytes32 lotId, bytes32 facilityId, uint64 good, uint64 damaged, uint64 lost)
        external
        onlyPart("ConsignmentLedger")
    {
        _take(lotId, facilityId, Disposition.InTransit, good + damaged + lost);
        _give(lotId, facilityId, Disposition.Usable, good);
        _give(lotId, facilityId, Disposition.Quarantined, damaged);
        _give(lotId, facilityId, Disposition.Lost, lost);
    }

    /// @inheritdoc ISupplyLedger
    function unarrive(bytes32 lotId, bytes32 facilityId, uint64 good, uint64 damaged, uint64 lost)
        external
        onlyPart("ConsignmentLedger")
        returns (uint64 shortage)
    {
        shortage = _takeBack(lotId, facilityId, Disposition.Usable, good);
        shortage += _takeBack(lotId, facilityId, Disposition.Quarantined, damaged);
        _take(lotId, facilityId, Disposition.Lost, lost);
        _give(lotId, facilityId, Disposition.InTransit, good + damaged + lost);
    }

    /// @inheritdoc ISupplyLedger
    function loseInTransit(bytes32 lotId, uint64 quantity) external onlyPart("ConsignmentLedger") {
        _take(lotId, 0, Disposition.InTransit, quantity);
        _give(lotId, 0, Disposition.Lost, quantity);
    }

    /// @inheritdoc ISupplyLedger
    function commissionOver(
        bytes32 lotId,
        bytes32 receiptId,
        bytes32 likeLotId,
        bytes32 facilityId,
        uint64 quantity,
        uint24 actorId
    ) external onlyPart("ConsignmentLedger") {
        Lot storage like = _lots[likeLotId];
        LotLine memory line = LotLine(lotId, _numbered[like.itemNo], quantity, 0, like.expiryDate, 0);
        _commissionFound(receiptId, facilityId, actorId, true, line);
    }

    /// @inheritdoc ISupplyLedger
    function adjustOver(bytes32 lotId, bytes32 adjustmentId, int64 delta, uint24 actorId)
        external
        onlyPart("ConsignmentLedger")
        returns (uint64 shortage)
    {
        bytes10 tag = _tagOf(abi.encode(lotId, delta));
        if (_isRecorded(adjustmentId, KIND_ADJUSTMENT, tag)) return 0;
        _adjustments[adjustmentId] = Adjustment(lotId, delta);
        _store(adjustmentId, KIND_ADJUSTMENT, _sizeOf(delta), 0, 0, actorId, tag);
        shortage = _post(lotId, Disposition.Found, Disposition.Quarantined, delta);
        _records[lotId].reduced += 1;
        _appendOne(RecordAdjusted.selector, adjustmentId, lotId, actorId, abi.encode(delta, shortage));
    }

    /// @inheritdoc ISupplyLedger
    function reverseOver(bytes32 recordId, uint24 actorId) external onlyPart("ConsignmentLedger") returns (uint64 shortage) {
        Record storage record = _recordInEffect(recordId);
        if (record.kind == KIND_LOT) return _withdraw(recordId, Disposition.Quarantined, actorId);
        Adjustment memory adjustment = _adjustments[recordId];
        record.state |= REVERSED;
        _records[adjustment.recordId].reduced -= 1;
        shortage = _post(adjustment.recordId, Disposition.Found, Disposition.Quarantined, -adjustment.delta);
        _appendOne(RecordReversed.selector, recordId, adjustment.recordId, actorId, abi.encode(record.amount, shortage));
    }

    /*//////////////////////////////////////////////////////////////
                               STOCKLEDGER
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ISupplyLedger
    function move(bytes32 lotId, bytes32 facilityId, Disposition from, Disposition to, uint64 quantity)
        external
        onlyPart("StockLedger")
    {
        if (to == Disposition.Distributed || to == Disposition.Sold) _requireSound(lotId);
        _requireLot(lotId).reduced += 1;
        if (to == Disposition.Usable && _lots[lotId].recalls != 0) revert LotRecalledError(lotId);
        _take(lotId, facilityId, from, quantity);
        _give(lotId, facilityId, to, quantity);
    }

    /// @inheritdoc ISupplyLedger
    function moveBack(bytes32 lotId, bytes32 facilityId, Disposition from, Disposition to, uint64 quantity, bool undone)
        external
        onlyPart("StockLedger")
        returns (uint64 shortage)
    {
        if (undone) _records[lotId].reduced -= 1;
        shortage = _takeBack(lotId, facilityId, from, quantity);
        _give(lotId, facilityId, to, quantity);
    }

    /// @inheritdoc ISupplyLedger
    function find(bytes32 lotId, bytes32 recordId, bytes32 itemId, bytes32 facilityId, uint64 quantity, uint24 actorId)
        external
        onlyPart("StockLedger")
    {
        if (_records[lotId].kind == KIND_LOT) {
            // It may have begun since the find was proposed.
            if (_numbered[_lots[lotId].itemNo] != itemId) revert RecordConflict(lotId);
            _requireLot(lotId).reduced += 1;
            _take(lotId, facilityId, Disposition.Found, quantity);
            _give(lotId, facilityId, Disposition.Usable, quantity);
            return;
        }
        _commissionFound(recordId, facilityId, actorId, false, LotLine(lotId, itemId, quantity, 0, 0, 0));
    }

    /// @inheritdoc ISupplyLedger
    function unfind(bytes32 lotId, bytes32 recordId, bytes32 facilityId, uint64 quantity, uint24 actorId)
        external
        onlyPart("StockLedger")
        returns (uint64 shortage)
    {
        if (_lots[lotId].sourceId == recordId) {
            uint32 dependents = _lotDependents(lotId);
            if (dependents != 0) revert HasDependents(lotId, dependents);
            return _withdraw(lotId, Disposition.Usable, actorId);
        }
        _records[lotId].reduced -= 1;
        shortage = _takeBack(lotId, facilityId, Disposition.Usable, quantity);
        _give(lotId, facilityId, Disposition.Found, quantity);
    }

    /// @inheritdoc ISupplyLedger
    function cite(bytes32 lotId, bool standing) external onlyPart("StockLedger") {
        if (standing) _requireLot(lotId).reduced += 1;
        else _records[lotId].reduced -= 1;
    }

    /// @inheritdoc ISupplyLedger
    function markRecalled(bytes32 lotId, bool recalled) external onlyPart("StockLedger") {
        if (recalled) {
            _requireLot(lotId);
            _lots[lotId].recalls += 1;
        } else {
            _lots[lotId].recalls -= 1;
        }
    }

    function _commissionFound(bytes32 sourceId, bytes32 facilityId, uint24 actorId, bool quarantined, LotLine memory line) private {
        Cursor memory cursor = _open();
        _commission(cursor, Beginning(Origin.Found, sourceId, facilityId, actorId, quarantined, Earmark(0, 0)), line, 0);
        _close(cursor);
    }

    /// @dev Posts a difference on what came from the lot's source, at the facility where it began.
    function _post(bytes32 lotId, Disposition source, Disposition at, int64 delta) internal returns (uint64 shortage) {
        bytes32 facilityId = _numbered[_requireLot(lotId).link];
        uint64 quantity = _sizeOf(delta);
        if (delta > 0) {
            _take(lotId, facilityId, source, quantity);
            _give(lotId, facilityId, at, quantity);
        } else {
            shortage = _takeBack(lotId, facilityId, at, quantity);
            _give(lotId, facilityId, source, quantity);
        }
    }

    /// @dev Takes a found lot out of effect.
    function _withdraw(bytes32 lotId, Disposition from, uint24 actorId) private returns (uint64 shortage) {
        uint64 quantity = _quantityOf(lotId, Disposition.Found);
        shortage = _post(lotId, Disposition.Found, from, -int64(quantity));
        _records[lotId].state |= REVERSED;
        _appendOne(RecordReversed.selector, lotId, _lots[lotId].sourceId, actorId, abi.encode(quantity, shortage));
    }

    /// @dev Records that stand on a lot; of dispatches and of what is set aside is known only whether there are any.
    function _lotDependents(bytes32 lotId) internal view returns (uint32 dependents) {
        dependents = uint32(_records[lotId].reduced);
        if (_quantityOf(lotId, Disposition.Dispatched) != 0) dependents += 1;
        if (_quantityOf(lotId, Disposition.Reserved) != 0) dependents += 1;
    }

    function _setAside(bytes32 lotId, bytes32 facilityId, uint64 quantity) private {
        _grow(lotId, Disposition.Reserved, quantity);
        _growAt(lotId, facilityId, uint8(Disposition.Reserved), quantity);
    }

    function _putBack(bytes32 lotId, bytes32 facilityId, uint64 quantity) private {
        _shrink(lotId, Disposition.Reserved, quantity);
        _shrinkAt(lotId, facilityId, uint8(Disposition.Reserved), quantity);
    }
}
