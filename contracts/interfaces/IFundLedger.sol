// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title IFundLedger
/// @notice What can be recorded about a fund's money, what is emitted when it is, and every reason a call is refused.
///
/// Per fund, at every block (R1):
///   received + transfersIn + interest + saleProceeds + deficit
///     = unallocated + allocatedUnspent + spent + transferredOut + refunded,  spent = lots + services + prepaid
/// Money that becomes free covers the deficit first, so of `unallocated` and `deficit` one is always zero.
///
/// State machine of an allocation (any other transition reverts with {AllocationUnexpectedState}):
///
///   None --propose[ALLOCATOR]--> Proposed --approve[ALLOCATION_APPROVER]--> Approved --close[ALLOCATOR]--> Closed (final)
///                                   \------cancel[either]------> Cancelled (final)
///
/// of a redesignation, {RedesignationUnexpectedState}:
///
///   None --propose[ALLOCATOR]--> Proposed --approve[ALLOCATION_APPROVER, another person]--> Approved (final)
///
/// of a disbursement, {DisbursementUnexpectedState}:
///
///   None --record[ALLOCATOR]--> Sent --acknowledge[INTAKE_CLERK of the child's organisation]--> Acknowledged (final)
///                                 \----reject[INTAKE_CLERK of the child's organisation]----> Rejected (final)
///
/// Whatever its state, a record can be taken out of effect by a correction ({ICorrectable}), once nothing stands on it; an
/// acknowledged disbursement with the receiver's word ({approvingOrganisationOf}).
///
/// Words that recur. `amountMinor`: an integer in the fund's minor unit (CNY 1.00 = 100, VND 1 = 1), 1 .. 2^53-1.
/// `donorCommitment`: SHA-256 of a salt and the donor's name (R25). `contentDigest`: SHA-256 of the record's canonical content.
/// `actorId`: the person who acted. A recording function takes (id, what it stands on, the rest), and its event tells
/// (id, what it stands on, the person, the rest); all but the id and the person are the content that a retry has to repeat.
interface IFundLedger is IRecords, ICorrectable {
    enum AllocationState { None, Proposed, Approved, Closed, Cancelled }
    enum ExpenditureKind { Goods, Services, Fees, Overhead }
    enum IncomeKind { Interest, SaleProceeds }
    enum DisbursementState { None, Sent, Acknowledged, Rejected }
    enum RedesignationState { None, Proposed, Approved }

    /// @param purpose Coded purpose (IATI sector code in ASCII), zero for none. A longer code lies within its prefix.
    /// @param place Coded place (OCHA P-code in ASCII), zero for none. A longer code lies within its prefix.
    struct Earmark { bytes16 purpose; bytes16 place; }
    struct DonationLine { bytes32 donationId; uint64 amountMinor; bytes32 donorCommitment; bytes32 contentDigest; }
    struct Totals {
        uint64 receivedMinor; uint64 transfersInMinor; uint64 interestMinor; uint64 saleProceedsMinor; uint64 deficitMinor;
        uint64 unallocatedMinor; uint64 allocatedUnspentMinor; uint64 spentOnLotsMinor; uint64 spentOnServicesMinor;
        uint64 prepaidMinor; uint64 transferredOutMinor; uint64 refundedMinor;
    }

    /*//////////////////////////////////////////////////////////////
                                 EVENTS
    //////////////////////////////////////////////////////////////*/

    /// @notice A fund was opened.
    /// @param ref Zero: it stands on nothing.
    /// @param currency ISO 4217 alpha-3 code.
    /// @param purpose, place Its earmark, see {Earmark}.
    event FundOpened(bytes32 indexed fundId, bytes32 indexed ref, uint24 indexed actorId, bytes3 currency, bytes16 purpose, bytes16 place, bytes32 contentDigest);

    /// @notice Somebody promised money in public. It is in no total (R2).
    event PledgeRecorded(bytes32 indexed pledgeId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes32 donorCommitment, bytes32 contentDigest);

    /// @notice A donor signed an agreement. It is in no total (R2).
    /// @param pledgeId The pledge that this agreement replaces (its open part shrinks), or zero.
    event CommitmentRecorded(bytes32 indexed commitmentId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes32 pledgeId, bytes32 donorCommitment, bytes32 contentDigest);

