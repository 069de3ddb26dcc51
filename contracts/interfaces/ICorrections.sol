// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";

/// @title ICorrections
/// @notice Corrections by declaration (R15, R16): proposed by a CORRECTOR, in effect when another person approves.
///
///   None --declare[CORRECTOR]--> Proposed --approve[CORRECTION_APPROVER]--> Approved (final)
///                                    \--reject[either]--> Rejected (final)
interface ICorrections is IRecords {
    enum CorrectionState { None, Proposed, Approved, Rejected }
    /// @dev Words changes no balance. DidNotOccur and IncorrectData are EPCIS error reasons.
    enum Reason { Words, DidNotOccur, IncorrectData }

    /// @param part Name of the contract that holds the target. @param correctiveId IncorrectData: the new id of the difference; else the record that replaces it, or zero.
    /// @param noteDigest Document with the published note, and for Words the field, what it was and what it is now.
    struct Declaration {
        bytes32 correctionId; bytes32 part; bytes32 targetId; Reason reason; bytes16 reasonCode; bytes32 correctiveId; uint16 lineNo; uint8 field; int64 delta; bytes32 noteDigest;
    }

    event CorrectionProposed(
        bytes32 indexed correctionId, bytes32 indexed targetId, uint24 indexed actorId, bytes32 part, Reason reason, bytes16 reasonCode, bytes32 correctiveId, uint16 lineNo, uint8 field, int64 delta, bytes32 noteDigest
    );
    /// @notice The correction is in effect; the ledger that holds the target tells what it changed.
    event ErrorDeclared(bytes32 indexed correctionId, bytes32 indexed targetId, uint24 indexed actorId, Reason reason, bytes32 correctiveId);
    event CorrectionRejected(bytes32 indexed correctionId, bytes32 indexed targetId, uint24 indexed actorId);

    error CorrectionUnexpectedState(bytes32 correctionId, CorrectionState current, CorrectionState required);
    error NoteMissing(bytes32 correctionId);
    error PartUnknown(bytes32 correctionId, bytes32 part);

    function declareErrors(Declaration[] calldata declarations) external;
    /// @notice In the order given: dependants first, newest first.
    function approveCorrections(bytes32[] calldata correctionIds) external;
    function rejectCorrection(bytes32 correctionId) external;

    function correctionOf(bytes32 correctionId) external view returns (CorrectionState state, bytes32 targetId, Reason reason, uint24 authorId);
}
