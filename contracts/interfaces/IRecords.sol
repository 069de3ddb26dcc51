// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IRecords
/// @notice The words that every ledger contract shares: how a record is named, journalled and refused.
///
/// Record ids are 32 bytes: the first four are the organisation's number, the other 28 the head of a hash of that
/// organisation's idempotency key. So nobody can take an id under another organisation.
///
/// Every record event has the same head: topic 1 is the record's id, topic 2 the record it stands on (or zero), topic 3 the
/// person who acted. The journal folds, record by record in order,
///     head' = keccak256(head, topic0, topic1, topic2, event body)
/// and leaves the person out, so the same records recorded in the same order by anybody give the same head (R24).
///
/// Order of checks in every write: role and pause; id seen before (same content: nothing happens, other content:
/// {RecordConflict}); then the rules of state.
interface IRecords {
    /// @notice An id was recorded before, with other content.
    error RecordConflict(bytes32 recordId);

    /// @notice No such record, or it is not of the kind this action needs, or it was taken out of effect.
    error RecordUnknown(bytes32 recordId);

    /// @notice The id's first four bytes are not the number of the organisation that records it.
    error ForeignRecordId(bytes32 recordId, uint32 organisationId);

    /// @notice An amount or quantity must be 1 .. 2^53-1, as must every total it is added to.
    error AmountOutOfRange(bytes32 recordId, uint256 amount);

    /// @notice One person, behind whichever account, may not act twice on the same record (R17).
    error SamePerson(bytes32 recordId, uint24 personId);

    /// @notice The batch is refused because of this line; `reason` is the ABI encoded error of the line alone.
    error LineRefused(uint256 index, bytes reason);

    /// @notice A batch holds 1 .. `limit` lines.
    error BatchSizeOutOfRange(uint256 size, uint256 limit);

    /// @notice Records of an exercise and real records never touch (R21).
    error ExerciseMixed(bytes32 recordId, bytes32 otherId);

    /// @notice Only the named part of the ledger may call this.
    error NotPart(address caller, bytes32 part);

    /// @notice The contract was called back while it writes its journal; the records of one of the two calls would be lost.
    error JournalOpen();

    /// @notice The running digest over all records of this contract, and how many there are.
    function journal() external view returns (bytes32 head, uint64 count);
}
