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
///
/// State machine of an allocation (any other transition reverts with {AllocationUnexpectedState}):
///
///   None --propose[ALLOCATOR]--> Proposed --approve[ALLOCATION_APPROVER]--> Approved --close[ALLOCATOR]--> Closed (final)
///                                   \------cancel[either]------> Cancelled (final)
///
/// Amounts are integers in the fund's minor unit (CNY 1.00 = 100, VND 1 = 1).
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

    event FundOpened(bytes32 indexed fundId, bytes32 indexed ref, uint24 indexed actorId, bytes3 currency, bytes16 purpose, bytes16 place, bytes32 contentDigest);
    event PledgeRecorded(bytes32 indexed pledgeId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes32 donorCommitment, bytes32 contentDigest);
    /// @param pledgeId The pledge that this agreement replaces (its open part shrinks), or zero.
    event CommitmentRecorded(bytes32 indexed commitmentId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes32 pledgeId, bytes32 donorCommitment, bytes32 contentDigest);
    event DonationRecorded(bytes32 indexed donationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes32 donorCommitment, bytes32 contentDigest);
    /// @notice Follows the {DonationRecorded} of a payment that reduces a pledge or commitment (R2).
    event PaymentApplied(bytes32 indexed donationId, bytes32 indexed promiseId, uint24 indexed actorId, uint64 appliedMinor);
    /// @notice The canonical contents of the fund's donations from here on, until the next such event, are lines of this
    /// document (JSON lines). Told only when the document is another one than that of the fund's last recorded line, so that
    /// the journal does not depend on how lines are cut into batches (R24).
    event DonationBatchRecorded(bytes32 indexed documentDigest, bytes32 indexed fundId, uint24 indexed actorId);
    event IncomeRecorded(bytes32 indexed incomeId, bytes32 indexed fundId, uint24 indexed actorId, IncomeKind kind, uint64 amountMinor, bytes32 saleId, bytes32 contentDigest);
    event RefundRecorded(bytes32 indexed refundId, bytes32 indexed donationId, uint24 indexed actorId, uint64 amountMinor, bytes32 contentDigest);
    event ConversionRecorded(
        bytes32 indexed conversionId, bytes32 indexed fromFundId, uint24 indexed actorId, bytes32 toFundId,
        uint64 fromAmountMinor, uint64 toAmountMinor, uint32 rateDate, bytes32 rateSourceDigest, bytes32 evidenceDigest
    );
    event RedesignationProposed(bytes32 indexed redesignationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes16 purpose, bytes16 place, bytes32 contentDigest);
    event RedesignationApproved(bytes32 indexed redesignationId, bytes32 indexed fundId, uint24 indexed actorId);
    event AllocationProposed(bytes32 indexed allocationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, bytes16 purpose, bytes16 place, bytes32 redesignationId, bytes32 contentDigest);
    event AllocationApproved(bytes32 indexed allocationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, uint64 unallocatedMinor);
    event AllocationCancelled(bytes32 indexed allocationId, bytes32 indexed fundId, uint24 indexed actorId);
    /// @notice Unspent money went back to the fund while the allocation stays open.
    event AllocationReturned(bytes32 indexed returnId, bytes32 indexed allocationId, uint24 indexed actorId, uint64 amountMinor);
    event AllocationClosed(bytes32 indexed allocationId, bytes32 indexed fundId, uint24 indexed actorId, uint64 returnedMinor);
    event ExpenditureRecorded(
        bytes32 indexed expenditureId, bytes32 indexed allocationId, uint24 indexed actorId, ExpenditureKind kind, uint64 amountMinor,
        bytes32 orderDigest, bytes32 invoiceDigest, bytes32 contentDigest
    );
    /// @notice Prepaid goods arrived as a lot: this much of the expenditure is now the lot's cost.
    event ExpenditureDelivered(bytes32 indexed lotId, bytes32 indexed expenditureId, uint24 indexed actorId, uint64 costMinor);
    /// @notice A bought lot was declared never to have existed: this much of the expenditure is prepaid again.
    event ExpenditureUndelivered(bytes32 indexed lotId, bytes32 indexed expenditureId, uint24 indexed actorId, uint64 costMinor);
    event SupplierRefundRecorded(bytes32 indexed refundId, bytes32 indexed expenditureId, uint24 indexed actorId, uint64 amountMinor, bytes32 contentDigest);
    event DisbursementRecorded(bytes32 indexed disbursementId, bytes32 indexed allocationId, uint24 indexed actorId, bytes32 childFundId, uint64 amountMinor, bytes32 redesignationId, bytes32 contentDigest);
    event DisbursementAcknowledged(bytes32 indexed disbursementId, bytes32 indexed childFundId, uint24 indexed actorId, uint64 amountMinor);
    event DisbursementRejected(bytes32 indexed disbursementId, bytes32 indexed childFundId, uint24 indexed actorId, bytes32 contentDigest);
    /// @notice A correction changed a record's amount. `deltaMinor` is what its amount changed by; `deficitMinor` what the fund's deficit grew by.
    event RecordAdjusted(bytes32 indexed adjustmentId, bytes32 indexed recordId, uint24 indexed actorId, int64 deltaMinor, uint64 deficitMinor);
    /// @notice A correction took a record out of effect (R15).
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed fundId, uint24 indexed actorId, uint64 amountMinor, uint64 deficitMinor);

    error AllocationUnexpectedState(bytes32 allocationId, AllocationState current, AllocationState required);
    error DisbursementUnexpectedState(bytes32 disbursementId, DisbursementState current, DisbursementState required);
    error RedesignationUnexpectedState(bytes32 redesignationId, RedesignationState current, RedesignationState required);
    error FundOverallocated(bytes32 fundId, uint64 requestedMinor, uint64 unallocatedMinor);
    error FundInsufficient(bytes32 fundId, uint64 requestedMinor, uint64 unallocatedMinor);
    error AllocationExceeded(bytes32 allocationId, uint64 requestedMinor, uint64 unspentMinor);
    error ExpenditureExceeded(bytes32 expenditureId, uint64 requestedMinor, uint64 openMinor);
    error RefundExceedsDonation(bytes32 donationId, uint64 requestedMinor, uint64 refundableMinor);
    error EarmarkBroken(bytes32 fundId, bytes16 purpose, bytes16 place);
    error RedesignationExceeded(bytes32 redesignationId, uint64 requestedMinor, uint64 openMinor);
    error CurrencyMismatch(bytes32 fundId, bytes3 currency, bytes3 required);
    error CurrencyUnchanged(bytes32 fundId, bytes3 currency);
    error CurrencyMalformed(bytes32 fundId, bytes3 currency);
    error SameOrganisation(bytes32 recordId, uint32 organisationId);

    function openFund(bytes32 fundId, bytes3 currency, Earmark calldata earmark, bytes32 contentDigest) external;
    function recordPledge(bytes32 pledgeId, bytes32 fundId, uint64 amountMinor, bytes32 donorCommitment, bytes32 contentDigest) external;
    function recordCommitment(bytes32 commitmentId, bytes32 fundId, uint64 amountMinor, bytes32 pledgeId, bytes32 donorCommitment, bytes32 contentDigest) external;
    function recordDonations(bytes32 fundId, bytes32 documentDigest, DonationLine[] calldata lines) external;
    function recordPayment(bytes32 fundId, DonationLine calldata line, bytes32 promiseId) external;
    function recordIncome(bytes32 incomeId, bytes32 fundId, IncomeKind kind, uint64 amountMinor, bytes32 saleId, bytes32 contentDigest) external;
    function recordRefund(bytes32 refundId, bytes32 donationId, uint64 amountMinor, bytes32 contentDigest) external;
    function recordConversion(
        bytes32 conversionId, bytes32 fromFundId, bytes32 toFundId, uint64 fromAmountMinor, uint64 toAmountMinor,
        uint32 rateDate, bytes32 rateSourceDigest, bytes32 evidenceDigest
    ) external;
    function proposeRedesignation(bytes32 redesignationId, bytes32 fundId, uint64 amountMinor, Earmark calldata earmark, bytes32 contentDigest) external;
    function approveRedesignation(bytes32 redesignationId) external;
    function proposeAllocation(bytes32 allocationId, bytes32 fundId, uint64 amountMinor, Earmark calldata earmark, bytes32 redesignationId, bytes32 contentDigest) external;
    function approveAllocation(bytes32 allocationId) external;
    function cancelAllocation(bytes32 allocationId) external;
    function returnUnspent(bytes32 returnId, bytes32 allocationId, uint64 amountMinor) external;
    function closeAllocation(bytes32 allocationId) external;
    function recordExpenditure(
        bytes32 expenditureId, bytes32 allocationId, ExpenditureKind kind, uint64 amountMinor,
        bytes32 orderDigest, bytes32 invoiceDigest, bytes32 contentDigest
    ) external;
    function recordSupplierRefund(bytes32 refundId, bytes32 expenditureId, uint64 amountMinor, bytes32 contentDigest) external;
    function recordDisbursement(bytes32 disbursementId, bytes32 allocationId, bytes32 childFundId, uint64 amountMinor, bytes32 redesignationId, bytes32 contentDigest) external;
    function acknowledgeDisbursement(bytes32 disbursementId) external;
    function rejectDisbursement(bytes32 disbursementId, bytes32 contentDigest) external;

    /// @notice Only the part that keeps lots: `costMinor` of a goods expenditure became the cost of `lotId`. Returns the allocation's earmark.
    function deliverExpenditure(bytes32 expenditureId, bytes32 lotId, uint64 costMinor, uint24 actorId) external returns (Earmark memory);
    /// @notice Only the part that keeps lots: a bought lot was declared never to have existed.
    function undeliverExpenditure(bytes32 expenditureId, bytes32 lotId, uint64 costMinor, uint24 actorId) external;

    function totalsOf(bytes32 fundId) external view returns (Totals memory);
    function fundOf(bytes32 fundId) external view returns (bytes3 currency, Earmark memory earmark);
    function allocationOf(bytes32 allocationId) external view returns (AllocationState state, bytes32 fundId, uint64 amountMinor, uint64 unspentMinor);
    /// @dev amountMinor is the amount in effect; reducedMinor what was refunded (donations), used or returned of it (others).
    function recordOf(bytes32 recordId) external view returns (uint8 kind, uint8 state, uint64 amountMinor, uint64 reducedMinor, uint24 authorId, bytes32 parentId);
}
