// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title ISupplyLedger
/// @notice Lots: where they come from, where they are, what became of them. Quantities are integers in the item's unit.
///
/// Per lot, at every block (R7):
///   commissioned + found + transformedIn + shortage
///     = usable + quarantined + inTransit + distributed + sold + lost + disposed + returnedToDonor + transformedOut
/// `issuedWithoutRecord` is a part of `lost`, totalled by itself (R12). `reserved` is a part of `usable`.
interface ISupplyLedger is IRecords, ICorrectable {
    enum Origin { None, InKind, Bought, Found, Transformed }
    enum LossReason { Unknown, Lost, Damaged, Expired, Stolen }

    struct Quantities {
        uint64 commissioned; uint64 found; uint64 transformedIn; uint64 shortage; uint64 usable; uint64 reserved; uint64 quarantined; uint64 inTransit;
        uint64 distributed; uint64 sold; uint64 lost; uint64 issuedWithoutRecord; uint64 disposed; uint64 returnedToDonor; uint64 transformedOut;
    }
    struct LotLine { bytes32 lotId; bytes32 itemId; uint64 quantity; uint64 costMinor; uint32 expiryDate; bytes32 contentDigest; }
    /// @param valueMinor Declared value, zero for none (R8). `valuerId` zero: as published by the donor's side.
    struct DonationInKind { bytes32 donationId; bytes32 donorCommitment; uint32 donorOrganisationId; bytes16 purpose; bytes16 place; bytes32 contentDigest; LotLine[] lots; }
    struct Part { bytes32 lotId; uint64 quantity; }

