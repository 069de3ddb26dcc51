// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "../LedgerContract.sol";
import {Roles} from "../Roles.sol";
import {IFundLedger} from "../interfaces/IFundLedger.sol";

/// @title Funds
/// @notice What the parts of {FundLedger} share: a fund's totals (R1), the records in it and what stands on what.
abstract contract Funds is LedgerContract, IFundLedger {
    /// @dev Amounts fit 56 bits: their sum is at most AMOUNT_MAX, see {_save}. `records` counts what stands on the fund.
    struct Fund {
        uint56 received;
        uint56 unallocated;
        uint56 deficit;
        uint56 refunded;
        uint32 records;
        uint56 transfersIn;
        uint56 interest;
        uint56 saleProceeds;
        uint56 allocatedUnspent;
        bytes3 currency;
        uint56 spentOnLots;
        uint56 spentOnServices;
        uint56 prepaid;
        uint56 transferredOut;
        bytes32 id;
        Earmark earmark;
        bytes32 documentDigest;
    }

    /// @dev What some kinds of record need beyond the one slot.
    /// @param amount Goods: what was delivered of an expenditure. Conversion: what the other fund got.
    /// @param dependents Records in effect that stand on it. @param approverId, closerId Who approved; who closed, cancelled or answered.
    /// @param endTag Tag of what was said when it was rejected.
    /// @param parentId What it stands on, if not the fund alone. @param otherId Child fund, fund that a conversion goes to, or
    /// sale that brought the proceeds.
    struct Detail {
        uint56 amount;
        uint32 dependents;
        uint24 approverId;
        uint24 closerId;
        bytes10 endTag;
        bytes32 parentId;
        bytes32 otherId;
        bytes32 redesignationId;
        Earmark earmark;
    }

    /// @dev A record on its way in. `ref` and `body` are what its event says, and what its tag is made of.
    /// @param parentId What it stands on, if not the fund alone. @param state Zero for a kind that has only one.
    struct Entry {
        bytes32 recordId;
        bytes32 ref;
        bytes body;
        bytes32 parentId;
        bytes10 tag;
        uint64 amountMinor;
        uint24 fundNo;
        uint24 actorId;
        uint8 kind;
        uint8 state;
    }

    uint8 internal constant FUND = 1;
    uint8 internal constant DONATION = 2;
    uint8 internal constant PLEDGE = 3;
    uint8 internal constant COMMITMENT = 4;
    uint8 internal constant INCOME = 5;
    uint8 internal constant REFUND = 6;
    uint8 internal constant CONVERSION = 7;
    uint8 internal constant REDESIGNATION = 8;
    uint8 internal constant ALLOCATION = 9;
    uint8 internal constant RETURN = 10;
    uint8 internal constant EXPENDITURE = 11;
    uint8 internal constant SUPPLIER_REFUND = 12;
    uint8 internal constant DISBURSEMENT = 13;
    uint8 internal constant ADJUSTMENT = 14;

    /// @dev State of a record that has only one.
    uint8 internal constant RECORDED = 1;
    /// @dev Added to the state of a record that was taken out of effect.
    uint8 internal constant REVERSED = 0x80;

    mapping(uint24 fundNo => Fund) internal _funds;
    mapping(bytes32 recordId => Detail) internal _details;
    uint24 private _fundCount;

    /*//////////////////////////////////////////////////////////////
                                 FUNDS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IFundLedger
    function openFund(bytes32 fundId, bytes3 currency, Earmark calldata earmark, bytes32 contentDigest) external {
        Entry memory entry;
        entry.recordId = fundId;
        entry.kind = FUND;
        entry.body = msg.data[0x24:0xa4];
        entry.actorId = _actorOfEither(_organisationOf(fundId), Roles.INTAKE_CLERK, Roles.IMPORTER);
        if (!_isNew(entry)) return;
        for (uint256 i = 0; i < 3; ++i) {
            if (currency[i] < "A" || currency[i] > "Z") revert CurrencyMalformed(fundId, currency);
        }

        entry.fundNo = ++_fundCount;
        Fund storage fund = _funds[entry.fundNo];
        fund.id = fundId;
        fund.currency = currency;
        fund.earmark = earmark;
        _put(entry);
        _journal(FundOpened.selector, entry);
    }

    /// @inheritdoc IFundLedger
    function totalsOf(bytes32 fundId) external view returns (Totals memory totals) {
        return _load(_fundNoOf(fundId));
    }

    /// @inheritdoc IFundLedger
    function fundOf(bytes32 fundId) external view returns (bytes3 currency, Earmark memory earmark) {
        Fund storage fund = _funds[_fundNoOf(fundId)];
        return (fund.currency, fund.earmark);
    }

    /// @dev Number of a fund, which may be out of effect: what it was stays readable.
    function _fundNoOf(bytes32 fundId) private view returns (uint24 fundNo) {
        if (_records[fundId].kind != FUND) revert RecordUnknown(fundId);
        return _records[fundId].link;
    }

    /// @inheritdoc IFundLedger
    function recordOf(bytes32 recordId)
        external
        view
        returns (uint8 kind, uint8 state, uint64 amountMinor, uint64 reducedMinor, uint24 authorId, bytes32 parentId)
    {
        Record storage record = _records[recordId];
        parentId = _details[recordId].parentId;
        if (parentId == 0 && record.kind != FUND) parentId = _funds[record.link].id;
        return (record.kind, record.state, record.amount, record.reduced, record.authorId, parentId);
    }

    /*//////////////////////////////////////////////////////////////
                                RECORDS
    //////////////////////////////////////////////////////////////*/

    /// @dev A record on its way in. Its body is what the call says after the record's id and what that stands on: `words` words
    /// as they came, so that call, tag and journal cannot differ.
    function _entry(bytes32 recordId, uint8 kind, bytes32 ref, uint64 amountMinor, uint256 words)
        internal
        pure
        returns (Entry memory entry)
    {
        entry.recordId = recordId;
        entry.kind = kind;
        entry.ref = ref;
        entry.amountMinor = amountMinor;
        entry.body = msg.data[0x44:0x44 + 0x20 * words];
    }

    /// @dev Whether the id is free; if not, its content is the same, or it reverts {RecordConflict}.
    function _isNew(Entry memory entry) internal view returns (bool) {
        bytes32 recordId = entry.recordId;
        entry.tag = _tagOf(abi.encodePacked(entry.ref, entry.body));
        if (_isRecorded(recordId, entry.kind, entry.tag)) return false;
        if (entry.kind == FUND) {
            _requireOwnId(recordId, _organisationOf(recordId));
        } else {
            _requireOwnId(recordId, _organisationOf(entry.ref));
            _requireAmount(recordId, entry.amountMinor);
        }
        return true;
    }

    /// @dev As {_isNew}, of a record that stands on a fund in effect, in which it will be.
    function _isNewInFund(Entry memory entry) internal view returns (bool isNew) {
        isNew = _isNew(entry);
        if (isNew) entry.fundNo = _require(entry.ref, FUND).link;
    }

    function _put(Entry memory entry) internal {
        uint8 state = entry.state == 0 ? RECORDED : entry.state;
        _records[entry.recordId] = Record(0, 0, entry.fundNo, entry.actorId, entry.kind, state, entry.tag);
    }

    function _journal(bytes32 topic0, Entry memory entry) internal {
        _appendOne(topic0, entry.recordId, entry.ref, entry.actorId, entry.body);
    }

    /// @dev The record, of this kind and in effect; otherwise {RecordUnknown}.
    function _require(bytes32 recordId, uint8 kind) internal view returns (Record storage record) {
        record = _records[recordId];
        if (record.kind != kind || record.state >= REVERSED) revert RecordUnknown(recordId);
    }

    /// @dev One more, or one fewer, record stands on it.
    function _stand(bytes32 recordId, bool isMore) internal {
        if (recordId == 0) return;
        Detail storage detail = _details[recordId];
        detail.dependents = isMore ? detail.dependents + 1 : detail.dependents - 1;
    }

    /*//////////////////////////////////////////////////////////////
                                 TOTALS
    //////////////////////////////////////////////////////////////*/

    function _load(uint24 fundNo) internal view returns (Totals memory totals) {
        Fund storage fund = _funds[fundNo];
        totals.receivedMinor = fund.received;
        totals.unallocatedMinor = fund.unallocated;
        totals.deficitMinor = fund.deficit;
        totals.refundedMinor = fund.refunded;
        totals.transfersInMinor = fund.transfersIn;
        totals.interestMinor = fund.interest;
        totals.saleProceedsMinor = fund.saleProceeds;
        totals.allocatedUnspentMinor = fund.allocatedUnspent;
        totals.spentOnLotsMinor = fund.spentOnLots;
        totals.spentOnServicesMinor = fund.spentOnServices;
        totals.prepaidMinor = fund.prepaid;
        totals.transferredOutMinor = fund.transferredOut;
    }

    /// @dev What came in, the left side of R1 without the deficit.
    function _inflowsOf(Totals memory totals) internal pure returns (uint256) {
        return uint256(totals.receivedMinor) + totals.transfersInMinor + totals.interestMinor + totals.saleProceedsMinor;
    }

    /// @dev Writes the totals back and counts `records` more, or fewer, records in the fund. Both sides of R1 are equal, so
    /// bounding the left one bounds every total, and nothing is cut off below. `recordId` is the record that changes them.
    function _save(uint24 fundNo, Totals memory totals, bytes32 recordId, int256 records) internal {
        uint256 sum = _inflowsOf(totals) + totals.deficitMinor;
        if (sum > AMOUNT_MAX) revert AmountOutOfRange(recordId, sum);
        Fund storage fund = _funds[fundNo];
        fund.received = uint56(totals.receivedMinor);
        fund.unallocated = uint56(totals.unallocatedMinor);
        fund.deficit = uint56(totals.deficitMinor);
        fund.refunded = uint56(totals.refundedMinor);
        fund.records = uint32(uint256(int256(uint256(fund.records)) + records));
        fund.transfersIn = uint56(totals.transfersInMinor);
        fund.interest = uint56(totals.interestMinor);
        fund.saleProceeds = uint56(totals.saleProceedsMinor);
        fund.allocatedUnspent = uint56(totals.allocatedUnspentMinor);
        fund.spentOnLots = uint56(totals.spentOnLotsMinor);
        fund.spentOnServices = uint56(totals.spentOnServicesMinor);
        fund.prepaid = uint56(totals.prepaidMinor);
        fund.transferredOut = uint56(totals.transferredOutMinor);
    }

    /// @dev Money that becomes free covers the fund's deficit first; what is taken beyond what is free becomes its deficit.
    /// So of `unallocated` and `deficit` one is always zero.
    function _flow(Totals memory totals, int256 delta) internal pure {
        int256 position = int256(uint256(totals.unallocatedMinor)) - int256(uint256(totals.deficitMinor)) + delta;
        totals.unallocatedMinor = position > 0 ? uint64(uint256(position)) : 0;
        totals.deficitMinor = position < 0 ? uint64(uint256(-position)) : 0;
    }

    /// @dev A total changed by a signed amount. It cannot fall below zero: what is taken back was counted before.
    function _plus(uint64 total, int256 delta) internal pure returns (uint64) {
        int256 sum = int256(uint256(total)) + delta;
        assert(sum >= 0 && sum < 2 ** 56);
        return uint64(uint256(sum));
    }

    /*//////////////////////////////////////////////////////////////
                                EARMARKS
    //////////////////////////////////////////////////////////////*/

    /// @dev Whether purpose and place are those of `outer` or lie within them.
    function _keeps(Earmark memory earmark, Earmark memory outer) internal pure returns (bool) {
        return _isWithin(earmark.purpose, outer.purpose) && _isWithin(earmark.place, outer.place);
    }

    /// @dev A code lies within its own beginning; everything lies within no code.
    function _isWithin(bytes16 code, bytes16 outer) private pure returns (bool) {
        uint128 mask = type(uint128).max;
        while (mask != 0 && uint128(outer) & (mask << 8) == uint128(outer)) mask <<= 8;
        return uint128(code) & mask == uint128(outer);
    }
}
