// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title IPublications
/// @notice What others published, as they published it: statements that move no stock (R20), and evidence on any record.
///
/// State machine of a report, an adjustment of one and a piece of evidence, by corrections only:
///
///   None --reportDistributions, anchorEvidence, adjustRecord--> InEffect --reverseRecord--> Reversed (final)
interface IPublications is IRecords, ICorrectable {
    /// @param lotId The lot the publisher says it came from, or zero. @param quantity Zero: not published (R23).
    struct ReportedLine { bytes32 reportId; bytes32 itemId; bytes32 lotId; uint64 quantity; bytes32 contentDigest; }

    /// @param documentDigest SHA-256 of the document. @param docType IATI DocumentCategory or EPCIS BTT code in ASCII, or one of
    /// this ledger's own such as "import-report".
    struct EvidenceLine { bytes32 evidenceId; bytes32 subjectId; bytes32 documentDigest; bytes16 docType; }

    /// @notice A publisher stated that it handed out goods; no stock moves.
    /// @param actorId The importer. @param contentDigest SHA-256 of the canonical content: the published row.
    event DistributionReported(bytes32 indexed reportId, bytes32 indexed itemId, uint24 indexed actorId, bytes32 lotId, uint64 quantity, bytes32 contentDigest);

    /// @notice A document says something about a record.
    event EvidenceAnchored(bytes32 indexed evidenceId, bytes32 indexed subjectId, uint24 indexed actorId, bytes32 documentDigest, bytes16 docType);

    /// @notice A correction changed the quantity that a report states.
    /// @param recordId The report, or an earlier adjustment of it. @param actorId Who approved the correction.
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, int64 delta);

    /// @notice A correction took a report, an adjustment or a piece of evidence out of effect.
    /// @param ref What an adjustment adjusted, else zero.
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    /// @notice Evidence without a document is none.
    error DocumentMissing(bytes32 evidenceId);

    /// @notice Records what a publisher stated as handed out.
    ///
    /// @dev Emits a {DistributionReported} event for each that is new.
    ///
    /// Requirements:
    /// - the caller must hold `IMPORTER` in the publisher's organisation.
    /// - 1 to 400 lines; a new id of the organisation, a quantity up to 2^53-1.
    /// - item and, if stated, lot must be recorded ({RecordUnknown}), in an exercise only those of one ({ExerciseMixed}).
    function reportDistributions(uint32 organisationId, ReportedLine[] calldata lines) external;

    /// @notice Anchors documents as evidence on any records.
    ///
    /// @dev Emits an {EvidenceAnchored} event for each that is new.
    /// Warning: whether the subject exists is not checked; it may be in a contract that is not a part yet.
    ///
    /// Requirements:
    /// - the caller must hold a role in `organisationId`, whichever and in whatever scope (RELAYER is none).
    /// - 1 to 400 lines; a new id of that organisation, a subject ({RecordUnknown}) and a document.
    /// - the subject may be another organisation's, in an exercise only that of one.
    function anchorEvidence(uint32 organisationId, EvidenceLine[] calldata lines) external;

    /// @notice The quantity that a report states after its corrections; zero: not published, or not a report in effect.
    function reportedQuantityOf(bytes32 reportId) external view returns (uint64 quantity);
}
