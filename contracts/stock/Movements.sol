// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Adjustments} from "../Adjustments.sol";
import {ICatalogue} from "../interfaces/ICatalogue.sol";
import {IDiscrepancies} from "../interfaces/IDiscrepancies.sol";
import {IStockLedger} from "../interfaces/IStockLedger.sol";
import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";
import {Roles} from "../Roles.sol";

/// @title Movements
/// @notice Records that move one quantity of one lot at one facility from one disposition to another.
/// @dev In their {Record}, `amount` is the quantity, `link` the second person where it takes two, `reduced` what stands on them.
abstract contract Movements is IStockLedger, Adjustments {
    uint8 internal constant KIND_QUARANTINE = 1;
    uint8 internal constant KIND_RELEASE = 2;
    /// @dev These four are the releases, in the order of {ReleaseKind}.
    uint8 internal constant KIND_DISPOSAL = 3;
    uint8 internal constant KIND_RETURN = 4;
    uint8 internal constant KIND_SALE = 5;
    uint8 internal constant KIND_DISTRIBUTION = 6;
    uint8 internal constant KIND_LOSS = 7;
    uint8 internal constant KIND_ISSUE = 8;
    /// @dev The last that can be adjusted.
    uint8 internal constant KIND_FIND = 9;
    uint8 internal constant KIND_RECOVERY = 10;
    uint8 internal constant KIND_LOSS_REVERSAL = 11;
    uint8 internal constant KIND_COUNT = 12;
    uint8 internal constant KIND_RECALL = 13;

    struct Movement {
        bytes32 lotId;
        bytes32 facilityId;
        /// @dev The loss that is taken back, the recall that recovered, the item that was found, the content of a release; or zero.
        bytes32 ref;
        /// @dev Of a distribution.
        uint32 recipients;
    }

    mapping(bytes32 recordId => Movement) internal _movements;

    /// @inheritdoc IStockLedger
    function quarantine(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external {
        bytes memory body = abi.encode(facilityId, quantity, contentDigest);
        _record(KIND_QUARANTINE, Roles.INSPECTOR, Quarantined.selector, recordId, lotId, facilityId, quantity, body);
    }

    /// @inheritdoc IStockLedger
    function releaseQuarantine(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest)
        external
    {
        bytes memory body = abi.encode(facilityId, quantity, contentDigest);
        _record(KIND_RELEASE, Roles.INSPECTOR, QuarantineReleased.selector, recordId, lotId, facilityId, quantity, body);
    }

    /// @inheritdoc IStockLedger
    function registerLoss(
        bytes32 lossId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity,
        LossReason reason,
        bytes32 contentDigest
    ) external {
        bytes memory body = abi.encode(facilityId, quantity, reason, contentDigest);
        uint24 actorId = _record(KIND_LOSS, Roles.DISPATCHER, LossRegistered.selector, lossId, lotId, facilityId, quantity, body);
        if (actorId != 0) _openDiscrepancy(IDiscrepancies.Kind.Lost, lossId, quantity, actorId);
    }

    /// @inheritdoc IStockLedger
    function movementOf(bytes32 recordId)
        external
        view
        returns (
            bytes32 lotId,
            bytes32 facilityId,
            uint64 quantity,
            uint24 authorId,
            uint24 secondPersonId,
            ProposalState proposal
        )
    {
        Record storage record = _records[recordId];
        Movement storage movement = _movements[recordId];
        bool isProposal = _takesTwo(record.kind) && record.state < REVERSED;
        proposal = isProposal ? ProposalState(record.state) : ProposalState.None;
        return (movement.lotId, movement.facilityId, record.amount, record.authorId, record.link, proposal);
    }

    /*//////////////////////////////////////////////////////////////
                                INTERNAL
    //////////////////////////////////////////////////////////////*/

    /// @dev One movement by one person. @return actorId Who it is; zero when it was a retry.
    function _record(
        uint8 kind,
        bytes32 role,
        bytes32 topic0,
        bytes32 recordId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity,
        bytes memory body
    ) internal returns (uint24 actorId) {
        actorId = _actor(_organisationOf(facilityId), role);
        if (!_begin(kind, recordId, lotId, facilityId, quantity, actorId, body)) return 0;
        (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) = _routeOf(kind);
        _supply().move(lotId, facilityId, from, to, quantity);
        _appendOne(topic0, recordId, lotId, actorId, body);
    }

    /// @dev Keeps the record without moving anything. @return isNew Whether it was not a retry.
    function _begin(
        uint8 kind,
        bytes32 recordId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity,
        uint24 actorId,
        bytes memory body
    ) internal returns (bool isNew) {
        bytes10 tag = _tagOf(abi.encode(lotId, body));
        if (_isRecorded(recordId, kind, tag)) return false;
        _requireOwnId(recordId, _organisationOf(facilityId));
        _requireSameWorld(recordId, lotId);
        if (kind != KIND_COUNT) _requireAmount(recordId, quantity);
        _store(recordId, kind, quantity, 0, 0, actorId, tag);
        _movements[recordId].lotId = lotId;
        _movements[recordId].facilityId = facilityId;
        return true;
    }

    /// @dev The second person's yes, to a record of one of these kinds.
    /// @return isNew Whether this person had not said it before, whatever became of it since.
    function _confirm(bytes32 recordId, uint8 firstKind, uint8 lastKind)
        internal
        returns (bool isNew, uint24 actorId, uint64 quantity)
    {
        actorId = _actorOfEither(_organisationOf(recordId), Roles.INSPECTOR, Roles.DISPATCHER);
        Record storage record = _records[recordId];
        if (record.kind < firstKind || record.kind > lastKind) revert RecordUnknown(recordId);
        if (record.link == actorId) return (false, actorId, 0);
        if (record.state >= REVERSED) revert RecordUnknown(recordId);
        if (record.state == uint8(ProposalState.Confirmed)) {
            revert ProposalUnexpectedState(recordId, ProposalState.Confirmed, ProposalState.Proposed);
        }
        _requireOther(recordId, actorId, record.authorId);
        record.state = uint8(ProposalState.Confirmed);
        record.link = actorId;
        return (true, actorId, record.amount);
    }

    /// @dev Whether nothing moves before a second person confirms it.
    function _takesTwo(uint8 kind) internal pure returns (bool) {
        return (kind >= KIND_DISPOSAL && kind <= KIND_DISTRIBUTION) || kind == KIND_ISSUE || kind == KIND_FIND;
    }

    /// @dev From where to where a kind of movement goes.
    function _routeOf(uint8 kind) internal pure returns (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) {
        from = ISupplyLedger.Disposition.Usable;
        if (kind == KIND_QUARANTINE || kind == KIND_RECOVERY) return (from, ISupplyLedger.Disposition.Quarantined);
        if (kind == KIND_RELEASE) return (ISupplyLedger.Disposition.Quarantined, from);
        if (kind == KIND_DISPOSAL) return (ISupplyLedger.Disposition.Quarantined, ISupplyLedger.Disposition.Disposed);
        if (kind == KIND_RETURN) return (from, ISupplyLedger.Disposition.ReturnedToDonor);
        if (kind == KIND_SALE) return (from, ISupplyLedger.Disposition.Sold);
        if (kind == KIND_DISTRIBUTION) return (from, ISupplyLedger.Disposition.Distributed);
        if (kind == KIND_LOSS) return (from, ISupplyLedger.Disposition.Lost);
        if (kind == KIND_FIND) return (ISupplyLedger.Disposition.Found, from);
        return (from, ISupplyLedger.Disposition.IssuedWithoutRecord);
    }

    /// @dev Where stock begins without having come from anywhere; elsewhere an unknown facility has no stock.
    function _requireFacility(bytes32 facilityId) internal view {
        if (!ICatalogue(_part("Catalogue")).isFacility(facilityId)) revert RecordUnknown(facilityId);
    }

    function _supply() internal view returns (ISupplyLedger) {
        return ISupplyLedger(_part("SupplyLedger"));
    }

    function _openDiscrepancy(IDiscrepancies.Kind kind, bytes32 recordId, uint64 quantity, uint24 actorId) internal {
        IDiscrepancies discrepancies = IDiscrepancies(_part("Discrepancies"));
        discrepancies.open(kind, _organisationOf(recordId), recordId, 0, quantity, actorId);
    }
}
