// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";

/// @title IDiscrepancies
/// @notice What does not add up: opened by the ledger itself or by an auditor, answered, resolved with a code by two persons.
///
/// State machine (any other transition reverts with {DiscrepancyUnexpectedState}):
///
///   None --open[part], openFinding[AUDITOR]--> Open --answer[see there]--> Answered (answered again: stays)
///   Open, Answered --proposeResolution[CORRECTOR]--> ResolutionProposed
///   ResolutionProposed --confirmResolution[CORRECTION_APPROVER, another person]--> Resolved
///   ResolutionProposed --rejectResolution[CORRECTION_APPROVER, another person]--> Open
///   Resolved --open[part]: it happened again--> Open
///   Open, Answered, ResolutionProposed --open[part]: with another quantity--> Open (what was proposed falls)
///
/// The organisation that has to answer is the one in the id's first four bytes. A discrepancy is never corrected away: one
/// that is none is resolved as Unfounded.
interface IDiscrepancies is IRecords {
    enum DiscrepancyState { None, Open, Answered, ResolutionProposed, Resolved }

    /// @dev Damaged, Lost, Over, Outstanding, Overdue: a consignment (R11). StockVariance, IssuedWithoutRecord, Found, and Lost
    /// as well: a store (R12). Deficit, Shortage: a correction took more than was free (R15). Finding: an auditor's.
    enum Kind { Damaged, Lost, Over, Outstanding, Overdue, StockVariance, IssuedWithoutRecord, Found, Deficit, Shortage, Finding }
    enum Resolution { None, Explained, FoundLater, WrittenOff, SupplierLiable, CarrierLiable, Corrected, Unfounded }

    /// @notice Something does not add up, from here on until it is resolved. Told again when its quantity changes meanwhile.
    /// @param subjectId The record it is about. @param actorId Whose write brought it to light.
    /// @param organisationId Who has to answer. @param lineNo The subject's line, or 0. @param quantity How much, 0 if that is not the question.
    /// @param contentDigest The auditor's finding; zero when the ledger itself opened it.
    event DiscrepancyOpened(
        bytes32 indexed discrepancyId, bytes32 indexed subjectId, uint24 indexed actorId,
        Kind kind, uint32 organisationId, uint16 lineNo, uint64 quantity, bytes32 contentDigest
    );

    /// @notice The organisation answered.
    event DiscrepancyAnswered(bytes32 indexed answerId, bytes32 indexed discrepancyId, uint24 indexed actorId, bytes32 contentDigest);

    /// @notice One person says what became of it; a second has to agree.
    /// @param proposalNo Counted from 1 over the discrepancy's life. @param quantity Of the discrepancy, as the proposer saw it.
    event ResolutionProposed(
        bytes32 indexed discrepancyId, bytes32 indexed subjectId, uint24 indexed actorId,
        uint16 proposalNo, Resolution code, uint64 quantity, bytes32 contentDigest
    );

    /// @notice A second person disagrees; the discrepancy is open again.
    event ResolutionRejected(bytes32 indexed discrepancyId, bytes32 indexed subjectId, uint24 indexed actorId, bytes32 contentDigest);

    /// @notice A second person agrees; with WrittenOff the ConsignmentLedger tells what it took off.
    event DiscrepancyResolved(bytes32 indexed discrepancyId, bytes32 indexed subjectId, uint24 indexed actorId, Resolution code);

    /// @notice The discrepancy is not in the state that this action needs.
    error DiscrepancyUnexpectedState(bytes32 discrepancyId, DiscrepancyState current, DiscrepancyState required);

    /// @notice Odd ids are kept for the discrepancies that the ledger opens itself, see {discrepancyIdOf}.
    error FindingIdReserved(bytes32 discrepancyId);

    /// @notice A resolution says what became of it: a code other than None.
    error ResolutionCodeMissing(bytes32 discrepancyId);

    /// @notice Proposals are counted one by one: the next one's number is `next`.
    error ProposalOutOfTurn(bytes32 discrepancyId, uint16 proposalNo, uint16 next);

    /// @notice The proposal is about `seen`, but the discrepancy is about `quantity`.
    error QuantityChanged(bytes32 discrepancyId, uint64 seen, uint64 quantity);

    /// @notice The decision is about a resolution that is not the last one proposed; `proposals` is that one's number.
    error ProposalSuperseded(bytes32 discrepancyId, uint16 proposalNo, uint16 proposals);

