// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";

/// @title IDiscrepancies
/// @notice What does not add up: opened by the ledger itself or by an auditor, answered, resolved with a code by two persons.
///
///   None --open--> Open --answer--> Answered --proposeResolution--> ResolutionProposed --confirm[another person]--> Resolved
///                    \------------proposeResolution-----------------/         \--reject--> Open
interface IDiscrepancies is IRecords {
    enum DiscrepancyState { None, Open, Answered, ResolutionProposed, Resolved }
    enum Kind { Damaged, Lost, Over, Outstanding, Overdue, StockVariance, IssuedWithoutRecord, Found, Deficit, Shortage, Finding }
    enum Resolution { None, Explained, FoundLater, WrittenOff, SupplierLiable, CarrierLiable, Corrected, Unfounded }

    /// @param organisationId Who has to answer. @param subjectId The record it is about. @param lineNo Its line, or 0.
    event DiscrepancyOpened(bytes32 indexed discrepancyId, bytes32 indexed subjectId, uint24 indexed actorId, Kind kind, uint32 organisationId, uint16 lineNo, uint64 quantity, bytes32 contentDigest);
    event DiscrepancyAnswered(bytes32 indexed answerId, bytes32 indexed discrepancyId, uint24 indexed actorId, bytes32 contentDigest);
    event ResolutionProposed(bytes32 indexed discrepancyId, bytes32 indexed subjectId, uint24 indexed actorId, Resolution code, bytes32 contentDigest);
    event ResolutionRejected(bytes32 indexed discrepancyId, bytes32 indexed subjectId, uint24 indexed actorId, bytes32 contentDigest);
    event DiscrepancyResolved(bytes32 indexed discrepancyId, bytes32 indexed subjectId, uint24 indexed actorId, Resolution code);

    error DiscrepancyUnexpectedState(bytes32 discrepancyId, DiscrepancyState current, DiscrepancyState required);
    error ResolutionCodeMissing(bytes32 discrepancyId);

    /// @notice Only parts of the ledger. The id is derived: organisation, then keccak256(kind, subjectId, lineNo). Opening one again that is open adds nothing.
    function open(Kind kind, uint32 organisationId, bytes32 subjectId, uint16 lineNo, uint64 quantity, uint24 actorId) external returns (bytes32 discrepancyId);
    /// @notice AUDITOR of the organisation or of the consortium: a finding about any record.
    function openFinding(bytes32 discrepancyId, bytes32 subjectId, bytes32 contentDigest) external;
    /// @notice Any of INTAKE_CLERK, ALLOCATOR, DISPATCHER, CORRECTOR of the organisation that has to answer.
    function answer(bytes32 answerId, bytes32 discrepancyId, bytes32 contentDigest) external;
    /// @notice CORRECTOR of the organisation. WrittenOff takes what is outstanding off the consignment line when confirmed.
    function proposeResolution(bytes32 discrepancyId, Resolution code, bytes32 contentDigest) external;
    /// @notice CORRECTION_APPROVER of the organisation, another person.
    function confirmResolution(bytes32 discrepancyId) external;
    function rejectResolution(bytes32 discrepancyId, bytes32 contentDigest) external;

    function discrepancyOf(bytes32 discrepancyId) external view returns (DiscrepancyState state, Kind kind, bytes32 subjectId, uint16 lineNo, uint64 quantity, Resolution code);
    function discrepancyIdOf(Kind kind, uint32 organisationId, bytes32 subjectId, uint16 lineNo) external pure returns (bytes32);
}