    /// @notice Money arrived from a donor: received and unallocated grow by it, less what covers a deficit.
    event DonationRecorded(bytes32 indexed donationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes32 donorCommitment, bytes32 contentDigest);

    /// @notice Follows the {DonationRecorded} of a payment that reduces a pledge or commitment (R2).
    /// @param promiseId The pledge or commitment.
    /// @param appliedMinor By how much its open part shrank: the amount paid, or what was open.
    event PaymentApplied(bytes32 indexed donationId, bytes32 indexed promiseId, uint24 indexed actorId, uint64 appliedMinor);

    /// @notice The canonical contents of the fund's donations from here on, until the next such event, are lines of this
    /// document (JSON lines). Told only when the document is another one than that of the fund's last recorded line, so that
    /// the journal does not depend on how lines are cut into batches (R24).
    /// @param documentDigest SHA-256 of the document.
    event DonationBatchRecorded(bytes32 indexed documentDigest, bytes32 indexed fundId, uint24 indexed actorId);

    /// @notice Interest, or the proceeds of goods that were sold, came into the fund.
    /// @param saleId The sale in `StockLedger`; zero for interest.
    event IncomeRecorded(bytes32 indexed incomeId, bytes32 indexed fundId, uint24 indexed actorId, IncomeKind kind, uint64 amountMinor, bytes32 saleId, bytes32 contentDigest);

    /// @notice Money went back to a donor.
    event RefundRecorded(bytes32 indexed refundId, bytes32 indexed donationId, uint24 indexed actorId, uint64 amountMinor, bytes32 contentDigest);

    /// @notice Money crossed currencies between two funds of one organisation (R3).
    /// @param fromAmountMinor In the minor unit of the first fund. @param toAmountMinor In that of the second.
    /// @param rateDate yyyymmdd. @param rateSourceDigest Where the rate was published. @param evidenceDigest The bank's advice.
    event ConversionRecorded(
        bytes32 indexed conversionId, bytes32 indexed fromFundId, uint24 indexed actorId, bytes32 toFundId,
        uint64 fromAmountMinor, uint64 toAmountMinor, uint32 rateDate, bytes32 rateSourceDigest, bytes32 evidenceDigest
    );

    /// @notice Somebody asks to use earmarked money for another end.
    /// @param purpose, place The other end: each that the fund's earmark names has to be named here.
    event RedesignationProposed(bytes32 indexed redesignationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes16 purpose, bytes16 place, bytes32 contentDigest);

    /// @notice Another person signed it: so much of the fund's money may go to that end.
    event RedesignationApproved(bytes32 indexed redesignationId, bytes32 indexed fundId, uint24 indexed actorId);

    /// @notice An amount is proposed for an end.
    /// @param redesignationId What allows ends outside the fund's earmark, or zero.
    event AllocationProposed(bytes32 indexed allocationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes16 purpose, bytes16 place, bytes32 redesignationId, bytes32 contentDigest);

    /// @notice A second person approved it: the amount went from unallocated to allocated, and the pool freezes (R5).
    /// @param unallocatedMinor What is still free in the fund after it.
    event AllocationApproved(bytes32 indexed allocationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, uint64 unallocatedMinor);

    /// @notice A proposal was withdrawn or turned down.
    event AllocationCancelled(bytes32 indexed allocationId, bytes32 indexed fundId, uint24 indexed actorId);

    /// @notice Unspent money went back to the fund while the allocation stays open.
    event AllocationReturned(bytes32 indexed returnId, bytes32 indexed allocationId, uint24 indexed actorId, uint64 amountMinor);

    /// @notice The allocation is finished.
    /// @param returnedMinor What it did not spend, and the fund has free again; zero is possible.
    event AllocationClosed(bytes32 indexed allocationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 returnedMinor);

    /// @notice Money of an allocation was paid. Goods are prepaid until they arrive as lots.
    /// @param orderDigest, invoiceDigest Documents (EPCIS po and inv), zero where there is none.
    event ExpenditureRecorded(
        bytes32 indexed expenditureId, bytes32 indexed allocationId, uint24 indexed actorId, ExpenditureKind kind, uint64 amountMinor,
        bytes32 orderDigest, bytes32 invoiceDigest, bytes32 contentDigest
    );

