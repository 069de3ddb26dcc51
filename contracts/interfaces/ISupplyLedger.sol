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
///
/// Usable and quarantined stock and a shortage are kept per lot and facility. What comes in there covers its shortage first,
/// so while there is one nothing free and nothing in quarantine is left at that facility.
///
/// A lot's source decides how it is corrected. Lots in kind, bought and transformed are records of their own; a found lot is
/// corrected through the find or the receipt that it came from.
interface ISupplyLedger is IRecords, ICorrectable {
    enum Origin {
        None,
        InKind,
        Bought,
        Found,
        Transformed
    }

    /// @dev What a quantity of a lot is, after EPCIS's word. The first three are kept per facility as well, and so is
    /// Shortage. Commissioned, Found and TransformedIn are the sources: what is taken from them adds to them.
    /// Dispatched is how much was dispatched and not taken back; it stands outside of the equation.
    enum Disposition {
        Usable,
        Reserved,
        Quarantined,
        Commissioned,
        Found,
        TransformedIn,
        Shortage,
        InTransit,
        Distributed,
        Sold,
        Lost,
        IssuedWithoutRecord,
        Disposed,
        ReturnedToDonor,
        TransformedOut,
        Dispatched
    }

    struct Quantities {
        uint64 commissioned;
        uint64 found;
        uint64 transformedIn;
        uint64 shortage;
        uint64 usable;
        uint64 reserved;
        uint64 quarantined;
        uint64 inTransit;
        uint64 distributed;
        uint64 sold;
        uint64 lost;
        uint64 issuedWithoutRecord;
        uint64 disposed;
        uint64 returnedToDonor;
        uint64 transformedOut;
    }

    /// @param costMinor What a bought lot cost, in the expenditure's currency; zero in every other lot.
    /// @param expiryDate yyyymmdd, the last day (UTC) on which it may be used; zero: none published.
    struct LotLine {
        bytes32 lotId;
        bytes32 itemId;
        uint64 quantity;
        uint64 costMinor;
        uint32 expiryDate;
        bytes32 contentDigest;
    }

    /// @param donorOrganisationId The donor, where it is an organisation of this ledger; else zero.
    /// @param purpose The donor's earmark, coded; zero for none. @param place Its place, coded; zero for none.
    /// @param lots May be empty, where no quantity was published (R8).
    struct DonationInKind {
        bytes32 donationId;
        bytes32 donorCommitment;
        uint32 donorOrganisationId;
        bytes16 purpose;
        bytes16 place;
        bytes32 contentDigest;
        LotLine[] lots;
    }

    struct Part {
        bytes32 lotId;
        uint64 quantity;
    }

    /// @notice Emitted when a donation of goods is recorded; the {LotCommissioned} of its lots follow.
    /// @param donationId Its id.
    /// @param facilityId Where.
    /// @param actorId Who recorded it.
    /// @param donorCommitment Salted commitment to the donor's name.
    /// @param donorOrganisationId The donor, where it is an organisation of this ledger; else zero.
    /// @param purpose Coded purpose of the earmark, zero for none.
    /// @param place Coded place of the earmark, zero for none.
    /// @param contentDigest SHA-256 of the canonical content.
    event DonationInKindRecorded(
        bytes32 indexed donationId,
        bytes32 indexed facilityId,
        uint24 indexed actorId,
        bytes32 donorCommitment,
        uint32 donorOrganisationId,
        bytes16 purpose,
        bytes16 place,
        bytes32 contentDigest
    );

    /// @notice The declared value of a whole donation in kind; it never enters a cash total (R8).
    /// @param valuationId Its id.
    /// @param donationId The donation in kind.
    /// @param actorId Who recorded it.
    /// @param currency ISO 4217, three capital letters.
    /// @param valueMinor In the currency's minor unit.
    /// @param method How it was valued, a code in ASCII.
    /// @param valueDate yyyymmdd, zero if not published.
    /// @param contentDigest SHA-256 of its canonical content.
    event ValueDeclared(
        bytes32 indexed valuationId,
        bytes32 indexed donationId,
        uint24 indexed actorId,
        bytes3 currency,
        uint64 valueMinor,
        bytes16 method,
        uint32 valueDate,
        bytes32 contentDigest
    );

