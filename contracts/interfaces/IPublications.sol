// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title IPublications
/// @notice What others published, as they published it: statements that move no stock (R20), and evidence on any record.
interface IPublications is IRecords, ICorrectable {
    /// @param lotId The lot the publisher says it came from, or zero. @param quantity Zero: not published.
    struct ReportedLine { bytes32 reportId; bytes32 itemId; bytes32 lotId; uint64 quantity; bytes32 contentDigest; }
    /// @param docType IATI DocumentCategory or EPCIS BTT code in ASCII, or one of this ledger's own such as "import-report".
    struct EvidenceLine { bytes32 evidenceId; bytes32 subjectId; bytes32 documentDigest; bytes16 docType; }

    event DistributionReported(bytes32 indexed reportId, bytes32 indexed itemId, uint24 indexed actorId, bytes32 lotId, uint64 quantity, bytes32 contentDigest);
    event EvidenceAnchored(bytes32 indexed evidenceId, bytes32 indexed subjectId, uint24 indexed actorId, bytes32 documentDigest, bytes16 docType);
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, int64 delta);
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    /// @notice IMPORTER of the publisher's organisation.
    function reportDistributions(uint32 organisationId, ReportedLine[] calldata lines) external;
    /// @notice Any role holder of `organisationId`, IMPORTER or AUDITOR of it; the subject may be another organisation's.
    function anchorEvidence(uint32 organisationId, EvidenceLine[] calldata lines) external;
}