    /// @notice Opens a discrepancy that the ledger found. A resolved one opens again. One that is not resolved yet stays as it is;
    /// with another quantity it is open with that one, and what was proposed for the other falls: nobody agrees with what he has
    /// not seen.
    ///
    /// @dev Emits a {DiscrepancyOpened} event, unless it stays as it is. Never refuses a part: a truth that does not add up is
    /// still recorded.
    ///
    /// Requirements:
    /// - only parts of the ledger ({NotPart} with part zero).
    ///
    /// @return discrepancyId As {discrepancyIdOf} has it.
    function open(Kind kind, uint32 organisationId, bytes32 subjectId, uint16 lineNo, uint64 quantity, uint24 actorId)
        external
        returns (bytes32 discrepancyId);

    /// @notice Opens a finding about any record; the record's organisation has to answer.
    ///
    /// @dev Emits a {DiscrepancyOpened} event of kind Finding.
    /// Warning: whether the subject exists is not checked; it may be in a contract that is not a part yet.
    ///
    /// Requirements:
    /// - the caller must hold `AUDITOR` in the subject's organisation or in the consortium.
    /// - a new id of the subject's organisation, and an even one ({FindingIdReserved}).
    function openFinding(bytes32 discrepancyId, bytes32 subjectId, bytes32 contentDigest) external;

    /// @notice Answers a discrepancy.
    ///
    /// @dev Emits a {DiscrepancyAnswered} event.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK`, `ALLOCATOR`, `DISPATCHER` or `CORRECTOR` in the organisation that has to answer;
    ///   {MissingRole} names the first.
    /// - the discrepancy must be `Open` or `Answered`; the answer's id new and of the organisation.
    function answer(bytes32 answerId, bytes32 discrepancyId, bytes32 contentDigest) external;

    /// @notice Says what became of it. Does nothing when this very proposal was made before under this number, whatever became of
    /// it; other words under the number of an earlier proposal are a {RecordConflict}.
    ///
    /// @dev Emits a {ResolutionProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `CORRECTOR` in the organisation that has to answer.
    /// - the discrepancy must be `Open` or `Answered`, and its quantity be `quantity` ({QuantityChanged}); the code not None.
    /// - the number must be the next one ({ProposalOutOfTurn}).
    ///
    /// @param proposalNo One more than {proposalsOf}. @param quantity What the proposer saw: nobody proposes for another one.
    function proposeResolution(bytes32 discrepancyId, uint16 proposalNo, Resolution code, uint64 quantity, bytes32 contentDigest)
        external;

    /// @notice Agrees with the proposed resolution. WrittenOff of something outstanding or overdue takes the discrepancy's quantity
    /// off the consignment's line, or what is still outstanding of it, if the subject is a consignment. Does nothing when the same
    /// person confirmed it before.
    ///
    /// @dev Emits a {DiscrepancyResolved} event.
    ///
    /// Requirements:
    /// - the caller must hold `CORRECTION_APPROVER` in the organisation that has to answer, and be another person than who proposed.
    /// - the discrepancy must be `ResolutionProposed`, and the proposal be the last ({ProposalSuperseded}).
    ///
    /// @param proposalNo Which proposal, counted from 1 over the discrepancy's life: nobody agrees with what he has not seen.
    function confirmResolution(bytes32 discrepancyId, uint16 proposalNo) external;

    /// @notice Disagrees with the proposed resolution. Does nothing when the same person rejected it before.
    ///
    /// @dev Emits a {ResolutionRejected} event.
    ///
    /// Requirements:
    /// - the caller must hold `CORRECTION_APPROVER` in the organisation that has to answer, and be another person than who proposed.
    /// - the discrepancy must be `ResolutionProposed`, and the proposal be the last ({ProposalSuperseded}).
    ///
    /// @param proposalNo As in {confirmResolution}.
    function rejectResolution(bytes32 discrepancyId, uint16 proposalNo, bytes32 contentDigest) external;

    /// @notice What is known of a discrepancy. @return code What is proposed or agreed, else None.
    function discrepancyOf(bytes32 discrepancyId)
        external
        view
        returns (DiscrepancyState state, Kind kind, bytes32 subjectId, uint16 lineNo, uint64 quantity, Resolution code);

    /// @notice How many resolutions were proposed, which is the number of the last.
    function proposalsOf(bytes32 discrepancyId) external view returns (uint16 proposals);

    /// @notice The id of a discrepancy that the ledger opens: the organisation's number, then the head of
    /// keccak256(abi.encode(kind, subjectId, lineNo)) with its last bit set.
    function discrepancyIdOf(Kind kind, uint32 organisationId, bytes32 subjectId, uint16 lineNo) external pure returns (bytes32);
}
