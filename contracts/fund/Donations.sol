// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Changes} from "./Changes.sol";
import {Roles} from "../Roles.sol";
import {IFundLedger} from "../interfaces/IFundLedger.sol";
import {ICorrectable} from "../interfaces/ICorrectable.sol";

/// @title Donations
/// @notice Promises, gifts of money, other income, and what is given back to donors.
abstract contract Donations is Changes {
    /// @dev A batch of donations on its way in. `common` is what the slots of its lines share: fund, author, kind, state.
    /// @param inflowsMinor What came into the fund before it. @param count Lines that were new. @param body Of the line's event.
    struct Batch {
        bytes32 fundId;
        uint256 common;
        uint256 inflowsMinor;
        uint256 count;
        bytes body;
        uint24 actorId;
    }

    /// @dev Link, kind and tag of a record's slot: what a donation recorded again must have in common with the first.
    uint256 private constant IDENTITY_MASK = uint256(0xffffff) << 112 | uint256(0xff) << 160 | TAG_MASK;
    uint256 private constant TAG_MASK = uint256(type(uint80).max) << 176;

    /*//////////////////////////////////////////////////////////////
                                PROMISES
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function recordPledge(bytes32 pledgeId, bytes32 fundId, uint64 amountMinor, bytes32 donorCommitment, bytes32 contentDigest) external {
        Entry memory entry = _incoming(pledgeId, PLEDGE, fundId, amountMinor);
        entry.body = abi.encode(amountMinor, donorCommitment, contentDigest);
        if (!_isNew(entry, _organisationOf(fundId))) return;
        entry.fundNo = _require(fundId, FUND).link;
        _record(PledgeRecorded.selector, entry);
    }

    /// @inheritdoc IFundLedger
    function recordCommitment(
        bytes32 commitmentId,
        bytes32 fundId,
        uint64 amountMinor,
        bytes32 pledgeId,
        bytes32 donorCommitment,
        bytes32 contentDigest
    ) external {
        Entry memory entry = _incoming(commitmentId, COMMITMENT, fundId, amountMinor);
        entry.body = abi.encode(amountMinor, pledgeId, donorCommitment, contentDigest);
        if (!_isNew(entry, _organisationOf(fundId))) return;
        entry.fundNo = _require(fundId, FUND).link;
        entry.parentId = pledgeId;
        if (pledgeId != 0 && _require(pledgeId, PLEDGE).link != entry.fundNo) revert RecordUnknown(pledgeId);
        _record(CommitmentRecorded.selector, entry);
    }

    /// @dev What every record of something promised or given has in common; asks for the role.
    function _incoming(bytes32 recordId, uint8 kind, bytes32 fundId, uint64 amountMinor) private view returns (Entry memory entry) {
        entry.recordId = recordId;
        entry.kind = kind;
        entry.ref = fundId;
        entry.amountMinor = amountMinor;
        entry.actorId = _actorOfEither(_organisationOf(fundId), Roles.INTAKE_CLERK, Roles.IMPORTER);
    }

    /*//////////////////////////////////////////////////////////////
                                MONEY IN
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function recordDonations(bytes32 fundId, bytes32 documentDigest, DonationLine[] calldata lines) external {
        Batch memory batch;
        batch.fundId = fundId;
        batch.actorId = _actorOfEither(_organisationOf(fundId), Roles.INTAKE_CLERK, Roles.IMPORTER);
        _requireBatch(lines.length);
        uint24 fundNo = _require(fundId, FUND).link;
        Totals memory totals = _load(fundNo);
        batch.inflowsMinor = _inflowsOf(totals);
        batch.common = uint256(fundNo) << 112 | uint256(batch.actorId) << 136 | uint256(DONATION) << 160 | uint256(RECORDED) << 168;
        batch.body = new bytes(96);

        Cursor memory cursor = _open();
        uint256 sumMinor = _recordLines(cursor, batch, documentDigest, lines);
        _close(cursor);
        if (batch.count == 0) return;
        totals.receivedMinor += uint64(sumMinor);
        _flow(totals, int256(sumMinor));
        _save(fundNo, totals, fundId, int256(batch.count));
    }

    /// @dev Stores and journals the lines that are new and returns their sum.
    function _recordLines(Cursor memory cursor, Batch memory batch, bytes32 documentDigest, DonationLine[] calldata lines)
        private
        returns (uint256 sumMinor)
    {
        for (uint256 i = 0; i < lines.length; ++i) {
            DonationLine calldata line = lines[i];
            if (!_isNewDonation(i, line, batch)) continue;
            sumMinor += line.amountMinor;
            if (batch.inflowsMinor + sumMinor > AMOUNT_MAX) _refuseLine(i, line.donationId, batch.inflowsMinor + sumMinor);
            if (batch.count++ == 0) _citeDocument(cursor, batch, documentDigest);
            _append(cursor, DonationRecorded.selector, line.donationId, batch.fundId, batch.actorId, batch.body);
        }
    }

    /// @dev Says where the contents are, when they are elsewhere than those of the fund's last line.
    function _citeDocument(Cursor memory cursor, Batch memory batch, bytes32 documentDigest) private {
        Fund storage fund = _funds[_records[batch.fundId].link];
        if (fund.documentDigest == documentDigest) return;
        fund.documentDigest = documentDigest;
        _append(cursor, DonationBatchRecorded.selector, documentDigest, batch.fundId, batch.actorId, "");
    }

    /// @dev Stores one line, with a single write, and leaves the event's body in `batch.body`; false: it was recorded before.
    function _isNewDonation(uint256 index, DonationLine calldata line, Batch memory batch) private returns (bool) {
        bytes32 donationId = line.donationId;
        uint256 amountMinor = line.amountMinor;
        bytes memory body = batch.body;
        uint256 seen;
        uint256 slot;
        uint256 content;
        assembly ("memory-safe") {
            // Amount, commitment and content digest stand in the call as they stand in the event.
            calldatacopy(add(body, 0x20), add(line, 0x20), 0x60)
            content := keccak256(add(body, 0x20), 0x60)
            mstore(0, donationId)
            mstore(0x20, _records.slot)
            slot := keccak256(0, 0x40)
            seen := sload(slot)
        }
        content = batch.common | (content & TAG_MASK);
        if (seen != 0) {
            if ((seen ^ content) & IDENTITY_MASK != 0) {
                revert LineRefused(index, abi.encodeWithSelector(RecordConflict.selector, donationId));
            }
            return false;
        }
        uint32 organisationId = _organisationOf(batch.fundId);
        if (_organisationOf(donationId) != organisationId || uint224(uint256(donationId)) == 0) {
            revert LineRefused(index, abi.encodeWithSelector(ForeignRecordId.selector, donationId, organisationId));
        }
        if (amountMinor == 0 || amountMinor > AMOUNT_MAX) _refuseLine(index, donationId, amountMinor);
        content |= amountMinor;
        assembly ("memory-safe") {
            sstore(slot, content)
        }
        return true;
    }

    function _refuseLine(uint256 index, bytes32 recordId, uint256 amountMinor) private pure {
        revert LineRefused(index, abi.encodeWithSelector(AmountOutOfRange.selector, recordId, amountMinor));
    }

    /// @inheritdoc IFundLedger
    function recordPayment(bytes32 fundId, DonationLine calldata line, bytes32 promiseId) external {
        Entry memory entry = _incoming(line.donationId, DONATION, fundId, line.amountMinor);
        entry.body = abi.encode(line.amountMinor, line.donorCommitment, line.contentDigest, promiseId);
        if (!_isNew(entry, _organisationOf(fundId))) return;
        entry.fundNo = _require(fundId, FUND).link;
        entry.parentId = promiseId;
        Record storage cited = _records[promiseId];
        bool isPromise = cited.kind == PLEDGE || cited.kind == COMMITMENT;
        if (!isPromise || cited.state >= REVERSED || cited.link != entry.fundNo) revert RecordUnknown(promiseId);

        uint64 openMinor = _openOf(promiseId);
        _enter(entry);
        Cursor memory cursor = _open();
        entry.body = abi.encode(line.amountMinor, line.donorCommitment, line.contentDigest);
        _append(cursor, DonationRecorded.selector, entry.recordId, fundId, entry.actorId, entry.body);
        entry.body = abi.encode(line.amountMinor < openMinor ? line.amountMinor : openMinor);
        _append(cursor, PaymentApplied.selector, entry.recordId, promiseId, entry.actorId, entry.body);
        _close(cursor);
    }

    /// @inheritdoc IFundLedger
    function recordIncome(
        bytes32 incomeId,
        bytes32 fundId,
        IncomeKind kind,
        uint64 amountMinor,
        bytes32 saleId,
        bytes32 contentDigest
    ) external {
        Entry memory entry = _incoming(incomeId, INCOME, fundId, amountMinor);
        entry.body = abi.encode(kind, amountMinor, saleId, contentDigest);
        if (!_isNew(entry, _organisationOf(fundId))) return;
        entry.fundNo = _require(fundId, FUND).link;
        entry.state = uint8(kind) + 1;
        if (kind == IncomeKind.SaleProceeds) {
            _requireOwnId(saleId, _organisationOf(fundId));
            if (!ICorrectable(_part("SupplyLedger")).inEffect(saleId)) revert RecordUnknown(saleId);
        } else if (saleId != 0) {
            revert RecordUnknown(saleId);
        }
        _record(IncomeRecorded.selector, entry);
    }

    /*//////////////////////////////////////////////////////////////
                               MONEY BACK
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function recordRefund(bytes32 refundId, bytes32 donationId, uint64 amountMinor, bytes32 contentDigest) external {
        Entry memory entry;
        entry.recordId = refundId;
        entry.kind = REFUND;
        entry.ref = donationId;
        entry.parentId = donationId;
        entry.amountMinor = amountMinor;
        entry.body = abi.encode(amountMinor, contentDigest);
        entry.actorId = _actor(_organisationOf(donationId), Roles.INTAKE_CLERK);
        if (!_isNew(entry, _organisationOf(donationId))) return;

        Record storage donation = _require(donationId, DONATION);
        _requireOther(donationId, entry.actorId, donation.authorId);
        uint64 refundableMinor = _openOf(donationId);
        if (amountMinor > refundableMinor) revert RefundExceedsDonation(donationId, amountMinor, refundableMinor);
        entry.fundNo = donation.link;
        _requireFree(entry.fundNo, amountMinor);
        _record(RefundRecorded.selector, entry);
    }

    /// @dev Money leaves the fund only from what is free.
    function _requireFree(uint24 fundNo, uint64 amountMinor) internal view {
        Fund storage fund = _funds[fundNo];
        if (amountMinor > fund.unallocated) revert FundInsufficient(fund.id, amountMinor, fund.unallocated);
    }
}
