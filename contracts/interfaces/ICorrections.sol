// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";

/// @title ICorrections
/// @notice Corrections by declaration (R15, R16): proposed by a CORRECTOR, in effect when another person approves. Nothing is
/// edited: what was recorded stays readable beside what corrects it.
///
/// State machine (any other transition reverts with {CorrectionUnexpectedState}):
///
///   None --declareErrors[CORRECTOR]--> Proposed --approveCorrections[CORRECTION_APPROVER, another person]--> Approved (final)
///                                         \--rejectCorrection[CORRECTOR or CORRECTION_APPROVER]--> Rejected (final)
///
/// The roles are held in the organisation of the target; see {approveCorrections} for the one exception.
interface ICorrections is IRecords {
    enum CorrectionState { None, Proposed, Approved, Rejected }

    /// @dev Words changes no balance. DidNotOccur and IncorrectData are EPCIS error reasons.
    enum Reason { Words, DidNotOccur, IncorrectData }

    /// @param part Name of the contract that holds the target. @param reasonCode Why, in the organisation's code list, in ASCII.
    /// @param correctiveId IncorrectData: the new id of the difference; else the record that replaces it, or zero.
    /// @param lineNo, field, delta IncorrectData: which quantity changes by how much; else zero.
    /// @param noteDigest Document with the published note, and for Words the field, what it was and what it is now.
    struct Declaration {
        bytes32 correctionId; bytes32 part; bytes32 targetId; Reason reason; bytes16 reasonCode;
        bytes32 correctiveId; uint16 lineNo; uint8 field; int64 delta; bytes32 noteDigest;
    }

    /// @notice Somebody says that a record is wrong; nothing has changed yet. Parameters as in {Declaration}.
    event CorrectionProposed(
        bytes32 indexed correctionId, bytes32 indexed targetId, uint24 indexed actorId, bytes32 part, Reason reason,
        bytes16 reasonCode, bytes32 correctiveId, uint16 lineNo, uint8 field, int64 delta, bytes32 noteDigest
    );

    /// @notice The correction is in effect; the ledger that holds the target tells what it changed.
    event ErrorDeclared(bytes32 indexed correctionId, bytes32 indexed targetId, uint24 indexed actorId, Reason reason, bytes32 correctiveId);

    /// @notice The correction will not take effect.
    event CorrectionRejected(bytes32 indexed correctionId, bytes32 indexed targetId, uint24 indexed actorId);

    /// @notice The correction is not in the state that this action needs.
    error CorrectionUnexpectedState(bytes32 correctionId, CorrectionState current, CorrectionState required);

    /// @notice A correction has a reason code and a published note (R16); one of them is zero.
    error NoteMissing(bytes32 correctionId);

    /// @notice No part of that name, or its records cannot be corrected.
    error PartUnknown(bytes32 correctionId, bytes32 part);

    /// @notice Proposes corrections.
    ///
    /// @dev Emits a {CorrectionProposed} event for each that is new.
    ///
    /// Requirements:
    /// - the caller must hold `CORRECTOR` in each target's organisation.
    /// - 1 to 400 lines; a new id of the target's organisation, a reason code and a note.
    /// - the target must be in effect in the part named ({RecordUnknown}).
    /// - IncorrectData: a difference that is not 0 and less than 2^53 ({AmountOutOfRange}), a corrective id of the target's
    ///   organisation. Else: no difference.
    function declareErrors(Declaration[] calldata declarations) external;

    /// @notice Puts corrections into effect, in the order given: dependants first, newest first. A line that this person
    /// approved before is passed over.
    ///
    /// @dev Emits an {ErrorDeclared} event for each; the parts emit what they changed.
    ///
    /// Requirements:
    /// - the caller must hold `CORRECTION_APPROVER` in each target's organisation, and be another person than the author. A
    ///   disbursement that another organisation acknowledged is taken back by an approver of that organisation
    ///   ({IFundLedger-approvingOrganisationOf}).
    /// - 1 to 400 lines, each `Proposed`; the target must still be in effect, and the part must accept the correction: its
    ///   error (such as {ICorrectable-HasDependents}) is the reason in {LineRefused}.
    function approveCorrections(bytes32[] calldata correctionIds) external;

    /// @notice Keeps a proposed correction from taking effect; its author may withdraw it so. Does nothing when this person
    /// rejected it before.
    ///
    /// @dev Emits a {CorrectionRejected} event.
    ///
    /// Requirements:
    /// - the caller must hold `CORRECTOR` or `CORRECTION_APPROVER` in the target's organisation.
    /// - the correction must be `Proposed`.
    function rejectCorrection(bytes32 correctionId) external;

    /// @notice What is known of a correction. @return authorId Who proposed it.
    function correctionOf(bytes32 correctionId) external view returns (CorrectionState state, bytes32 targetId, Reason reason, uint24 authorId);
}
