// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title IStockLedger
/// @notice What happens to lots in a store: looked at, handed out, sold, lost, counted, found, recalled. SupplyLedger keeps the
/// balances; a record here moves them.
///
///   release, issue without record, find:  None --propose[DISPATCHER]--> Proposed --confirm[another person]--> Confirmed
///   recall:                               None --open[INSPECTOR]--> Open --close[INSPECTOR]--> Closed (its lots stay recalled)
///
/// Records belong to the organisation of the facility they happen at; a lot may be another organisation's. A recall belongs
/// to the organisation of its lot.
interface IStockLedger is IRecords, ICorrectable {
    enum LossReason {
        Unknown,
        Lost,
        Damaged,
        Expired,
        Stolen
    }

    /// @notice How goods leave a store for good: destroyed, given back, sold or handed out.
    enum ReleaseKind {
        Disposal,
        ReturnToDonor,
        Sale,
        Distribution
    }

    enum ProposalState {
        None,
        Proposed,
        Confirmed
    }

    /// @notice Usable stock was set apart: damaged, doubted, or warm.
    /// @param recordId Its id.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    /// @param contentDigest SHA-256 of the canonical content.
    event Quarantined(
        bytes32 indexed recordId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity,
        bytes32 contentDigest
    );

    /// @notice What was in quarantine is sound.
    /// @param recordId Its id.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    /// @param contentDigest SHA-256 of its canonical content.
    event QuarantineReleased(
        bytes32 indexed recordId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity,
        bytes32 contentDigest
    );

    /// @notice One person proposes that goods leave a store for good. Nothing has moved yet.
    /// @param recordId Its id.
    /// @param lotId Which lot.
    /// @param actorId Who proposes it.
    /// @param kind Where they go.
    /// @param facilityId Where they are.
    /// @param quantity How much, in the item's unit.
    /// @param recipients Of a distribution: how many people, at least 10; zero means fewer than ten (R14).
    /// @param contentDigest SHA-256 of its canonical content.
    event ReleaseProposed(
        bytes32 indexed recordId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        ReleaseKind kind,
        bytes32 facilityId,
        uint64 quantity,
        uint32 recipients,
        bytes32 contentDigest
    );

    /// @notice What was in quarantine was destroyed, as two persons say.
    /// @param recordId Its id.
    /// @param lotId Which lot.
    /// @param actorId The second person, who confirmed it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    /// @param contentDigest SHA-256 of its canonical content.
    event Disposed(
        bytes32 indexed recordId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity,
        bytes32 contentDigest
    );

    /// @notice Goods went back to who gave them, or sold them to us, and left the network, as two persons say.
    /// @param recordId Its id.
    /// @param lotId Which lot.
    /// @param actorId The second person, who confirmed it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    /// @param contentDigest SHA-256 of its canonical content.
    event ReturnedToDonor(
        bytes32 indexed recordId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity,
        bytes32 contentDigest
    );

    /// @notice Goods were sold, as two persons say; FundLedger records the proceeds and cites this.
    /// @param saleId Its id.
    /// @param lotId Which lot.
    /// @param actorId The second person, who confirmed it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    /// @param contentDigest SHA-256 of its canonical content.
    event Sold(
        bytes32 indexed saleId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity,
        bytes32 contentDigest
    );

    /// @notice Goods were handed out, as two persons say.
    /// @param distributionId Its id.
    /// @param lotId Which lot.
    /// @param actorId The second person, who confirmed it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    /// @param recipients How many people, at least 10; zero means fewer than ten (R14).
    /// @param contentDigest SHA-256 of its canonical content.
    event Distributed(
        bytes32 indexed distributionId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity,
        uint32 recipients,
        bytes32 contentDigest
    );

    /// @notice Goods are gone from a store, as one person says; a discrepancy is open.
    /// @param lossId Its id.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    /// @param reason Why.
    /// @param contentDigest SHA-256 of its canonical content.
    event LossRegistered(
        bytes32 indexed lossId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity,
        LossReason reason,
        bytes32 contentDigest
    );

