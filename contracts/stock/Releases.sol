// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStockLedger} from "../interfaces/IStockLedger.sol";
import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";
import {Roles} from "../Roles.sol";
import {Movements} from "./Movements.sol";

/// @title Releases
/// @notice Goods that leave a store for good: one person proposes, another confirms, and only then they move.
/// @dev In the {Record} of a sale, `reduced` also counts the records of FundLedger that stand on it.
abstract contract Releases is Movements {
    uint32 private constant RECIPIENTS_MIN = 10;

    /// @inheritdoc IStockLedger
    function proposeDisposal(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external {
        _propose(ReleaseKind.Disposal, recordId, quantity, Movement(lotId, facilityId, contentDigest, 0));
    }

    /// @inheritdoc IStockLedger
    function proposeReturnToDonor(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest)
        external
    {
        _propose(ReleaseKind.ReturnToDonor, recordId, quantity, Movement(lotId, facilityId, contentDigest, 0));
    }

    /// @inheritdoc IStockLedger
    function proposeSale(bytes32 saleId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external {
        _propose(ReleaseKind.Sale, saleId, quantity, Movement(lotId, facilityId, contentDigest, 0));
    }

    /// @inheritdoc IStockLedger
    function proposeDistribution(
        bytes32 distributionId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity,
        uint32 recipients,
        bytes32 contentDigest
    ) external {
        _propose(ReleaseKind.Distribution, distributionId, quantity, Movement(lotId, facilityId, contentDigest, recipients));
    }

    /// @inheritdoc IStockLedger
    function confirmRelease(bytes32 recordId) external {
        (bool isNew, uint24 actorId, uint64 quantity) = _confirm(recordId, KIND_DISPOSAL, KIND_DISTRIBUTION);
        if (!isNew) return;
        uint8 kind = _records[recordId].kind;
        Movement memory movement = _movements[recordId];
        (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) = _routeOf(kind);
        _supply().move(movement.lotId, movement.facilityId, from, to, quantity);
        bytes memory body = kind == KIND_DISTRIBUTION
            ? abi.encode(movement.facilityId, quantity, movement.recipients, movement.ref)
            : abi.encode(movement.facilityId, quantity, movement.ref);
        _appendOne(_eventOf(kind), recordId, movement.lotId, actorId, body);
    }

    /// @inheritdoc IStockLedger
    function citeSale(bytes32 saleId, bool isCited) external onlyPart("FundLedger") returns (bytes16 purpose, bytes16 place) {
        if (!isSale(saleId)) revert RecordUnknown(saleId);
        if (isCited) _records[saleId].reduced += 1;
        else _records[saleId].reduced -= 1;
        (,,,,, purpose, place) = _supply().lotOf(_movements[saleId].lotId);
    }

    /// @inheritdoc IStockLedger
    function isSale(bytes32 saleId) public view returns (bool) {
        return _records[saleId].kind == KIND_SALE && _records[saleId].state == uint8(ProposalState.Confirmed);
    }

    /*//////////////////////////////////////////////////////////////
                                INTERNAL
    //////////////////////////////////////////////////////////////*/

    function _propose(ReleaseKind release, bytes32 recordId, uint64 quantity, Movement memory movement) private {
        bytes32 role = release == ReleaseKind.Disposal ? Roles.INSPECTOR : Roles.DISPATCHER;
        uint24 actorId = _actor(_organisationOf(movement.facilityId), role);
        uint8 kind = KIND_DISPOSAL + uint8(release);
        bytes memory body = abi.encode(release, movement.facilityId, quantity, movement.recipients, movement.ref);
        if (!_begin(kind, recordId, movement.lotId, movement.facilityId, quantity, actorId, body)) return;
        if (movement.recipients != 0 && movement.recipients < RECIPIENTS_MIN) {
            revert CountTooSmall(recordId, movement.recipients);
        }
        _requireThere(movement, quantity, kind);
        _movements[recordId] = movement;
        _records[recordId].state = uint8(ProposalState.Proposed);
        _appendOne(ReleaseProposed.selector, recordId, movement.lotId, actorId, body);
    }

    /// @dev So that nobody is asked to confirm what cannot be; it sets nothing aside, and is looked at again when it moves.
    function _requireThere(Movement memory movement, uint64 quantity, uint8 kind) private view {
        if (!_supply().inEffect(movement.lotId)) revert RecordUnknown(movement.lotId);
        (uint64 usable, uint64 reserved, uint64 quarantined) = _supply().stockOf(movement.lotId, movement.facilityId);
        uint64 available = kind == KIND_DISPOSAL ? quarantined : usable - reserved;
        if (quantity > available) {
            revert ISupplyLedger.StockInsufficient(movement.lotId, movement.facilityId, quantity, available);
        }
    }

    function _eventOf(uint8 kind) private pure returns (bytes32 topic0) {
        if (kind == KIND_DISPOSAL) return Disposed.selector;
        if (kind == KIND_RETURN) return ReturnedToDonor.selector;
        return kind == KIND_SALE ? Sold.selector : Distributed.selector;
    }
}