    /// @notice Emitted when a lot begins.
    /// @param lotId Its id.
    /// @param sourceId The donation in kind, expenditure, transformation, receipt or find it comes from.
    /// @param actorId Who recorded it.
    /// @param origin What kind of source that is.
    /// @param itemId Which item of a catalogue.
    /// @param facilityId Where it begins.
    /// @param quantity How much, in the item's unit.
    /// @param costMinor What it cost, in the expenditure's currency; zero if it was not bought.
    /// @param purpose Coded purpose of the earmark, zero for none.
    /// @param place Coded place of the earmark, zero for none.
    /// @param expiryDate As given, or the earliest of the lots it was made of.
    /// @param quarantined Where it starts.
    /// @param contentDigest SHA-256 of its canonical content.
    event LotCommissioned(
        bytes32 indexed lotId,
        bytes32 indexed sourceId,
        uint24 indexed actorId,
        Origin origin,
        bytes32 itemId,
        bytes32 facilityId,
        uint64 quantity,
        uint64 costMinor,
        bytes16 purpose,
        bytes16 place,
        uint32 expiryDate,
        bool quarantined,
        bytes32 contentDigest
    );

    /// @notice Emitted when lots were made into others (repacking, kits); the {LotCommissioned} of the outputs follow.
    /// @param transformationId Its id.
    /// @param facilityId Where.
    /// @param actorId Who recorded it.
    /// @param inputs What it took.
    /// @param outputs What it made.
    /// @param evidenceDigest SHA-256 of the evidence.
    event Transformed(
        bytes32 indexed transformationId,
        bytes32 indexed facilityId,
        uint24 indexed actorId,
        Part[] inputs,
        Part[] outputs,
        bytes32 evidenceDigest
    );

    /// @notice A correction changed a lot's quantity by `delta`; `shortage` is how much of it was no longer there to take.
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

    /// @notice Less than that is there: of usable stock what is not reserved, of the others all.
    /// @param lotId Which lot.
    /// @param facilityId Where.
    /// @param requested How much was asked for.
    /// @param available How much there is.
    error StockInsufficient(bytes32 lotId, bytes32 facilityId, uint64 requested, uint64 available);

    /// @notice The lot, or one that it was made of, is recalled.
    /// @param lotId Which lot.
    error LotRecalledError(bytes32 lotId);

    /// @notice The lot's last day has passed.
    /// @param lotId Which lot.
    /// @param expiryDate Its last day, yyyymmdd; zero for none.
    error LotExpired(bytes32 lotId, uint32 expiryDate);

    /// @notice Not a day of the calendar as yyyymmdd.
    /// @param recordId Its id.
    /// @param date As it was given.
    error DateImpossible(bytes32 recordId, uint32 date);

    /// @notice What was made of a lot does not keep longer than the lot.
    /// @param lotId Which lot.
    /// @param expiryDate Its last day, yyyymmdd; zero for none.
    /// @param earliest The first last day of the lots it is made of.
    error ExpiryExtended(bytes32 lotId, uint32 expiryDate, uint32 earliest);

    /// @notice A transformation is declared with its evidence (R6).
    /// @param transformationId Its id.
    error EvidenceMissing(bytes32 transformationId);

    /// @notice Lots with different earmarks are not made into one.
    /// @param transformationId Its id.
    /// @param lotId The lot whose earmark differs from the first one's.
    error EarmarksMixed(bytes32 transformationId, bytes32 lotId);

    /// @notice The donor's own people do not value the gift (R17).
    /// @param donationId The donation in kind.
    /// @param personId Who tried.
    error ValuerIsDonor(bytes32 donationId, uint24 personId);

    /// @notice A donation has one declared value; to change it, the first is corrected away.
    /// @param donationId The donation in kind.
    /// @param valuationId The value that it has.
    error ValueAlreadyDeclared(bytes32 donationId, bytes32 valuationId);

    /// @notice Not a currency code of three capital letters.
    /// @param recordId Its id.
    /// @param currency As it was given.
    error CurrencyUnknown(bytes32 recordId, bytes3 currency);