    /// @notice What was registered as lost is usable again.
    /// @param reversalId Its id.
    /// @param lossId What was taken back of.
    /// @param actorId Who recorded it.
    /// @param quantity How much, in the item's unit.
    event LossReversed(bytes32 indexed reversalId, bytes32 indexed lossId, uint24 indexed actorId, uint64 quantity);

    /// @notice A shelf was counted. It moves no stock.
    /// @param countId Its id.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param facilityId Where.
    /// @param counted What was on the shelf.
    /// @param expected What the ledger had at that facility, usable and quarantined.
    /// @param contentDigest SHA-256 of its canonical content.
    event StockCounted(
        bytes32 indexed countId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 counted,
        uint64 expected,
        bytes32 contentDigest
    );

    /// @notice One person says that goods left without a record. Nothing has moved yet.
    /// @param recordId Its id.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    /// @param contentDigest SHA-256 of its canonical content.
    event IssueWithoutRecordProposed(
        bytes32 indexed recordId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity,
        bytes32 contentDigest
    );

    /// @notice A second person says so too: they are lost, totalled by themselves, and a discrepancy is open.
    /// @param recordId Its id.
    /// @param lotId Which lot.
    /// @param actorId Who recorded it.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    event IssuedWithoutRecord(
        bytes32 indexed recordId,
        bytes32 indexed lotId,
        uint24 indexed actorId,
        bytes32 facilityId,
        uint64 quantity
    );

    /// @notice One person says that goods were found.
    /// @param recordId Its id.
    /// @param facilityId Where.
    /// @param actorId Who recorded it.
    /// @param lotId A known lot, or the new lot that begins when it is confirmed.
    /// @param itemId Which item of a catalogue.
    /// @param quantity How much, in the item's unit.
    /// @param contentDigest SHA-256 of its canonical content.
    event FindProposed(
        bytes32 indexed recordId,
        bytes32 indexed facilityId,
        uint24 indexed actorId,
        bytes32 lotId,
        bytes32 itemId,
        uint64 quantity,
        bytes32 contentDigest
    );

    /// @notice A second person says so too: they are usable stock, and a discrepancy is open.
    /// @param recordId Its id.
    /// @param facilityId Where.
    /// @param actorId Who recorded it.
    /// @param lotId Which lot.
    /// @param quantity How much, in the item's unit.
    event Found(bytes32 indexed recordId, bytes32 indexed facilityId, uint24 indexed actorId, bytes32 lotId, uint64 quantity);

    /// @notice Emitted when a lot is called back; {LotRecalled} follows for it and for all that was made of it.
    /// @param recallId Its id.
    /// @param lotId The lot that is called back.
    /// @param actorId Who recorded it.
    /// @param contentDigest SHA-256 of its canonical content.
    event RecallOpened(bytes32 indexed recallId, bytes32 indexed lotId, uint24 indexed actorId, bytes32 contentDigest);

    /// @notice The recall marks this lot: nothing of it is dispatched, made into something else, sold or handed out.
    /// @param lotId Which lot.
    /// @param recallId The recall.
    /// @param actorId Who recorded it.
    event LotRecalled(bytes32 indexed lotId, bytes32 indexed recallId, uint24 indexed actorId);

    /// @notice So much of a recalled lot is in quarantine now.
    /// @param recordId Its id.
    /// @param recallId The recall.
    /// @param actorId Who recorded it.
    /// @param lotId Which lot.
    /// @param facilityId Where.
    /// @param quantity How much, in the item's unit.
    event RecallRecovered(
        bytes32 indexed recordId,
        bytes32 indexed recallId,
        uint24 indexed actorId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity
    );

    /// @notice Nothing more is expected back.
    /// @param recallId The recall.
    /// @param ref The lot that was called back.
    /// @param actorId Who recorded it.
    event RecallClosed(bytes32 indexed recallId, bytes32 indexed ref, uint24 indexed actorId);

    /// @notice A correction changed a record's quantity by `delta`; `shortage` is how much of it was no longer there to take.
    /// @param adjustmentId The difference's id.
    /// @param recordId What was adjusted.
    /// @param actorId Who approved the correction.
    /// @param delta What was added; negative when taken away.
    /// @param shortage What of it was no longer there to take.
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, int64 delta, uint64 shortage);

    /// @notice A correction took a record out of effect (R15).
    /// @param recordId What is out of effect.
    /// @param ref What it stood on.
    /// @param actorId Who approved the correction.
    /// @param quantity How much, in the item's unit.
    /// @param shortage What of it was no longer there to take.
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId, uint64 quantity, uint64 shortage);

    /// @notice The proposal is not in the state this action needs.
    /// @param recordId Its id.
    /// @param current The state it is in.
    /// @param required What it has to be.
    error ProposalUnexpectedState(bytes32 recordId, ProposalState current, ProposalState required);

    /// @notice A count of people below ten is not recorded: say zero, for fewer than ten (R14).
    /// @param recordId Its id.
    /// @param recipients How many people, at least 10; zero means fewer than ten (R14).
    error CountTooSmall(bytes32 recordId, uint32 recipients);

    /// @notice More is taken back than was lost and not yet taken back.
    /// @param lossId The loss.
    /// @param requested How much was asked for.
    /// @param remaining How much, or how many, is left.
    error LossExceeded(bytes32 lossId, uint64 requested, uint64 remaining);

    /// @notice The lot is of another item.
    /// @param recordId Its id.
    /// @param itemId The lot's item.
    /// @param required The item it has to be of.
    error ItemMismatch(bytes32 recordId, bytes32 itemId, bytes32 required);

    /// @notice The recall does not mark this lot.
    /// @param recallId The recall.
    /// @param lotId Which lot.
    error LotNotRecalled(bytes32 recallId, bytes32 lotId);

    /// @notice The recall is closed.
    /// @param recallId The recall.
    error RecallIsClosed(bytes32 recallId);

    /// @notice Of so many marked lots it has not been looked yet what was made of them: {extendRecall} goes on.
    /// @param recallId The recall.
    /// @param remaining How many lots that is.
    error RecallUnfinished(bytes32 recallId, uint256 remaining);

    /// @notice Moves usable stock that nobody has set aside into quarantine.
    ///
    /// @dev Emits a {Quarantined} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` in the facility's organisation.
    function quarantine(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;

    /// @notice Moves stock out of quarantine, back to usable.
    ///
    /// @dev Emits a {QuarantineReleased} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` in the facility's organisation.
    /// - the lot must not be recalled.
    function releaseQuarantine(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest)
        external;

    /// @notice Proposes that stock in quarantine is destroyed.
    ///
    /// @dev Emits a {ReleaseProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` in the facility's organisation.
    /// - so much must be in quarantine.
    function proposeDisposal(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;

    /// @notice Proposes that usable stock goes back to its donor or seller. A recalled or expired lot may.
    ///
    /// @dev Emits a {ReleaseProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    /// - so much must be usable and not set aside.
    function proposeReturnToDonor(bytes32 recordId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest)
        external;

    /// @notice Proposes that usable stock is sold.
    ///
    /// @dev Emits a {ReleaseProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    /// - so much must be usable and not set aside.
    function proposeSale(bytes32 saleId, bytes32 lotId, bytes32 facilityId, uint64 quantity, bytes32 contentDigest) external;

    /// @notice Proposes that usable stock is handed out to people, as counts only (R14).
    ///
    /// @dev Emits a {ReleaseProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    /// - so much must be usable and not set aside; `recipients` must be zero or at least ten.
    function proposeDistribution(
        bytes32 distributionId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity,
        uint32 recipients,
        bytes32 contentDigest
    ) external;

    /// @notice Confirms a release: the goods leave the store.
    ///
    /// @dev Emits a {Disposed}, {ReturnedToDonor}, {Sold} or {Distributed} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` or `DISPATCHER` in the facility's organisation, and not have proposed it.
    /// - so much must still be there, and what is sold or handed out be neither recalled nor expired.
    function confirmRelease(bytes32 recordId) external;

    /// @notice Records that usable stock is gone. One person may say so; a discrepancy of kind Lost is open until two persons
    /// resolve it.
    ///
    /// @dev Emits a {LossRegistered} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    function registerLoss(
        bytes32 lossId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity,
        LossReason reason,
        bytes32 contentDigest
    ) external;

    /// @notice Records that some of what was lost is back in its store. Goods issued without record come back by a correction.
    ///
    /// @dev Emits a {LossReversed} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    /// - all that is taken back together must not exceed what was lost.
    function reverseLoss(bytes32 reversalId, bytes32 lossId, uint64 quantity) external;

    /// @notice Records a count of a lot at a facility. A variance moves nothing, and opens a discrepancy.
    ///
    /// @dev Emits a {StockCounted} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    function countStock(bytes32 countId, bytes32 lotId, bytes32 facilityId, uint64 counted, bytes32 contentDigest) external;

    /// @notice Says that goods left a store without a record (R12).
    ///
    /// @dev Emits an {IssueWithoutRecordProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    function proposeIssueWithoutRecord(
        bytes32 recordId,
        bytes32 lotId,
        bytes32 facilityId,
        uint64 quantity,
        bytes32 contentDigest
    ) external;

    /// @notice Confirms an issue without record: the goods are lost, and a discrepancy is open.
    ///
    /// @dev Emits an {IssuedWithoutRecord} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` or `DISPATCHER` in the facility's organisation, and not have proposed it.
    /// - so much must be usable and not set aside.
    function confirmIssueWithoutRecord(bytes32 recordId) external;

    /// @notice Says that goods were found (R12), of a known lot or without any.
    ///
    /// @dev Emits a {FindProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    /// - a known lot must be of this item; a new lot's id must be of the facility's organisation.
    function proposeFind(
        bytes32 recordId,
        bytes32 facilityId,
        bytes32 lotId,
        bytes32 itemId,
        uint64 quantity,
        bytes32 contentDigest
    ) external;

    /// @notice Confirms a find: the goods are usable stock, and a discrepancy is open.
    ///
    /// @dev Emits a {Found} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` or `DISPATCHER` in the facility's organisation, and not have proposed it.
    function confirmFind(bytes32 recordId) external;

    /// @notice Calls a lot back, and all that was made of it (R13): as much as fits a call. {extendRecall} does the rest.
    ///
    /// @dev Emits a {RecallOpened} event and {LotRecalled} events.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` in the lot's organisation.
    function openRecall(bytes32 recallId, bytes32 lotId, bytes32 contentDigest) external;

    /// @notice Goes on where the last call stopped, for as much as fits a call. See {recallOf} for what is left.
    ///
    /// @dev Emits {LotRecalled} events; none where all that it came to was marked before.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` in the recall's organisation. A recall that is over has nothing to mark.
    function extendRecall(bytes32 recallId) external;

    /// @notice Records that usable stock of a recalled lot was secured, in quarantine.
    ///
    /// @dev Emits a {RecallRecovered} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` in the facility's organisation.
    /// - the recall must be open and mark this lot.
    function recordRecovered(bytes32 recordId, bytes32 recallId, bytes32 lotId, bytes32 facilityId, uint64 quantity) external;

    /// @notice Ends a recall. Its lots stay recalled.
    ///
    /// @dev Emits a {RecallClosed} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` in the recall's organisation.
    /// - all that was made of its lots must be marked.
    function closeRecall(bytes32 recallId) external;

    /// @notice A record that moves stock: what, where and how much; where it takes two persons, who confirmed and its state.
    function movementOf(bytes32 recordId)
        external
        view
        returns (
            bytes32 lotId,
            bytes32 facilityId,
            uint64 quantity,
            uint24 authorId,
            uint24 secondPersonId,
            ProposalState proposal
        );

    /// @notice Takes note that a record of FundLedger stands on this sale, or no longer does. For FundLedger only.
    /// @dev What is cited cannot be taken out of effect. The earmark is that of the lot that was sold.
    ///
    /// Requirements:
    /// - the sale must be confirmed and in effect.
    function citeSale(bytes32 saleId, bool isCited) external returns (bytes16 purpose, bytes16 place);

    /// @notice Whether a sale has this id, is confirmed and in effect.
    function isSale(bytes32 saleId) external view returns (bool);

    /// @notice What of a loss is back in its store.
    function reversedOf(bytes32 lossId) external view returns (uint64 quantity);

    /// @notice A recall: its lot, whether it is closed, how many lots it marks, and of how many it was looked what they became.
    function recallOf(bytes32 recallId) external view returns (bytes32 lotId, bool closed, uint256 marked, uint256 walked);
}