    /// @notice Prepaid goods arrived as a lot.
    /// @param costMinor This much of the expenditure is now the lot's cost.
    event ExpenditureDelivered(bytes32 indexed lotId, bytes32 indexed expenditureId, uint24 indexed actorId, uint64 costMinor);

    /// @notice A bought lot was declared never to have existed: this much of the expenditure is prepaid again.
    event ExpenditureUndelivered(bytes32 indexed lotId, bytes32 indexed expenditureId, uint24 indexed actorId, uint64 costMinor);

    /// @notice A supplier paid back: spent falls (what is prepaid first), and the allocation has it again; the fund, if that is closed.
    event SupplierRefundRecorded(bytes32 indexed refundId, bytes32 indexed expenditureId, uint24 indexed actorId, uint64 amountMinor, bytes32 contentDigest);

    /// @notice Money of an allocation was sent on to another organisation (R4).
    /// @param childFundId The fund it goes to. @param redesignationId What allows a fund with other ends, or zero.
    event DisbursementRecorded(bytes32 indexed disbursementId, bytes32 indexed allocationId, uint24 indexed actorId, bytes32 childFundId, uint64 amountMinor, bytes32 redesignationId, bytes32 contentDigest);

    /// @notice The receiving organisation has the money: it is in the child fund from here on.
    event DisbursementAcknowledged(bytes32 indexed disbursementId, bytes32 indexed childFundId, uint24 indexed actorId, uint64 amountMinor);

    /// @notice The receiving organisation does not take it: the allocation has it again.
    /// @param contentDigest Why.
    event DisbursementRejected(bytes32 indexed disbursementId, bytes32 indexed childFundId, uint24 indexed actorId, bytes32 contentDigest);

