// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ICorrectable
/// @notice What a contract offers to Corrections, and to nobody else. Nothing is edited: a record goes out of effect, or its
/// difference is posted under a new id (R15).
interface ICorrectable {
    /// @notice Records stand on it: declare those first, newest first.
    /// @param dependents How many.
    error HasDependents(bytes32 recordId, uint32 dependents);

    /// @notice This kind of record cannot be corrected in this way.
    error NotCorrectable(bytes32 recordId);

    /// @notice Takes `recordId` out of effect. A reduction beyond what is free becomes a visible deficit or shortage.
    ///
    /// @dev The ledger that holds the record tells what changed by its own event.
    ///
    /// Requirements:
    /// - only the part `Corrections` may call it, for a correction that two persons signed.
    /// - the record must be in effect, and nothing in effect may stand on it.
    function reverseRecord(bytes32 recordId, uint24 actorId) external;

    /// @notice Posts `delta` on the record's amount or quantity under the new id `adjustmentId`, which can be corrected in turn.
    ///
    /// @dev The ledger that holds the record tells what changed by its own event. The same difference posted again is passed over,
    /// and refused when it was taken out of effect since: no correction says that it is in effect when it is not.
    ///
    /// Requirements:
    /// - only the part `Corrections` may call it, for a correction that two persons signed.
    /// - the record must be in effect, and an amount or quantity of at least 1 must remain: none is {reverseRecord}.
    ///
    /// @param lineNo Line of a record with lines, from 0.
    /// @param field Which quantity of the line (kind specific), else 0.
    function adjustRecord(bytes32 recordId, bytes32 adjustmentId, uint16 lineNo, uint8 field, int64 delta, uint24 actorId) external;

    /// @notice Whether a record is here and in effect. Corrections of words need no more.
    function inEffect(bytes32 recordId) external view returns (bool);
}
