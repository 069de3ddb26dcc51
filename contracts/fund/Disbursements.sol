// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Expenditures} from "./Expenditures.sol";
import {Calendar} from "../Calendar.sol";
import {Roles} from "../Roles.sol";
import {IFundLedger} from "../interfaces/IFundLedger.sol";

/// @title Disbursements
/// @notice Money that goes from fund to fund: on to another organisation (R4), or into another currency (R3).
abstract contract Disbursements is Expenditures {
    /// @inheritdoc IFundLedger
    function recordDisbursement(
        bytes32 disbursementId,
        bytes32 allocationId,
        bytes32 childFundId,
        uint64 amountMinor,
        bytes32 redesignationId,
        bytes32 contentDigest
    ) external {
        Entry memory entry = _outgoing(disbursementId, DISBURSEMENT, allocationId, amountMinor, 4);
        uint32 organisationId = _organisationOf(allocationId);
        if (!_isNew(entry)) return;
        entry.state = uint8(DisbursementState.Sent);
        _useAllocation(entry);
        Fund storage child = _funds[_require(childFundId, FUND).link];
        if (_organisationOf(childFundId) == organisationId) revert SameOrganisation(disbursementId, organisationId);
        _requireSameWorld(disbursementId, childFundId);
        bytes3 currency = _funds[entry.fundNo].currency;
        if (child.currency != currency) revert CurrencyMismatch(childFundId, child.currency, currency);
        bytes32 neededId = _redesignationFor(entry, child.earmark, _details[allocationId].earmark, redesignationId);

        Detail storage detail = _details[disbursementId];
        detail.otherId = childFundId;
        detail.redesignationId = neededId;
        _stand(neededId, true);
        child.records += 1;
        _record(DisbursementRecorded.selector, entry);
    }

    /// @inheritdoc IFundLedger
    function acknowledgeDisbursement(bytes32 disbursementId) external {
        Detail storage detail = _details[disbursementId];
        uint24 actorId = _receiver(disbursementId);
        if (detail.approverId == actorId) return;
        Record storage disbursement = _requireSent(disbursementId, actorId);
        disbursement.state = uint8(DisbursementState.Acknowledged);
        detail.approverId = actorId;
        uint64 amountMinor = disbursement.amount;
        _arrive(detail.otherId, disbursementId, int256(uint256(amountMinor)), 0);
        _appendOne(DisbursementAcknowledged.selector, disbursementId, detail.otherId, actorId, abi.encode(amountMinor));
    }

    /// @inheritdoc IFundLedger
    function rejectDisbursement(bytes32 disbursementId, bytes32 contentDigest) external {
        Detail storage detail = _details[disbursementId];
        uint24 actorId = _receiver(disbursementId);
        bytes10 tag = _tagOf(abi.encode(contentDigest));
        bool isRejected = _records[disbursementId].state & ~REVERSED == uint8(DisbursementState.Rejected);
        if (isRejected && detail.endTag == tag) return;
        Record storage disbursement = _requireSent(disbursementId, actorId);

        // What was set aside is free in the allocation again; the record keeps its amount.
        uint56 amountMinor = disbursement.amount;
        Totals memory totals = _load(disbursement.link);
        _change(totals, disbursementId, -int256(uint256(amountMinor)));
        _save(disbursement.link, totals, disbursementId, 0);
        disbursement.amount = amountMinor;
        disbursement.state = uint8(DisbursementState.Rejected);
        detail.closerId = actorId;
        detail.endTag = tag;
        _appendOne(DisbursementRejected.selector, disbursementId, detail.otherId, actorId, abi.encode(contentDigest));
    }

    /// @inheritdoc IFundLedger
    function recordConversion(
        bytes32 conversionId,
        bytes32 fromFundId,
        bytes32 toFundId,
        uint64 fromAmountMinor,
        uint64 toAmountMinor,
        uint32 rateDate,
        bytes32 rateSourceDigest,
        bytes32 evidenceDigest
    ) external {
        Entry memory entry = _outgoing(conversionId, CONVERSION, fromFundId, fromAmountMinor, 6);
        if (!_isNewInFund(entry)) return;
        _requireAmount(conversionId, toAmountMinor);
        if (!Calendar.isDay(rateDate)) revert DateImpossible(conversionId, rateDate);
        if (rateSourceDigest == 0 || evidenceDigest == 0) revert ConversionUnproven(conversionId, rateSourceDigest, evidenceDigest);
        _requireConvertible(entry, toFundId);
        Detail storage detail = _details[conversionId];
        detail.otherId = toFundId;
        detail.amount = uint56(toAmountMinor);
        _record(ConversionRecorded.selector, entry);
        _arrive(toFundId, conversionId, int256(uint256(toAmountMinor)), 1);
    }

    /// @dev Two funds of one organisation, the second keeping the first one's earmark, and the money is free.
    function _requireConvertible(Entry memory entry, bytes32 toFundId) private view {
        bytes32 fromFundId = entry.ref;
        Fund storage from = _funds[entry.fundNo];
        Fund storage to = _funds[_require(toFundId, FUND).link];
        uint32 organisationId = _organisationOf(fromFundId);
        if (_organisationOf(toFundId) != organisationId) revert ForeignRecordId(toFundId, organisationId);
        if (from.currency == to.currency) revert CurrencyUnchanged(toFundId, to.currency);
        Earmark memory earmark = to.earmark;
        if (!_keeps(earmark, from.earmark)) revert EarmarkBroken(fromFundId, earmark.purpose, earmark.place);
        _requireFree(entry.fundNo, entry.amountMinor);
    }

    /// @dev Money arrives in a fund from another one (or, below zero, never did). Returns by how much the deficit grew.
    function _arrive(bytes32 fundId, bytes32 recordId, int256 delta, int256 records) internal returns (uint64 deficitMinor) {
        uint24 fundNo = _records[fundId].link;
        Totals memory totals = _load(fundNo);
        uint64 before = totals.deficitMinor;
        totals.transfersInMinor = _plus(totals.transfersInMinor, delta);
        _flow(totals, delta);
        _save(fundNo, totals, recordId, records);
        return totals.deficitMinor > before ? totals.deficitMinor - before : 0;
    }

    /// @dev The person that answers for the organisation of the child fund.
    function _receiver(bytes32 disbursementId) private view returns (uint24 actorId) {
        if (_records[disbursementId].kind != DISBURSEMENT) revert RecordUnknown(disbursementId);
        return _actor(_organisationOf(_details[disbursementId].otherId), Roles.INTAKE_CLERK);
    }

    /// @dev The disbursement waits for its answer, which is another person's than the sender.
    function _requireSent(bytes32 disbursementId, uint24 actorId) private view returns (Record storage disbursement) {
        disbursement = _require(disbursementId, DISBURSEMENT);
        DisbursementState current = DisbursementState(disbursement.state);
        if (current != DisbursementState.Sent) {
            revert DisbursementUnexpectedState(disbursementId, current, DisbursementState.Sent);
        }
        _requireOther(disbursementId, actorId, disbursement.authorId);
    }
}