    /// @notice A correction changed a record's amount.
    /// @param deltaMinor What the amount of `recordId` (of the record that it adjusts, if it is an adjustment) changed by.
    /// @param deficitMinor By how much the fund's deficit grew.
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, int64 deltaMinor, uint64 deficitMinor);

    /// @notice A correction took a record out of effect (R15).
    /// @param amountMinor The amount that it had. @param deficitMinor By how much a deficit grew: that of the fund; of a
    /// disbursement's child; of the fund that a conversion went to.
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, uint64 deficitMinor);

    /*//////////////////////////////////////////////////////////////
                                 ERRORS
    //////////////////////////////////////////////////////////////*/

    /// @notice The allocation is not in the state this action needs.
    error AllocationUnexpectedState(bytes32 allocationId, AllocationState current, AllocationState required);

    /// @notice The disbursement is not in the state this action needs.
    error DisbursementUnexpectedState(bytes32 disbursementId, DisbursementState current, DisbursementState required);

    /// @notice The redesignation is not in the state this action needs.
    error RedesignationUnexpectedState(bytes32 redesignationId, RedesignationState current, RedesignationState required);

    /// @notice The allocation is larger than what the fund still has free.
    error FundOverallocated(bytes32 fundId, uint64 requestedMinor, uint64 unallocatedMinor);

    /// @notice The refund or conversion is larger than what the fund still has free.
    error FundInsufficient(bytes32 fundId, uint64 requestedMinor, uint64 unallocatedMinor);

    /// @notice The expenditure, disbursement or return is larger than what the allocation has not spent.
    error AllocationExceeded(bytes32 allocationId, uint64 requestedMinor, uint64 unspentMinor);

    /// @notice The supplier's refund is larger than what was paid and not refunded, or a lot's cost than what is prepaid.
    error ExpenditureExceeded(bytes32 expenditureId, uint64 requestedMinor, uint64 openMinor);

    /// @notice The refund is larger than what of the donation was not refunded.
    error RefundExceedsDonation(bytes32 donationId, uint64 requestedMinor, uint64 refundableMinor);

    /// @notice These ends are not within the earmark that the money or the goods come with, and no redesignation that covers
    /// them is cited. @param sourceId The fund that has the money, or the sale that brought it.
    error EarmarkBroken(bytes32 sourceId, bytes16 purpose, bytes16 place);

    /// @notice The redesignation covers less than that.
    error RedesignationExceeded(bytes32 redesignationId, uint64 requestedMinor, uint64 openMinor);

    /// @notice A disbursement stays in its currency; another one needs a conversion first.
    error CurrencyMismatch(bytes32 fundId, bytes3 currency, bytes3 required);

    /// @notice A conversion names where its rate was published, and its evidence (R3); one of them is zero.
    error ConversionUnproven(bytes32 conversionId, bytes32 rateSourceDigest, bytes32 evidenceDigest);

    /// @notice Not a day of the calendar as yyyymmdd.
    error DateImpossible(bytes32 recordId, uint32 date);

    /// @notice A conversion goes to a fund of another currency.
    error CurrencyUnchanged(bytes32 fundId, bytes3 currency);

    /// @notice A currency is three capital letters.
    error CurrencyMalformed(bytes32 fundId, bytes3 currency);

    /// @notice A disbursement goes to another organisation.
    error SameOrganisation(bytes32 recordId, uint32 organisationId);

    /*//////////////////////////////////////////////////////////////
                               MONEY IN
    //////////////////////////////////////////////////////////////*/

    /// @notice Opens a fund.
    ///
    /// @dev Emits a {FundOpened} event.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the organisation of `fundId`.
    /// - the currency must be three capital letters.
    function openFund(bytes32 fundId, bytes3 currency, Earmark calldata earmark, bytes32 contentDigest) external;

    /// @notice Records a public promise; it counts in no total.
    ///
    /// @dev Emits a {PledgeRecorded} event.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the fund's organisation, whose id `pledgeId` must be.
    function recordPledge(bytes32 pledgeId, bytes32 fundId, uint64 amountMinor, bytes32 donorCommitment, bytes32 contentDigest) external;

    /// @notice Records an agreement, which may replace (a part of) a pledge; it counts in no total.
    ///
    /// @dev Emits a {CommitmentRecorded} event.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the fund's organisation, whose id `commitmentId` must be.
    /// - the pledge, if one is named, must be the same fund's.
    function recordCommitment(bytes32 commitmentId, bytes32 fundId, uint64 amountMinor, bytes32 pledgeId, bytes32 donorCommitment, bytes32 contentDigest) external;

    /// @notice Records a batch of donations. Lines recorded before with the same content are passed over.
    ///
    /// @dev Emits a {DonationRecorded} event for each new line, before the first a {DonationBatchRecorded} event if their
    /// document is not that of the fund's last new line. A bad line refuses the batch with {LineRefused}.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the fund's organisation, whose ids the lines' must be.
    /// - 1 .. 400 lines.
    function recordDonations(bytes32 fundId, bytes32 documentDigest, DonationLine[] calldata lines) external;

    /// @notice Records a donation that pays (a part of) a pledge or commitment.
    ///
    /// @dev Emits a {DonationRecorded} and a {PaymentApplied} event. What is open of a promise is its amount less all payments
    /// and agreements in effect that cite it, and never below zero: who pays more than promised has paid more.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the fund's organisation, whose id the line's must be.
    /// - the pledge or commitment must be the same fund's.
    function recordPayment(bytes32 fundId, DonationLine calldata line, bytes32 promiseId) external;

    /// @notice Records interest, or the proceeds of a sale of goods.
    ///
    /// @dev Emits an {IncomeRecorded} event.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the fund's organisation, whose id `incomeId` must be.
    /// - sale proceeds name a sale of the same organisation that is in effect in `StockLedger`, and stand on it from here on;
    ///   interest names none.
    /// - the fund's earmark must lie within that of the lot that was sold ({EarmarkBroken} names the sale).
    function recordIncome(bytes32 incomeId, bytes32 fundId, IncomeKind kind, uint64 amountMinor, bytes32 saleId, bytes32 contentDigest) external;

    /// @notice Records money given back to a donor.
    ///
    /// @dev Emits a {RefundRecorded} event.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` in the fund's organisation and be another person than who recorded the donation.
    /// - the amount must not exceed what of the donation was not refunded, nor what the fund has free.
    function recordRefund(bytes32 refundId, bytes32 donationId, uint64 amountMinor, bytes32 contentDigest) external;

    /// @notice Records that money of one fund became money of another one, in another currency.
    ///
    /// @dev Emits a {ConversionRecorded} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the organisation that both funds belong to.
    /// - the currencies must differ, and the second fund's earmark must lie within the first one's.
    /// - the amount must not exceed what the first fund has free.
    /// - the rate's date must be a day, and its source and the evidence must be named.
    function recordConversion(
        bytes32 conversionId, bytes32 fromFundId, bytes32 toFundId, uint64 fromAmountMinor, uint64 toAmountMinor,
        uint32 rateDate, bytes32 rateSourceDigest, bytes32 evidenceDigest
    ) external;

    /*//////////////////////////////////////////////////////////////
                           MONEY TO ITS END
    //////////////////////////////////////////////////////////////*/

    /// @notice Asks to use so much of a fund's money for other ends than the donors'.
    ///
    /// @dev Emits a {RedesignationProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the fund's organisation.
    /// - where the fund's earmark names a purpose or a place, another one must be named: earmarked money is never set free.
    function proposeRedesignation(bytes32 redesignationId, bytes32 fundId, uint64 amountMinor, Earmark calldata earmark, bytes32 contentDigest) external;

    /// @notice Signs a proposed redesignation.
    ///
    /// @dev Emits a {RedesignationApproved} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATION_APPROVER` in the fund's organisation and be another person than the proposer.
    /// - the redesignation must be `Proposed`.
    function approveRedesignation(bytes32 redesignationId) external;

    /// @notice Proposes an amount for an end.
    ///
    /// @dev Emits an {AllocationProposed} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the fund's organisation.
    /// - purpose and place must lie within the fund's earmark, or within that of an approved redesignation of the fund which
    ///   has as much left. Where they keep to the earmark, a redesignation that is cited is not used.
    function proposeAllocation(bytes32 allocationId, bytes32 fundId, uint64 amountMinor, Earmark calldata earmark, bytes32 redesignationId, bytes32 contentDigest) external;

    /// @notice Approves a proposed allocation and sets its amount aside.
    ///
    /// @dev Emits an {AllocationApproved} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATION_APPROVER` in the fund's organisation and be another person than the proposer.
    /// - the allocation must be `Proposed`.
    /// - its amount must not exceed what the fund has free, nor what the redesignation has left that it needs.
    function approveAllocation(bytes32 allocationId) external;

    /// @notice Withdraws or turns down a proposed allocation.
    ///
    /// @dev Emits an {AllocationCancelled} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` or `ALLOCATION_APPROVER` in the fund's organisation.
    /// - the allocation must be `Proposed`.
    function cancelAllocation(bytes32 allocationId) external;

    /// @notice Gives unspent money back to the fund. A redesignation does not get back what it was used for.
    ///
    /// @dev Emits an {AllocationReturned} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the fund's organisation.
    /// - the allocation must be `Approved`, and the amount must not exceed what it has not spent.
    function returnUnspent(bytes32 returnId, bytes32 allocationId, uint64 amountMinor) external;

    /// @notice Finishes an allocation; what it did not spend is free in the fund again.
    ///
    /// @dev Emits an {AllocationClosed} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the fund's organisation.
    /// - the allocation must be `Approved`.
    function closeAllocation(bytes32 allocationId) external;

    /// @notice Records what was paid of an allocation.
    ///
    /// @dev Emits an {ExpenditureRecorded} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the fund's organisation.
    /// - the allocation must be `Approved`, and the amount must not exceed what it has not spent.
    function recordExpenditure(
        bytes32 expenditureId, bytes32 allocationId, ExpenditureKind kind, uint64 amountMinor,
        bytes32 orderDigest, bytes32 invoiceDigest, bytes32 contentDigest
    ) external;

    /// @notice Records what a supplier paid back.
    ///
    /// @dev Emits a {SupplierRefundRecorded} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the fund's organisation.
    /// - the amount must not exceed what was paid and not refunded.
    function recordSupplierRefund(bytes32 refundId, bytes32 expenditureId, uint64 amountMinor, bytes32 contentDigest) external;

    /// @notice Sends money of an allocation on to a fund of another organisation. It is in no fund until acknowledged.
    ///
    /// @dev Emits a {DisbursementRecorded} event.
    ///
    /// Requirements:
    /// - the caller must hold `ALLOCATOR` in the allocation's organisation.
    /// - the allocation must be `Approved`, and the amount must not exceed what it has not spent.
    /// - the child fund must be another organisation's, of the same currency, and an exercise's if and only if the parent is.
    /// - its earmark must lie within the allocation's, or within that of a redesignation as for {proposeAllocation}.
    function recordDisbursement(bytes32 disbursementId, bytes32 allocationId, bytes32 childFundId, uint64 amountMinor, bytes32 redesignationId, bytes32 contentDigest) external;

    /// @notice Says that the money arrived.
    ///
    /// @dev Emits a {DisbursementAcknowledged} event.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` in the child fund's organisation and be another person than the sender.
    /// - the disbursement must be `Sent`.
    function acknowledgeDisbursement(bytes32 disbursementId) external;

    /// @notice Says that the money is not taken.
    ///
    /// @dev Emits a {DisbursementRejected} event.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` in the child fund's organisation and be another person than the sender.
    /// - the disbursement must be `Sent`.
    function rejectDisbursement(bytes32 disbursementId, bytes32 contentDigest) external;

    /// @notice A part of an expenditure on goods became the cost of a lot.
    ///
    /// @dev Emits an {ExpenditureDelivered} event. The lot stands on the expenditure from here on.
    ///
    /// Requirements:
    /// - only the part `SupplyLedger` may call it, once for a lot.
    /// - the cost must not exceed what is prepaid of the expenditure; zero is a lot that came for free with others.
    ///
    /// @return earmark The allocation's earmark, which the lot carries on.
    function deliverExpenditure(bytes32 expenditureId, bytes32 lotId, uint64 costMinor, uint24 actorId) external returns (Earmark memory earmark);

    /// @notice A bought lot was declared never to have existed; its cost is prepaid again.
    ///
    /// @dev Emits an {ExpenditureUndelivered} event.
    ///
    /// Requirements:
    /// - only the part `SupplyLedger` may call it, once for a lot that it delivered.
    function undeliverExpenditure(bytes32 expenditureId, bytes32 lotId, uint64 costMinor, uint24 actorId) external;

    /*//////////////////////////////////////////////////////////////
                                 READS
    //////////////////////////////////////////////////////////////*/

    /// @notice The fund's totals, all zero once it was taken out of effect; {RecordUnknown} if there is none.
    function totalsOf(bytes32 fundId) external view returns (Totals memory totals);

    /// @notice The fund's currency and earmark; {RecordUnknown} if there is none.
    function fundOf(bytes32 fundId) external view returns (bytes3 currency, Earmark memory earmark);

    /// @notice An allocation in effect; {RecordUnknown} if there is none.
    function allocationOf(bytes32 allocationId) external view returns (AllocationState state, bytes32 fundId, uint64 amountMinor, uint64 unspentMinor);

    /// @notice The organisation whose `CORRECTION_APPROVER` approves that this record did not occur, or was another amount: the
    /// record's own; of a disbursement that was acknowledged, the child fund's, since it has the money (R4).
    function approvingOrganisationOf(bytes32 recordId) external view returns (uint32 organisationId);

    /// @notice What is kept of any record.
    ///
    /// @return kind 0 none, 1 fund, 2 donation, 3 pledge, 4 commitment, 5 income, 6 refund, 7 conversion, 8 redesignation,
    /// 9 allocation, 10 return, 11 expenditure, 12 supplier refund, 13 disbursement, 14 adjustment.
    /// @return state Its state by the enum of its kind; of an expenditure or income its kind + 1; of an adjustment 1 for more,
    /// 2 for less; else 1. 128 is added once it was taken out of effect.
    /// @return amountMinor The amount in effect: zero once it was taken out of effect.
    /// @return reducedMinor What was refunded of it, paid or agreed on it, or used or returned of it, by its kind.
    /// @return authorId Who recorded it.
    /// @return parentId The record it stands on.
    function recordOf(bytes32 recordId) external view returns (uint8 kind, uint8 state, uint64 amountMinor, uint64 reducedMinor, uint24 authorId, bytes32 parentId);
}