    /// @notice Records a batch of donations in kind, each with its lots. One with one lot costs 170,000 gas at most, each lot
    /// more of it 125,000; a lot of an item that nothing was recorded of before 45,000 more, one with an earmark 22,000.
    ///
    /// @dev Emits {DonationInKindRecorded} and {LotCommissioned} events.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the facility's organisation.
    /// - donations and lots must have ids of that organisation, and items be in a catalogue.
    /// - donations and lots together must be at most 75.
    function recordDonationsInKind(bytes32 facilityId, DonationInKind[] calldata donations) external;

    /// @notice Declares the value of a donation in kind.
    ///
    /// @dev Emits a {ValueDeclared} event.
    ///
    /// Requirements:
    /// - the caller must hold `INSPECTOR` or `IMPORTER` in the donation's organisation, and not be one of the donor's people.
    /// - the donation must have no declared value.
    function declareValue(
        bytes32 valuationId,
        bytes32 donationId,
        bytes3 currency,
        uint64 valueMinor,
        bytes16 method,
        uint32 valueDate,
        bytes32 contentDigest
    ) external;

    /// @notice Records lots that an expenditure of the same organisation bought; they carry its allocation's earmark.
    ///
    /// @dev Emits {LotCommissioned} events; FundLedger tells what of the expenditure they cost.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` in the facility's organisation, which must be the expenditure's.
    /// - the costs must not exceed what of the expenditure has not been delivered.
    /// - the lots must be at most 65.
    function commissionBought(bytes32 facilityId, bytes32 expenditureId, LotLine[] calldata lots) external;

    /// @notice Makes new lots of what is free of others at a facility, as 1 box into 40 pieces (R6).
    ///
    /// @dev Emits a {Transformed} and {LotCommissioned} events.
    ///
    /// Requirements:
    /// - the caller must hold `DISPATCHER` in the facility's organisation.
    /// - the inputs must be free there, neither recalled nor expired, all with the same earmark, which the outputs carry.
    /// - its evidence must be named; inputs and outputs together must be at most 60.
    /// - an output keeps no longer than the first of its inputs; with no date of its own it has that date.
    function transform(
        bytes32 transformationId,
        bytes32 facilityId,
        Part[] calldata inputs,
        LotLine[] calldata outputs,
        bytes32 evidenceDigest
    ) external;

    /*//////////////////////////////////////////////////////////////
             ONLY NEEDLEDGER: WHAT IS SET ASIDE FOR SOMEBODY
    //////////////////////////////////////////////////////////////*/

    /// @notice Sets free usable stock aside; refuses recalled and expired lots.
    function reserve(bytes32 lotId, bytes32 facilityId, uint64 quantity) external;

    /// @notice What was set aside is free again, and covers a shortage at that facility first.
    function unreserve(bytes32 lotId, bytes32 facilityId, uint64 quantity) external;

    /*//////////////////////////////////////////////////////////////
                 ONLY CONSIGNMENTLEDGER: GOODS ON THE WAY
    //////////////////////////////////////////////////////////////*/

    /// @notice Takes reserved (or, for a return, free) usable stock into transit; refuses recalled and expired lots.
    function ship(bytes32 lotId, bytes32 facilityId, uint64 quantity, bool reserved) external;

    /// @notice A correction: more was dispatched than was recorded, of which `reserved` had been set aside for it (zero for a
    /// return). Never refuses: the lot may be recalled or expired since, and what is not there is a shortage.
    /// @return shortage What was no longer there; the caller opens the discrepancy.
    function correctShipment(bytes32 lotId, bytes32 facilityId, uint64 quantity, uint64 reserved) external returns (uint64 shortage);

    /// @notice A dispatch, or a part of it, did not take place: back into usable stock, set aside again if `reserved`.
    function unship(bytes32 lotId, bytes32 facilityId, uint64 quantity, bool reserved) external;

    /// @notice Takes good + damaged + lost out of transit: into usable stock, into quarantine, to the losses.
    function arrive(bytes32 lotId, bytes32 facilityId, uint64 good, uint64 damaged, uint64 lost) external;

    /// @notice The opposite of {arrive}; also of {loseInTransit}, with `lost` alone.
    /// @return shortage What could not be taken back because it already went on from there.
    function unarrive(bytes32 lotId, bytes32 facilityId, uint64 good, uint64 damaged, uint64 lost) external returns (uint64 shortage);

