// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFundLedger} from "../../../contracts/interfaces/IFundLedger.sol";
import {Actions} from "./Actions.sol";

/// @title Money
/// @notice What people do with a fund, in any order: each action picks something that can be done now, most of the time.
abstract contract Money is Actions {
    uint64 private constant GIFT_MOST = 1_000_000_000;

    bytes32[] internal donationIds;
    bytes32[] internal promiseIds;
    bytes32[] internal interestIds;
    bytes32[] internal proceedsIds;
    bytes32[] internal saleIds;
    bytes32[] internal refundIds;
    bytes32[] internal redesignationIds;
    bytes32[] internal allocationIds;
    bytes32[] internal expenditureIds;
    bytes32[] internal disbursementIds;
    mapping(bytes32 disbursementId => bytes32) internal childFundOf;
    mapping(bytes32 proceedsId => bytes32) internal saleOf;
    mapping(bytes32 recordId => uint24) internal proposerOf;
    mapping(bytes32 allocationId => bool) internal isNarrow;

    /*//////////////////////////////////////////////////////////////
                                MONEY IN
    //////////////////////////////////////////////////////////////*/

    function donate(uint256 seed) public {
        bytes32 fundId = fundIds[seed % fundIds.length];
        uint32 owner = _organisationOf(fundId);
        IFundLedger.DonationLine[] memory lines = new IFundLedger.DonationLine[](1 + (seed >> 16) % 4);
        for (uint256 i = 0; i < lines.length; ++i) {
            lines[i] = IFundLedger.DonationLine(_newId(owner), _within(seed >> (24 + i), GIFT_MOST), _digest(seed), _digest(seed + i));
            donationIds.push(lines[i].donationId);
            _recorded("FundLedger", lines[i].donationId);
        }
        _do(_someone(owner, seed >> 32), address(funds), abi.encodeCall(IFundLedger.recordDonations, (fundId, _digest(seed >> 250), lines)));
    }

    function pledge(uint256 seed) external {
        bytes32 fundId = fundIds[seed % fundIds.length];
        uint32 owner = _organisationOf(fundId);
        bytes32 promiseId = _newId(owner);
        uint64 amountMinor = _within(seed >> 16, GIFT_MOST);
        bytes memory input = seed & 256 == 0
            ? abi.encodeCall(IFundLedger.recordPledge, (promiseId, fundId, amountMinor, _digest(1), _digest(seed)))
            : abi.encodeCall(IFundLedger.recordCommitment, (promiseId, fundId, amountMinor, 0, _digest(1), _digest(seed)));
        _do(_someone(owner, seed >> 32), address(funds), input);
        promiseIds.push(promiseId);
        _recorded("FundLedger", promiseId);
    }

    function pay(uint256 seed) external {
        if (promiseIds.length == 0) return donate(seed);
        bytes32 promiseId = promiseIds[seed % promiseIds.length];
        (,,,,, bytes32 fundId) = funds.recordOf(promiseId);
        uint32 owner = _organisationOf(promiseId);
        IFundLedger.DonationLine memory line = IFundLedger.DonationLine(_newId(owner), _within(seed >> 16, GIFT_MOST), _digest(1), _digest(seed));
        _do(_someone(owner, seed >> 32), address(funds), abi.encodeCall(IFundLedger.recordPayment, (fundId, line, promiseId)));
        donationIds.push(line.donationId);
        _recorded("FundLedger", line.donationId);
    }

    function earn(uint256 seed) external {
        bytes32 saleId = saleIds.length == 0 ? bytes32(0) : saleIds[(seed >> 96) % saleIds.length];
        if (stock.isSale(saleId)) return _earnFrom(seed, saleId);
        bytes32 fundId = fundIds[seed % fundIds.length];
        uint32 owner = _organisationOf(fundId);
        bytes32 incomeId = _newId(owner);
        uint64 amountMinor = _within(seed >> 16, 1_000_000);
        _do(
            _someone(owner, seed >> 32),
            address(funds),
            abi.encodeCall(IFundLedger.recordIncome, (incomeId, fundId, IFundLedger.IncomeKind.Interest, amountMinor, 0, _digest(seed)))
        );
        interestIds.push(incomeId);
        _recorded("FundLedger", incomeId);
    }

    /// @dev Proceeds of a sale, whose lot's earmark the funds of its organisation keep, or do not.
    function _earnFrom(uint256 seed, bytes32 saleId) private {
        uint32 owner = _organisationOf(saleId);
        if (owner == HOSPITAL) return _idle();
        bytes32 fundId = fundIds[owner == CHARITY ? seed & 1 : owner == PARTNER ? 2 : 3];
        bytes32 proceedsId = _newId(owner);
        bytes memory input = abi.encodeCall(
            IFundLedger.recordIncome,
            (proceedsId, fundId, IFundLedger.IncomeKind.SaleProceeds, _within(seed >> 16, 1_000_000), saleId, _digest(seed))
        );
        (bytes32 lotId,,,,,) = stock.movementOf(saleId);
        (,,,,, bytes16 purpose, bytes16 place) = supply.lotOf(lotId);
        if (place != 0 || (purpose != 0 && purpose != bytes16("7201"))) {
            return _mustFail(_someone(owner, seed >> 32), address(funds), input, "proceeds left the earmark of what was sold");
        }
        _do(_someone(owner, seed >> 32), address(funds), input);
        proceedsIds.push(proceedsId);
        saleOf[proceedsId] = saleId;
        _recorded("FundLedger", proceedsId);
    }

    function refund(uint256 seed) external {
        if (donationIds.length == 0) return donate(seed);
        bytes32 donationId = donationIds[seed % donationIds.length];
        (, uint8 state, uint64 amountMinor, uint64 reducedMinor, uint24 authorId,) = funds.recordOf(donationId);
        bytes32 fundId = _fundOf(donationId);
        uint64 most = _least(amountMinor > reducedMinor ? amountMinor - reducedMinor : 0, funds.totalsOf(fundId).unallocatedMinor);
        if (most == 0 || state != 1) return donate(seed);
        bytes32 refundId = _newId(_organisationOf(donationId));
        _do(
            _someoneElse(_organisationOf(donationId), authorId, seed >> 32),
            address(funds),
            abi.encodeCall(IFundLedger.recordRefund, (refundId, donationId, _within(seed >> 16, most), _digest(seed)))
        );
        refundIds.push(refundId);
        _recorded("FundLedger", refundId);
    }

    function convert(uint256 seed) external {
        uint64 most = funds.totalsOf(fundIds[1]).unallocatedMinor;
        if (most == 0) return donate((seed << 2) | 1);
        bytes32 conversionId = _newId(CHARITY);
        IFundLedger.Totals memory totals = funds.totalsOf(fundIds[0]);
        if (totals.receivedMinor > 2 ** 52) return _idle();
        bytes memory input = abi.encodeCall(
            IFundLedger.recordConversion,
            (conversionId, fundIds[1], fundIds[0], _within(seed >> 8, most), _within(seed >> 64, GIFT_MOST), 20200131, _digest(2), _digest(seed))
        );
        _do(_someone(CHARITY, seed >> 32), address(funds), input);
        _recorded("FundLedger", conversionId);
    }

    /*//////////////////////////////////////////////////////////////
                               ALLOCATIONS
    //////////////////////////////////////////////////////////////*/

    function proposeAllocation(uint256 seed) public {
        bytes32 fundId = fundIds[seed % fundIds.length];
        uint64 most = funds.totalsOf(fundId).unallocatedMinor;
        if (most == 0) return donate(seed);
        uint32 owner = _organisationOf(fundId);
        bytes32 allocationId = _newId(owner);
        address proposer = _someone(owner, seed >> 32);
        bool narrow = seed & 1536 == 0;
        IFundLedger.Earmark memory earmark = IFundLedger.Earmark(narrow ? bytes16("72010") : bytes16("7201"), narrow ? bytes16("CN42") : bytes16(0));
        bytes memory input = abi.encodeCall(
            IFundLedger.proposeAllocation, (allocationId, fundId, _within(seed >> 16, most), earmark, 0, _digest(seed))
        );
        _do(proposer, address(funds), input);
        isNarrow[allocationId] = narrow;
        allocationIds.push(allocationId);
        _recorded("FundLedger", allocationId);
        proposerOf[allocationId] = _behind(proposer);
    }

    function approveAllocation(uint256 seed) public {
        bytes32 allocationId = _allocationIn(IFundLedger.AllocationState.Proposed, seed);
        if (allocationId == 0) return proposeAllocation(seed);
        (, bytes32 fundId, uint64 amountMinor,) = funds.allocationOf(allocationId);
        bytes memory input = abi.encodeCall(IFundLedger.approveAllocation, (allocationId));
        uint24 proposerId = proposerOf[allocationId];
        _mustFail(_accountOf(proposerId, seed), address(funds), input, "an approver approved his own proposal");
        if (amountMinor > funds.totalsOf(fundId).unallocatedMinor) {
            input = abi.encodeCall(IFundLedger.cancelAllocation, (allocationId));
        }
        _do(_someoneElse(_organisationOf(allocationId), proposerId, seed >> 32), address(funds), input);
    }

    function endAllocation(uint256 seed) external {
        bytes32 allocationId = _allocationIn(IFundLedger.AllocationState.Approved, seed);
        if (allocationId == 0) return approveAllocation(seed);
        (,,, uint64 unspentMinor) = funds.allocationOf(allocationId);
        uint32 owner = _organisationOf(allocationId);
        bytes memory input = abi.encodeCall(IFundLedger.closeAllocation, (allocationId));
        if (seed & 3 != 0 && unspentMinor != 0) {
            bytes32 returnId = _newId(owner);
            input = abi.encodeCall(IFundLedger.returnUnspent, (returnId, allocationId, _within(seed >> 16, unspentMinor)));
            _recorded("FundLedger", returnId);
        }
        _do(_someone(owner, seed >> 32), address(funds), input);
    }

    function redesignate(uint256 seed) external {
        bytes32 redesignationId = redesignationIds.length == 0 ? bytes32(0) : redesignationIds[redesignationIds.length - 1];
        if (redesignationId == 0 || seed & 3 == 0) return _proposeRedesignation(seed);
        (, uint8 state, uint64 amountMinor, uint64 reducedMinor,,) = funds.recordOf(redesignationId);
        if (state == uint8(IFundLedger.RedesignationState.Proposed)) {
            bytes memory approval = abi.encodeCall(IFundLedger.approveRedesignation, (redesignationId));
            uint24 proposerId = proposerOf[redesignationId];
            _mustFail(_accountOf(proposerId, seed), address(funds), approval, "an approver approved his own redesignation");
            return _do(_someoneElse(CHARITY, proposerId, seed >> 32), address(funds), approval);
        }
        uint64 most = _least(amountMinor > reducedMinor ? amountMinor - reducedMinor : 0, funds.totalsOf(fundIds[0]).unallocatedMinor);
        if (most == 0) return _proposeRedesignation(seed);
        _allocateElsewhere(seed, redesignationId, _within(seed >> 16, most));
    }

    function _proposeRedesignation(uint256 seed) private {
        bytes32 redesignationId = _newId(CHARITY);
        address proposer = _someone(CHARITY, seed >> 32);
        IFundLedger.Earmark memory earmark = IFundLedger.Earmark("12220", 0);
        bytes memory input = abi.encodeCall(
            IFundLedger.proposeRedesignation, (redesignationId, fundIds[0], _within(seed >> 16, GIFT_MOST), earmark, _digest(seed))
        );
        _do(proposer, address(funds), input);
        redesignationIds.push(redesignationId);
        proposerOf[redesignationId] = _behind(proposer);
    }

    function _allocateElsewhere(uint256 seed, bytes32 redesignationId, uint64 amountMinor) private {
        bytes32 allocationId = _newId(CHARITY);
        address proposer = _someone(CHARITY, seed >> 32);
        IFundLedger.Earmark memory earmark = IFundLedger.Earmark("12220", 0);
        bytes memory input = abi.encodeCall(
            IFundLedger.proposeAllocation, (allocationId, fundIds[0], amountMinor, earmark, bytes32(0), _digest(seed))
        );
        _mustFail(proposer, address(funds), input, "an earmark was broken without a redesignation");
        input = abi.encodeCall(
            IFundLedger.proposeAllocation, (allocationId, fundIds[0], amountMinor, earmark, redesignationId, _digest(seed))
        );
        _do(proposer, address(funds), input);
        allocationIds.push(allocationId);
        _recorded("FundLedger", allocationId);
        proposerOf[allocationId] = _behind(proposer);
        isNarrow[allocationId] = true;
    }

    /*//////////////////////////////////////////////////////////////
                                SPENDING
    //////////////////////////////////////////////////////////////*/

    function spend(uint256 seed) public {
        (bytes32 allocationId, uint64 unspentMinor) = _spendable(seed);
        if (allocationId == 0) return approveAllocation(seed);
        uint32 owner = _organisationOf(allocationId);
        bytes32 expenditureId = _newId(owner);
        IFundLedger.ExpenditureKind kind = IFundLedger.ExpenditureKind((seed >> 8) % 6 < 3 ? 0 : (seed >> 8) % 6 - 2);
        bytes memory input = abi.encodeCall(
            IFundLedger.recordExpenditure,
            (expenditureId, allocationId, kind, _within(seed >> 16, unspentMinor), _digest(3), _digest(4), _digest(seed))
        );
        _do(_someone(owner, seed >> 32), address(funds), input);
        expenditureIds.push(expenditureId);
        _recorded("FundLedger", expenditureId);
    }

    function overspend(uint256 seed) external {
        (bytes32 allocationId, uint64 unspentMinor) = _spendable(seed);
        if (allocationId == 0) return _idle();
        uint32 owner = _organisationOf(allocationId);
        bytes memory input = abi.encodeCall(
            IFundLedger.recordExpenditure,
            (_newId(owner), allocationId, IFundLedger.ExpenditureKind.Services, unspentMinor + 1, _digest(3), _digest(4), _digest(seed))
        );
        _mustFail(_someone(owner, seed), address(funds), input, "an expenditure exceeded its allocation");
    }

    function refundBySupplier(uint256 seed) external {
        if (expenditureIds.length == 0) return spend(seed);
        bytes32 expenditureId = expenditureIds[seed % expenditureIds.length];
        (, uint8 state, uint64 amountMinor, uint64 reducedMinor,,) = funds.recordOf(expenditureId);
        if (state >= 128 || amountMinor <= reducedMinor) return spend(seed);
        uint32 owner = _organisationOf(expenditureId);
        uint64 refundedMinor = _within(seed >> 16, amountMinor - reducedMinor);
        bytes32 refundId = _newId(owner);
        bytes memory input = abi.encodeCall(IFundLedger.recordSupplierRefund, (refundId, expenditureId, refundedMinor, _digest(seed)));
        _do(_someone(owner, seed >> 32), address(funds), input);
        _recorded("FundLedger", refundId);
    }

    function disburse(uint256 seed) public {
        for (uint256 i = 0; i < allocationIds.length; ++i) {
            bytes32 allocationId = allocationIds[(seed % allocationIds.length + i) % allocationIds.length];
            (IFundLedger.AllocationState state, bytes32 fundId,, uint64 unspentMinor) = funds.allocationOf(allocationId);
            bool crosses = fundId == fundIds[0] || fundId == fundIds[2];
            if (state != IFundLedger.AllocationState.Approved || unspentMinor == 0 || !crosses || isNarrow[allocationId]) continue;
            return _disburse(seed, allocationId, fundId == fundIds[0] ? fundIds[2] : fundIds[0], unspentMinor);
        }
        approveAllocation(seed);
    }

    function answerDisbursement(uint256 seed) public {
        for (uint256 i = 0; i < disbursementIds.length; ++i) {
            bytes32 disbursementId = disbursementIds[(seed + i) % disbursementIds.length];
            (, uint8 state,,,,) = funds.recordOf(disbursementId);
            if (state != uint8(IFundLedger.DisbursementState.Sent)) continue;
            bytes memory input = seed & 3 == 0
                ? abi.encodeCall(IFundLedger.rejectDisbursement, (disbursementId, _digest(seed)))
                : abi.encodeCall(IFundLedger.acknowledgeDisbursement, (disbursementId));
            return _do(_someone(_organisationOf(childFundOf[disbursementId]), seed >> 32), address(funds), input);
        }
        disburse(seed);
    }

    function _disburse(uint256 seed, bytes32 allocationId, bytes32 childFundId, uint64 unspentMinor) private {
        uint32 owner = _organisationOf(allocationId);
        bytes32 disbursementId = _newId(owner);
        bytes memory input = abi.encodeCall(
            IFundLedger.recordDisbursement, (disbursementId, allocationId, childFundId, _within(seed >> 16, unspentMinor), 0, _digest(seed))
        );
        _do(_someone(owner, seed >> 32), address(funds), input);
        disbursementIds.push(disbursementId);
        _recorded("FundLedger", disbursementId);
        childFundOf[disbursementId] = childFundId;
    }

    /*//////////////////////////////////////////////////////////////
                                PICKING
    //////////////////////////////////////////////////////////////*/

    function _fundOf(bytes32 recordId) internal view returns (bytes32 parentId) {
        parentId = recordId;
        uint8 kind;
        do {
            (kind,,,,, parentId) = funds.recordOf(parentId);
        } while (!_isFund(parentId));
    }

    function _isFund(bytes32 recordId) private view returns (bool) {
        for (uint256 i = 0; i < fundIds.length; ++i) {
            if (fundIds[i] == recordId) return true;
        }
        return recordId == 0;
    }

    function _allocationIn(IFundLedger.AllocationState wanted, uint256 seed) internal view returns (bytes32) {
        for (uint256 i = 0; i < allocationIds.length; ++i) {
            bytes32 allocationId = allocationIds[(seed % allocationIds.length + i) % allocationIds.length];
            (IFundLedger.AllocationState state,,,) = funds.allocationOf(allocationId);
            if (state == wanted) return allocationId;
        }
        return 0;
    }

    function _spendable(uint256 seed) private view returns (bytes32 allocationId, uint64 unspentMinor) {
        for (uint256 i = 0; i < allocationIds.length; ++i) {
            allocationId = allocationIds[(seed % allocationIds.length + i) % allocationIds.length];
            IFundLedger.AllocationState state;
            (state,,, unspentMinor) = funds.allocationOf(allocationId);
            if (state == IFundLedger.AllocationState.Approved && unspentMinor != 0) return (allocationId, unspentMinor);
        }
        return (0, 0);
    }

    function _least(uint64 a, uint64 b) internal pure returns (uint64) {
        return a < b ? a : b;
    }
}