    event DonationInKindRecorded(
        bytes32 indexed donationId, bytes32 indexed facilityId, uint24 indexed actorId, bytes32 donorCommitment, uint32 donorOrganisationId, bytes16 purpose, bytes16 place, bytes32 contentDigest
    );
    /// @notice The declared value of a whole donation in kind; it never enters a cash total (R8). `valueDate` is yyyymmdd, zero if not published.
    event ValueDeclared(bytes32 indexed valuationId, bytes32 indexed donationId, uint24 indexed actorId, bytes3 currency, uint64 valueMinor, bytes16 method, uint32 valueDate, bytes32 contentDigest);
    /// @param sourceId The donation in kind, expenditure, transformation, receipt or count it comes from.
    event LotCommissioned(
        bytes32 indexed lotId, bytes32 indexed sourceId, uint24 indexed actorId, Origin origin, bytes32 itemId, bytes32 facilityId, uint64 quantity, uint64 costMinor,
        bytes16 purpose, bytes16 place, uint32 expiryDate, bool quarantined, bytes32 contentDigest
    );
    event Transformed(bytes32 indexed transformationId, bytes32 indexed facilityId, uint24 indexed actorId, Part[] inputs, Part[] outputs, bytes32 evidenceDigest);
    event Quarantined(bytes32 indexed recordId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest);
    event QuarantineReleased(bytes32 indexed recordId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest);
    event Disposed(bytes32 indexed recordId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest);
    event ReturnedToDonor(bytes32 indexed recordId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest);
    event Sold(bytes32 indexed saleId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest);
    /// @param recipients How many people, at least 10; zero means fewer than ten (R14).
    event Distributed(bytes32 indexed distributionId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity, uint32 recipients, bytes32 contentDigest);
    event LossRegistered(bytes32 indexed lossId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity, LossReason reason, bytes32 contentDigest);
    event LossReversed(bytes32 indexed reversalId, bytes32 indexed lossId, uint24 indexed actorId, uint64 quantity);
    event StockCounted(bytes32 indexed countId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 counted, uint64 expected, bytes32 contentDigest);
    event IssueWithoutRecordProposed(bytes32 indexed recordId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest);
    event IssuedWithoutRecord(bytes32 indexed recordId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 facilityId, uint64 quantity);
    event FindProposed(bytes32 indexed recordId, bytes32 indexed facilityId, uint24 indexed actorId, bytes32 lotId, bytes32 itemId, uint64 quantity, bytes32 contentDigest);
    event Found(bytes32 indexed recordId, bytes32 indexed facilityId, uint24 indexed actorId, bytes32 lotId, uint64 quantity);
    event LotRecalled(bytes32 indexed lotId, bytes32 indexed recallId, uint24 indexed actorId);
    event RecallOpened(bytes32 indexed recallId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 contentDigest);
    event RecallRecovered(bytes32 indexed recordId, bytes32 indexed recallId, uint24 indexed actorId, bytes32 lotId, bytes32 facilityId, uint64 quantity);
    event RecallClosed(bytes32 indexed recallId, bytes32 indexed ref, uint24 indexed actorId);
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, int64 delta, uint64 shortage);
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId, uint64 quantity, uint64 shortage);

    error StockInsufficient(bytes32 lotId, bytes32 facilityId, uint64 requested, uint64 available);
    error LotRecalledError(bytes32 lotId);
    error LotExpired(bytes32 lotId, uint32 expiryDate);
    error CountTooSmall(bytes32 recordId, uint32 recipients);
    error ValuerIsDonor(bytes32 donationId, uint24 personId);

    /// @notice INTAKE_CLERK or IMPORTER of the facility's organisation. A batch of donations in kind, each with its lots (R8: may be none).
    function recordDonationsInKind(bytes32 facilityId, DonationInKind[] calldata donations) external;
    function declareValue(bytes32 valuationId, bytes32 donationId, bytes3 currency, uint64 valueMinor, bytes16 method, uint32 valueDate, bytes32 contentDigest) external;
    function commissionBought(bytes32 facilityId, bytes32 expenditureId, LotLine[] calldata lots) external;
    function transform(bytes32 transformationId, bytes32 facilityId, Part[] calldata inputs, LotLine[] calldata outputs, bytes32 evidenceDigest) external;
    function quarantine(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;
    function releaseQuarantine(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;
    function dispose(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;
    function returnToDonor(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;
    function sell(bytes32 saleId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;
    function distribute(bytes32 distributionId, bytes32 lotId, bytes32 facilityId, uint64 quantity, uint32 recipients, bytes32 contentDigest) external;
    function registerLoss(bytes32 lossId, bytes32 lotId, bytes32 facilityId, uint64 quantity, LossReason reason, bytes32 contentDigest) external;
    function reverseLoss(bytes32 reversalId, bytes32 lossId, uint64 quantity) external;
    function countStock(bytes32 countId, bytes32 lotId, bytes32 facilityId, uint64 counted, bytes32 contentDigest) external;
    function proposeIssueWithoutRecord(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;
    function confirmIssueWithoutRecord(bytes32 recordId) external;
    function proposeFind(bytes32 recordId, bytes32 facilityId, bytes32 lotId, bytes32 itemId, uint64 quantity, bytes32 contentDigest) external;
    function confirmFind(bytes32 recordId) external;
    function openRecall(bytes32 recallId, bytes32 lotId, bytes32 contentDigest) external;
    /// @notice Marks lots made of a recalled lot, where there were too many to mark at once.
    function extendRecall(bytes32 recallId, bytes32[] calldata lotIds) external;
    function recordRecovered(bytes32 recordId, bytes32 recallId, bytes32 lotId, bytes32 facilityId, uint64 quantity) external;
    function closeRecall(bytes32 recallId) external;

    /* Only other parts of the ledger (NeedLedger, ConsignmentLedger): stock moves that their own events tell. */
    function reserve(bytes32 lotId, bytes32 facilityId, uint64 quantity) external;
    function unreserve(bytes32 lotId, bytes32 facilityId, uint64 quantity) external;
    /// @notice Takes reserved (or, for a return, free) usable stock into transit; refuses recalled and expired lots.
    function ship(bytes32 lotId, bytes32 facilityId, uint64 quantity, bool reserved) external;
    function unship(bytes32 lotId, bytes32 facilityId, uint64 quantity, bool reserved) external;
    function arrive(bytes32 lotId, bytes32 facilityId, uint64 good, uint64 damaged, uint64 lost) external;
    /// @return shortage What could not be taken back because it already went on from there.
    function unarrive(bytes32 lotId, bytes32 facilityId, uint64 good, uint64 damaged, uint64 lost) external returns (uint64 shortage);
    function loseInTransit(bytes32 lotId, uint64 quantity) external;
    function commissionOver(bytes32 lotId, bytes32 receiptId, bytes32 likeLotId, bytes32 facilityId, uint64 quantity, uint24 actorId) external;

    function quantitiesOf(bytes32 lotId) external view returns (Quantities memory);
    function stockOf(bytes32 lotId, bytes32 facilityId) external view returns (uint64 usable, uint64 reserved, uint64 quarantined);
    function lotOf(bytes32 lotId) external view returns (Origin origin, bytes32 itemId, bytes32 sourceId, uint32 expiryDate, bool recalled, bytes16 purpose, bytes16 place);
}
