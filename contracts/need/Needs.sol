// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Adjustments} from "../Adjustments.sol";
import {ICatalogue} from "../interfaces/ICatalogue.sol";
import {INeedLedger} from "../interfaces/INeedLedger.sol";
import {IParticipants} from "../interfaces/IParticipants.sol";
import {Roles} from "../Roles.sol";

/// @title Needs
/// @notice What facilities ask for.
/// @dev In the {Record} of a need, `amount` is its quantity (0: number not given), `state` a {NeedState}, `link` who approved it
/// and `reduced` how many goods allocations cite it.
abstract contract Needs is INeedLedger, Adjustments {
    uint8 internal constant KIND_NEED = 1;
    uint8 internal constant KIND_GOODS_ALLOCATION = 2;

    /// @dev Needs, or goods allocations, of one call, all of them within the gas of a transaction.
    uint256 internal constant NEEDS_MAX = 80;

    /// @param stated Quantity as it was published or, afterwards, approved; corrections since are in the {Record}.
    struct Need {
        bytes32 facilityId;
        bytes32 itemId;
        uint64 allocated;
        uint64 stated;
    }

    /// @dev Of a facility for an item, over all needs in effect: a repeated submission adds a need, not a demand (R9).
    struct Demand {
        uint32 needs;
        uint64 allocated;
    }

    mapping(bytes32 needId => Need) internal _needs;
    mapping(bytes32 facilityId => mapping(bytes32 itemId => Demand)) internal _demands;

    /*//////////////////////////////////////////////////////////////
                                 READING
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc INeedLedger
    function needOf(bytes32 needId)
        external
        view
        returns (NeedState state, bytes32 facilityId, bytes32 itemId, uint64 quantity, uint64 allocated)
    {
        Record storage record = _records[needId];
        Need storage need = _needs[needId];
        if (record.kind == KIND_NEED && record.state < REVERSED) state = NeedState(record.state);
        return (state, need.facilityId, need.itemId, record.amount, need.allocated);
    }

    /// @inheritdoc INeedLedger
    function demandOf(bytes32 facilityId, bytes32 itemId) external view returns (uint32 needs, uint64 allocated) {
        Demand storage demand = _demands[facilityId][itemId];
        return (demand.needs, demand.allocated);
    }

    /*//////////////////////////////////////////////////////////////
                                 WRITING
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc INeedLedger
    function publishNeeds(uint32 organisationId, NeedLine[] calldata lines) external {
        _requireBatch(lines.length, NEEDS_MAX);
        (uint24 actorId, bool isConsignee) = _publisher(organisationId, lines[0].facilityId);
        ICatalogue catalogue = ICatalogue(_part("Catalogue"));
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            bytes32 facilityId = lines[i].facilityId;
            if (isConsignee && !_participants.hasRole(actorId, organisationId, Roles.CONSIGNEE, facilityId)) {
                bytes4 selector = IParticipants.MissingRole.selector;
                _refuse(abi.encodeWithSelector(selector, msg.sender, organisationId, Roles.CONSIGNEE, facilityId));
            }
            _publish(cursor, catalogue, organisationId, lines[i], actorId);
        }
        _endBatch();
        _close(cursor);
    }

    function _publish(
        Cursor memory cursor,
        ICatalogue catalogue,
        uint32 organisationId,
        NeedLine calldata line,
        uint24 actorId
    ) private {
        bytes32 needId = line.needId;
        bytes10 tag = _tagOf(abi.encode(line));
        if (_isRecorded(needId, KIND_NEED, tag)) return;
        _requireOwnId(needId, organisationId);
        if (line.quantity != 0) _requireAmount(needId, line.quantity);
        if (!catalogue.isFacility(line.facilityId)) _refuseUnknown(line.facilityId);
        if (!catalogue.isItem(line.itemId)) _refuseUnknown(line.itemId);
        _requireSameWorld(needId, line.facilityId);
        _requireSameWorld(needId, line.itemId);

        _store(needId, KIND_NEED, line.quantity, 0, 0, actorId, tag);
        _records[needId].state = uint8(NeedState.Published);
        _needs[needId] = Need(line.facilityId, line.itemId, 0, line.quantity);
        bool repeated = _demands[line.facilityId][line.itemId].needs++ != 0;
        bytes memory body = abi.encode(line.itemId, line.quantity, repeated, line.contentDigest);
        _append(cursor, NeedPublished.selector, needId, line.facilityId, actorId, body);
    }

    /// @inheritdoc INeedLedger
    function approveNeed(bytes32 needId, uint64 quantity) external {
        uint24 actorId = _actor(_organisationOf(needId), Roles.ALLOCATION_APPROVER);
        Record storage record = _records[needId];
        // Approved by this person before: nothing changes, whatever became of it.
        if (record.kind == KIND_NEED && record.link == actorId) {
            if (_needs[needId].stated != quantity) revert RecordConflict(needId);
            return;
        }
        _requireNeed(needId);
        if (record.state != uint8(NeedState.Published)) revert NeedUnexpectedState(needId, NeedState.Approved, NeedState.Published);
        _requireOther(needId, actorId, record.authorId);
        if (quantity > (record.amount == 0 ? AMOUNT_MAX : record.amount) || (quantity == 0 && record.amount != 0)) {
            revert AmountOutOfRange(needId, quantity);
        }

        record.state = uint8(NeedState.Approved);
        record.link = actorId;
        record.amount = uint56(quantity);
        _needs[needId].stated = quantity;
        _appendOne(NeedApproved.selector, needId, _needs[needId].facilityId, actorId, abi.encode(quantity));
    }

    /*//////////////////////////////////////////////////////////////
                                INTERNAL
    //////////////////////////////////////////////////////////////*/

    /// @dev Clerks and importers publish for any facility, a consignee for the facilities that he is bound to.
    function _publisher(uint32 organisationId, bytes32 facilityId) private view returns (uint24 actorId, bool isConsignee) {
        actorId = _participants.personOf(msg.sender);
        bool isClerk = _participants.hasRole(actorId, organisationId, Roles.INTAKE_CLERK, 0)
            || _participants.hasRole(actorId, organisationId, Roles.IMPORTER, 0);
        if (!isClerk && _participants.hasRole(actorId, organisationId, Roles.CONSIGNEE, facilityId)) {
            return (_actorFor(organisationId, Roles.CONSIGNEE, facilityId), true);
        }
        return (_actorOfEither(organisationId, Roles.INTAKE_CLERK, Roles.IMPORTER), false);
    }

    function _requireNeed(bytes32 needId) internal view returns (Record storage record) {
        record = _recordInEffect(needId);
        if (record.kind != KIND_NEED) _refuseUnknown(needId);
    }

    /// @dev More or less of approved allocations cites the need.
    function _allocate(bytes32 needId, uint64 quantity, bool more) internal {
        Need storage need = _needs[needId];
        Demand storage demand = _demands[need.facilityId][need.itemId];
        if (more) {
            need.allocated += quantity;
            demand.allocated += quantity;
        } else {
            need.allocated -= quantity;
            demand.allocated -= quantity;
        }
    }

    function _refuseUnknown(bytes32 recordId) internal view {
        _refuse(abi.encodeWithSelector(RecordUnknown.selector, recordId));
    }
}
