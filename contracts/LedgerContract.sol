// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Journal} from "./Journal.sol";
import {IParticipants} from "./interfaces/IParticipants.sol";

/// @title LedgerContract
/// @notice What every contract of the ledger has in common: who may act, whose id it is, what was recorded before, what is too much.
abstract contract LedgerContract is Journal {
    /// @dev What this contract knows of a record, in one slot; its event carries the rest.
    /// @param reduced What was refunded, used or returned of `amount`, by the record's kind.
    /// @param link Number of what it stands on, where the contract numbers that (fund, lot ...).
    /// @param kind Which of the contract's kinds of record it is; zero: never recorded.
    /// @param tag Head of the digest of its content, see {_tagOf}.
    struct Record {
        uint56 amount;
        uint56 reduced;
        uint24 link;
        uint24 authorId;
        uint8 kind;
        uint8 state;
        bytes10 tag;
    }

    /// @dev Amounts, quantities and their totals are exact in JSON and SQL up to here.
    uint64 internal constant AMOUNT_MAX = 2 ** 53 - 1;
    uint256 internal constant LINES_MAX = 400;

    IParticipants internal immutable _participants;

    /// @dev By id, all kinds: an id is used once in a contract.
    mapping(bytes32 recordId => Record) internal _records;

    /// @dev Index + 1 of the line a batch is at, zero outside of one; see {_refuse}.
    uint256 private transient _line;

    constructor(address participants) {
        _participants = IParticipants(participants);
    }

    /*//////////////////////////////////////////////////////////////
                                WHO ACTS
    //////////////////////////////////////////////////////////////*/

    /// @dev Only the part of the ledger with this name.
    modifier onlyPart(bytes32 part) {
        _requirePart(part);
        _;
    }

    function _requirePart(bytes32 part) private view {
        if (msg.sender != _part(part)) revert NotPart(msg.sender, part);
    }

    /// @dev The person that calls; reverts {WritesArePaused} or {MissingRole}. The first thing every write asks, once a batch.
    function _actor(uint32 organisationId, bytes32 role) internal view returns (uint24 personId) {
        return _participants.requireRole(msg.sender, organisationId, role, 0);
    }

    /// @dev As {_actor}, for a role that is bound to `scope`.
    function _actorFor(uint32 organisationId, bytes32 role, bytes32 scope) internal view returns (uint24 personId) {
        return _participants.requireRole(msg.sender, organisationId, role, scope);
    }

    /// @dev As {_actor}, satisfied by either role.
    function _actorOfEither(uint32 organisationId, bytes32 role, bytes32 otherRole) internal view returns (uint24 personId) {
        return _participants.requireEitherRole(msg.sender, organisationId, role, otherRole);
    }

    /// @dev Address of the named part; reverts {NotPart} when there is none, so that nothing is sent to nobody.
    function _part(bytes32 part) internal view returns (address part_) {
        part_ = _participants.partAddress(part);
        if (part_ == address(0)) revert NotPart(address(0), part);
    }

    /// @dev Separation of duties compares persons (R17).
    function _requireOther(bytes32 recordId, uint24 personId, uint24 firstPersonId) internal view {
        if (personId == firstPersonId) _refuse(abi.encodeWithSelector(SamePerson.selector, recordId, personId));
    }

    /*//////////////////////////////////////////////////////////////
                                  IDS
    //////////////////////////////////////////////////////////////*/

    /// @dev The organisation whose record it is.
    function _organisationOf(bytes32 recordId) internal pure returns (uint32 organisationId) {
        return uint32(bytes4(recordId));
    }

    function _requireOwnId(bytes32 recordId, uint32 organisationId) internal view {
        if (_organisationOf(recordId) != organisationId || uint224(uint256(recordId)) == 0) {
            _refuse(abi.encodeWithSelector(ForeignRecordId.selector, recordId, organisationId));
        }
    }

    /// @dev Records of an exercise and real ones never touch (R21). Ids of one organisation need no look-up.
    function _requireSameWorld(bytes32 recordId, bytes32 otherId) internal view {
        uint32 organisationId = _organisationOf(recordId);
        uint32 otherOrganisationId = _organisationOf(otherId);
        if (organisationId == otherOrganisationId) return;
        if (_participants.isExercise(organisationId) != _participants.isExercise(otherOrganisationId)) {
            _refuse(abi.encodeWithSelector(ExerciseMixed.selector, recordId, otherId));
        }
    }

    /// @dev Eighty bits are enough: who finds two contents of one tag can only make a retry of his own record silent.
    function _tagOf(bytes memory content) internal pure returns (bytes10 tag) {
        return bytes10(keccak256(content));
    }

    /// @dev Whether the id was recorded before with this kind and content; with other content it reverts {RecordConflict}.
    function _isRecorded(bytes32 recordId, uint8 kind, bytes10 tag) internal view returns (bool) {
        Record storage record = _records[recordId];
        if (record.kind == 0) return false;
        if (record.kind != kind || record.tag != tag) _refuse(abi.encodeWithSelector(RecordConflict.selector, recordId));
        return true;
    }

    /*//////////////////////////////////////////////////////////////
                                AMOUNTS
    //////////////////////////////////////////////////////////////*/

    function _requireAmount(bytes32 recordId, uint256 amount) internal view {
        if (amount == 0 || amount > AMOUNT_MAX) _refuse(abi.encodeWithSelector(AmountOutOfRange.selector, recordId, amount));
    }

    /// @dev A total plus an amount, both within range; `recordId` is the record that adds the amount.
    function _sum(bytes32 recordId, uint256 total, uint256 amount) internal view returns (uint64) {
        uint256 sum = total + amount;
        if (sum > AMOUNT_MAX) _refuse(abi.encodeWithSelector(AmountOutOfRange.selector, recordId, sum));
        return uint64(sum);
    }

    /*//////////////////////////////////////////////////////////////
                                BATCHES
    //////////////////////////////////////////////////////////////*/

    function _requireBatch(uint256 size) internal pure {
        if (size == 0 || size > LINES_MAX) revert BatchSizeOutOfRange(size, LINES_MAX);
    }

    /// @dev Where fewer lines than {LINES_MAX} fill a transaction.
    function _requireBatch(uint256 size, uint256 limit) internal pure {
        if (size == 0 || size > limit) revert BatchSizeOutOfRange(size, limit);
    }

    /// @dev From here on {_refuse} names this line; {_endBatch} ends it.
    function _atLine(uint256 index) internal {
        _line = index + 1;
    }

    function _endBatch() internal {
        _line = 0;
    }

    /// @dev Reverts with the ABI encoded error, inside of a batch as {LineRefused} with the line's index.
    function _refuse(bytes memory reason) internal view {
        if (_line != 0) revert LineRefused(_line - 1, reason);
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}
