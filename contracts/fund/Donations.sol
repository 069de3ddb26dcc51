// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Changes} from "./Changes.sol";
import {Roles} from "../Roles.sol";
import {IFundLedger} from "../interfaces/IFundLedger.sol";
import {IStockLedger} from "../interfaces/IStockLedger.sol";

/// @title Donations
/// @notice Promises, gifts of money, other income, and what is given back to donors.
abstract contract Donations is Changes {
    /// @dev A batch of donations on its way in. Its first seven words are what the journal folds for a line, see {Journal}; of
    /// them, the last three are the event's body, and the content that the tag is made of.
    /// @param common What the slots of the lines share: fund, author, kind and state.
    /// @param inflowsMinor What came into the fund, the lines so far included. @param count Lines that were new.
    /// @param isCited Whether the journal says where their contents are.
    struct Batch {
        bytes32 head;
        bytes32 topic0;
        bytes32 donationId;
        bytes32 fundId;
        uint256 amountMinor;
        bytes32 donorCommitment;
        bytes32 contentDigest;
        uint256 common;
        uint256 inflowsMinor;
        uint256 count;
        uint24 actorId;
        bool isCited;
    }

    /// @dev Link, kind and tag in a record's slot: what a donation recorded again has in common with the first.
    uint256 private constant _IDENTITY_MASK = 0xffffffffffffffffffff00ff000000ffffff0000000000000000000000000000;

    /*//////////////////////////////////////////////////////////////
                                PROMISES
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function recordPledge(bytes32 pledgeId, bytes32 fundId, uint64 amountMinor, bytes32 donorCommitment, bytes32 contentDigest) external {
        Entry memory entry = _incoming(pledgeId, PLEDGE, fundId, amountMinor, 3);
        if (!_isNewInFund(entry)) return;
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
        Entry memory entry = _incoming(commitmentId, COMMITMENT, fundId, amountMinor, 4);
        if (!_isNewInFund(entry)) return;
        entry.parentId = pledgeId;
        if (pledgeId != 0 && _require(pledgeId, PLEDGE).link != entry.fundNo) revert RecordUnknown(pledgeId);
        _record(CommitmentRecorded.selector, entry);
    }

    /// @dev What every record of something promised or given has in common; asks for the role.
    function _incoming(bytes32 recordId, uint8 kind, bytes32 fundId, uint64 amountMinor, uint256 words)
        private
        view
        returns (Entry memory entry)
    {
        entry = _entry(recordId, kind, fundId, amountMinor, words);
        entry.actorId = _actorOfEither(_organisationOf(fundId), Roles.INTAKE_CLERK, Roles.IMPORTER);
    }

    /*//////////////////////////////////////////////////////////////
                                MONEY IN
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function recordDonations(bytes32 fundId, bytes32 documentDigest, DonationLine[] calldata lines) external {
        Batch memory batch;
        batch.topic0 = DonationRecorded.selector;
        batch.fundId = fundId;
        batch.actorId = _actorOfEither(_organisationOf(fundId), Roles.INTAKE_CLERK, Roles.IMPORTER);
        _requireBatch(lines.length);
        uint24 fundNo = _records[fundId].kind == FUND ? _records[fundId].link : 0;
        Fund storage fund = _funds[fundNo];
        uint256 before = uint256(fund.received) + fund.transfersIn + fund.interest + fund.saleProceeds;
        batch.inflowsMinor = before;
        batch.common = uint256(fundNo) << 112 | uint256(batch.actorId) << 136 | uint256(DONATION) << 160 | uint256(RECORDED) << 168;

        Cursor memory cursor = _open();
        if (_storeLines(batch, lines) < lines.length) {
            _require(fundId, FUND);
            _citeDocument(cursor, batch, fund, documentDigest);
            uint256 index = _storeLines(batch, lines);
            if (index < lines.length) _refuseLine(batch, index);
            cursor.head = batch.head;
            cursor.count += uint64(batch.count);
            _receive(fund, batch.inflowsMinor - before, batch.count);
        }
        _close(cursor);
    }

    /// @dev Stores and journals the lines that were not recorded before, each with a single write, and stops before one that has
    /// to be refused, or cited first; returns its index. This loop is what the intake of gifts costs.
    function _storeLines(Batch memory batch, DonationLine[] calldata lines) private returns (uint256 index) {
        // Memory-safe: writes to `batch` and to scratch space.
        assembly ("memory-safe") {
            let body := add(batch, 0x80)
            let line := lines.offset
            let end := add(line, shl(7, lines.length))
            let inflowsMinor := mload(add(batch, 0x100))
            let count := mload(add(batch, 0x120))
            for {} lt(line, end) { line := add(line, 0x80) } {
                let donationId := calldataload(line)
                mstore(add(batch, 0x40), donationId)
                calldatacopy(body, add(line, 0x20), 0x60)
                let content := or(mload(add(batch, 0xe0)), shl(176, shr(176, keccak256(body, 0x60))))
                mstore(0, donationId)
                mstore(0x20, _records.slot)
                let slot := keccak256(0, 0x40)
                let seen := sload(slot)
                if seen {
                    if and(xor(seen, content), _IDENTITY_MASK) { break }
                    continue
                }
                // The fund's organisation, a number of its own, an amount and a total within range.
                let amountMinor := mload(body)
                inflowsMinor := add(inflowsMinor, amountMinor)
                if or(
                    or(shr(224, xor(donationId, mload(add(batch, 0x60)))), iszero(shl(32, donationId))),
                    or(iszero(lt(sub(amountMinor, 1), AMOUNT_MAX)), or(gt(inflowsMinor, AMOUNT_MAX), iszero(mload(add(batch, 0x160)))))
                ) {
                    inflowsMinor := sub(inflowsMinor, amountMinor)
                    break
                }
                sstore(slot, or(content, amountMinor))
                count := add(count, 1)
                // As {Journal-_append} does, from the words that stand ready for it.
                mstore(batch, keccak256(batch, 0xe0))
                log4(body, 0x60, mload(add(batch, 0x20)), donationId, mload(add(batch, 0x60)), mload(add(batch, 0x140)))
            }
            mstore(add(batch, 0x100), inflowsMinor)
            mstore(add(batch, 0x120), count)
            index := shr(7, sub(line, lines.offset))
        }
    }

    /// @dev Why the line that stands in `batch` was not stored.
    function _refuseLine(Batch memory batch, uint256 index) private view {
        bytes32 donationId = batch.donationId;
        uint32 organisationId = _organisationOf(batch.fundId);
        bytes memory reason;
        if (_records[donationId].kind != 0) {
            reason = abi.encodeWithSelector(RecordConflict.selector, donationId);
        } else if (_organisationOf(donationId) != organisationId || uint224(uint256(donationId)) == 0) {
            reason = abi.encodeWithSelector(ForeignRecordId.selector, donationId, organisationId);
        } else {
            uint256 minor = batch.amountMinor;
            if (minor != 0 && minor <= AMOUNT_MAX) minor += batch.inflowsMinor;
            reason = abi.encodeWithSelector(AmountOutOfRange.selector, donationId, minor);
        }
        revert LineRefused(index, reason);
    }

    /// @dev Before the first new line: says where its content is, when that is elsewhere than the fund's last line's.
    function _citeDocument(Cursor memory cursor, Batch memory batch, Fund storage fund, bytes32 documentDigest) private {
        if (fund.documentDigest != documentDigest) {
            fund.documentDigest = documentDigest;
            _append(cursor, DonationBatchRecorded.selector, documentDigest, batch.fundId, batch.actorId, "");
        }
        batch.head = cursor.head;
        batch.isCited = true;
    }

    /// @dev What {_change} and {_save} do for one donation, for all of a batch. The bounds were checked line by line.
    function _receive(Fund storage fund, uint256 sumMinor, uint256 count) private {
        uint256 deficit = fund.deficit;
        uint256 covered = sumMinor < deficit ? sumMinor : deficit;
        fund.received += uint56(sumMinor);
        fund.deficit = uint56(deficit - covered);
        fund.unallocated += uint56(sumMinor - covered);
        fund.records += uint32(count);
    }

    /// @inheritdoc IFundLedger
    function recordPayment(bytes32 fundId, DonationLine calldata line, bytes32 promiseId) external {
        // The call names the fund first; what follows the donation's id are the line's other words and the promise.
        Entry memory entry = _incoming(line.donationId, DONATION, fundId, line.amountMinor, 4);
        if (!_isNewInFund(entry)) return;
        entry.parentId = promiseId;
        Record storage cited = _records[promiseId];
        bool isPromise = cited.kind == PLEDGE || cited.kind == COMMITMENT;
        if (!isPromise || cited.state >= REVERSED || cited.link != entry.fundNo) revert RecordUnknown(promiseId);

        uint64 openMinor = _openOf(promiseId);
        _enter(entry);
        Cursor memory cursor = _open();
        entry.body = msg.data[0x44:0xa4];
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
        Entry memory entry = _incoming(incomeId, INCOME, fundId, amountMinor, 4);
        if (!_isNewInFund(entry)) return;
        entry.state = uint8(kind) + 1;
        if (kind == IncomeKind.SaleProceeds) {
            _requireOwnId(saleId, _organisationOf(fundId));
            _details[incomeId].otherId = saleId;
            Earmark memory earmark = _funds[entry.fundNo].earmark;
            if (!_keeps(earmark, _citeSale(saleId, true))) revert EarmarkBroken(saleId, earmark.purpose, earmark.place);
        } else if (saleId != 0) {
            revert RecordUnknown(saleId);
        }
        _record(IncomeRecorded.selector, entry);
    }

    /// @dev Proceeds stand, or stand no longer, on their sale. Returns the earmark of what was sold.
    function _citeSale(bytes32 saleId, bool isCited) internal returns (Earmark memory earmark) {
        (earmark.purpose, earmark.place) = IStockLedger(_part("StockLedger")).citeSale(saleId, isCited);
    }

    /*//////////////////////////////////////////////////////////////
                               MONEY BACK
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function recordRefund(bytes32 refundId, bytes32 donationId, uint64 amountMinor, bytes32 contentDigest) external {
        Entry memory entry = _entry(refundId, REFUND, donationId, amountMinor, 2);
        entry.parentId = donationId;
        entry.actorId = _actor(_organisationOf(donationId), Roles.INTAKE_CLERK);
        if (!_isNew(entry)) return;

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