    /// @notice What is outstanding was written off.
    function loseInTransit(bytes32 lotId, uint64 quantity) external;

    /// @notice More came than was dispatched: a found lot in quarantine, of the item of `likeLotId` and as long to keep.
    function commissionOver(
        bytes32 lotId,
        bytes32 receiptId,
        bytes32 likeLotId,
        bytes32 facilityId,
        uint64 quantity,
        uint24 actorId
    ) external;

    /// @notice Posts `delta` on a lot of {commissionOver}, out of its quarantine first. Emits {RecordAdjusted}. The same
    /// difference posted again is passed over; an id that was used for anything else is a {RecordConflict}.
    /// @return shortage What of a reduction was no longer there; the caller opens the discrepancy.
    function adjustOver(bytes32 lotId, bytes32 adjustmentId, int64 delta, uint24 actorId) external returns (uint64 shortage);

    /// @notice Takes a lot of {commissionOver}, or an adjustment of {adjustOver}, out of effect. Emits {RecordReversed}.
    /// @return shortage What of it was no longer there; the caller opens the discrepancy.
    function reverseOver(bytes32 recordId, uint24 actorId) external returns (uint64 shortage);

    /*//////////////////////////////////////////////////////////////
                 ONLY STOCKLEDGER: WHAT HAPPENS IN A STORE
    //////////////////////////////////////////////////////////////*/

    /// @notice Moves stock by a record that now stands on the lot. Handing out and selling refuse recalled and expired lots.
    function move(bytes32 lotId, bytes32 facilityId, Disposition from, Disposition to, uint64 quantity) external;

    /// @notice Moves stock by a correction: never refuses, but makes a shortage of what is not there.
    /// @param undone The record that stood on the lot no longer does.
    /// @return shortage What of it was no longer there; the caller opens the discrepancy.
    function moveBack(
        bytes32 lotId,
        bytes32 facilityId,
        Disposition from,
        Disposition to,
        uint64 quantity,
        bool undone
    ) external returns (uint64 shortage);

    /// @notice Adds what was found to a lot, which begins with it when it is not known. Emits {LotCommissioned} in that case.
    function find(bytes32 lotId, bytes32 recordId, bytes32 itemId, bytes32 facilityId, uint64 quantity, uint24 actorId) external;

    /// @notice The opposite of {find}. A lot that began with it is out of effect; it must not have dependents.
    /// @return shortage What of it was no longer there; the caller opens the discrepancy.
    function unfind(bytes32 lotId, bytes32 recordId, bytes32 facilityId, uint64 quantity, uint24 actorId) external returns (uint64 shortage);

    /// @notice A record that moves nothing stands on the lot, or no longer does.
    function cite(bytes32 lotId, bool standing) external;

    /// @notice One recall more or less marks the lot.
    function markRecalled(bytes32 lotId, bool recalled) external;

    /*//////////////////////////////////////////////////////////////
                                 READING
    //////////////////////////////////////////////////////////////*/

    function quantitiesOf(bytes32 lotId) external view returns (Quantities memory quantities);

    function stockOf(bytes32 lotId, bytes32 facilityId) external view returns (uint64 usable, uint64 reserved, uint64 quarantined);

    /// @notice What a correction found missing at a facility, and nothing that came in has covered yet.
    function shortageOf(bytes32 lotId, bytes32 facilityId) external view returns (uint64 shortage);

    function lotOf(bytes32 lotId)
        external
        view
        returns (Origin origin, bytes32 itemId, bytes32 sourceId, uint32 expiryDate, bool recalled, bytes16 purpose, bytes16 place);

    /// @notice Lots that were made of this one in one step, in the order they were made, in effect or not, page by page.
    /// @param from Zero for the first page; for each further one the `next` of the one before.
    /// @param limit How many lots a page has at most.
    /// @return lotIds The lots of this page.
    /// @return next Where the next page begins; zero after the last.
    function madeOf(bytes32 lotId, uint256 from, uint256 limit) external view returns (bytes32[] memory lotIds, uint256 next);

    /// @notice A donation in kind: where it was received, from which organisation of this ledger (or zero), its value's id (or zero).
    function donationOf(bytes32 donationId) external view returns (bytes32 facilityId, uint32 donorOrganisationId, bytes32 valuationId);
}
