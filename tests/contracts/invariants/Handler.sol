// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IConsignmentLedger} from "../../../contracts/interfaces/IConsignmentLedger.sol";
import {ICorrections} from "../../../contracts/interfaces/ICorrections.sol";
import {IDiscrepancies} from "../../../contracts/interfaces/IDiscrepancies.sol";
import {IFundLedger} from "../../../contracts/interfaces/IFundLedger.sol";
import {INeedLedger} from "../../../contracts/interfaces/INeedLedger.sol";
import {IRecords} from "../../../contracts/interfaces/IRecords.sol";
import {ISupplyLedger} from "../../../contracts/interfaces/ISupplyLedger.sol";
import {Journeys} from "./Journeys.sol";

/// @title Handler
/// @notice Everything that forge may do, in any order; and the laws, each as a check that reverts when it does not hold.
contract Handler is Journeys {
    /// @notice Two sides that must be equal are not. @param law Number and words. @param recordId Where.
    error LawBroken(string law, bytes32 recordId, uint256 left, uint256 right);

    /// @notice What must never happen did. @param what In words. @param input The call. @param answer What it answered.
    error Violation(string what, bytes input, bytes answer);

    uint256 private _lastCount;

    /*//////////////////////////////////////////////////////////////
                       CORRECTIONS AND INTRUDERS
    //////////////////////////////////////////////////////////////*/

    /// @dev A record never took place, or its quantity was another one: declared by one person, approved by another.
    function correct(uint256 seed) external {
        if (targets.length == 0) return donate(seed);
        _correct(seed, targets[(seed >> 128) % targets.length], seed & 1 == 1);
    }

    /// @dev A sale, or a disbursement that was acknowledged, never took place: {correct} seldom meets one.
    function takeBack(uint256 seed) external {
        if (seed & 1 == 1 && saleIds.length != 0) {
            return _correct(seed, Target("StockLedger", saleIds[(seed >> 128) % saleIds.length]), false);
        }
        for (uint256 i = 0; i < disbursementIds.length; ++i) {
            bytes32 disbursementId = disbursementIds[((seed >> 128) % disbursementIds.length + i) % disbursementIds.length];
            if (_receiverOf(disbursementId) != 0) return _correct(seed, Target("FundLedger", disbursementId), false);
        }
        answerDisbursement(seed);
    }

    function _correct(uint256 seed, Target memory target, bool adjust) private {
        uint32 owner = _organisationOf(target.recordId);
        ICorrections.Declaration[] memory lines = new ICorrections.Declaration[](1);
        lines[0] = ICorrections.Declaration({
            correctionId: _newId(owner),
            part: target.part,
            targetId: target.recordId,
            reason: adjust ? ICorrections.Reason.IncorrectData : ICorrections.Reason.DidNotOccur,
            reasonCode: "typo",
            correctiveId: adjust ? _newId(owner) : bytes32(0),
            lineNo: 0,
            field: target.part == bytes32("ConsignmentLedger") ? uint8((seed >> 8) % 4) : 0,
            delta: adjust ? _delta(seed >> 16) : int64(0),
            noteDigest: _digest(seed)
        });
        address author = _someone(owner, seed >> 32);
        _do(author, address(corrections), abi.encodeCall(ICorrections.declareErrors, (lines)));
        bytes32[] memory correctionIds = new bytes32[](1);
        correctionIds[0] = lines[0].correctionId;
        bytes memory input = abi.encodeCall(ICorrections.approveCorrections, (correctionIds));
        _mustFail(_accountOf(_behind(author), seed), address(corrections), input, "a correction was approved by its author");
        uint32 receiver = _receiverOf(target.recordId);
        if (receiver != 0) {
            address sender = _someoneElse(owner, _behind(author), seed >> 40);
            _mustFail(sender, address(corrections), input, "a sender took back alone what was acknowledged");
        }
        _do(_someoneElse(receiver == 0 ? owner : receiver, _behind(author), seed >> 40), address(corrections), input);
        if (adjust) _recorded(target.part, lines[0].correctiveId);
    }

    /// @dev The organisation that acknowledged this disbursement; zero for all else.
    function _receiverOf(bytes32 recordId) private view returns (uint32) {
        (, uint8 state,,,,) = funds.recordOf(recordId);
        bool isAcknowledged = childFundOf[recordId] != 0 && state == uint8(IFundLedger.DisbursementState.Acknowledged);
        return isAcknowledged ? _organisationOf(childFundOf[recordId]) : 0;
    }

    function sendAgain(uint256 seed) external {
        _again(seed);
    }

    /// @dev Nobody, and somebody of another organisation, try what others were allowed to do.
    function intrude(uint256 seed) external {
        address intruder = seed & 1 == 0 ? address(uint160(0xdead0000 + seed % 16)) : _someone(EXERCISE, seed >> 32);
        if (seed & 1 == 1 && _isOfExercise(seed >> 64)) intruder = address(0xdead);
        _byAnother(seed >> 64, intruder, "an outsider acted");
    }

    /// @dev While the guardian pauses, nobody writes.
    function pauseAndTry(uint256 seed) external {
        address guardian = _someone(1, seed);
        _do(guardian, address(participants), abi.encodeCall(participants.pause, ()));
        bytes memory input = abi.encodeCall(
            IFundLedger.recordPledge, (_newId(CHARITY), fundIds[0], 1, _digest(1), _digest(seed))
        );
        _mustFail(_someone(CHARITY, seed), address(funds), input, "something was written in a pause");
        _do(guardian, address(participants), abi.encodeCall(participants.resume, ()));
    }

    function _delta(uint256 seed) private pure returns (int64) {
        int64 size = int64(_within(seed >> 8, 100));
        return seed & 3 == 0 ? size : -size;
    }

    /*//////////////////////////////////////////////////////////////
                                  LAWS
    //////////////////////////////////////////////////////////////*/

    /// @notice R1, for each fund; and each total is the sum of the records in effect that it counts; and the sale stands that
    /// proceeds stand on.
    function checkMoney() external view {
        for (uint256 i = 0; i < fundIds.length; ++i) {
            bytes32 fundId = fundIds[i];
            IFundLedger.Totals memory totals = funds.totalsOf(fundId);
            uint256 came = uint256(totals.receivedMinor) + totals.transfersInMinor + totals.interestMinor + totals.saleProceedsMinor;
            uint256 spent = uint256(totals.spentOnLotsMinor) + totals.spentOnServicesMinor + totals.prepaidMinor;
            uint256 went = uint256(totals.unallocatedMinor) + totals.allocatedUnspentMinor + spent + totals.transferredOutMinor;
            _same("R1: a fund does not balance", fundId, came + totals.deficitMinor, went + totals.refundedMinor);
            _same("R1: received is not the sum of donations", fundId, totals.receivedMinor, _sumOf(donationIds, fundId));
            _same("R1: refunded is not the sum of refunds", fundId, totals.refundedMinor, _sumOf(refundIds, fundId));
            _same("R1: interest is not the sum of income", fundId, totals.interestMinor, _sumOf(interestIds, fundId));
            _same("R1: sale proceeds are not the sum of income", fundId, totals.saleProceedsMinor, _sumOf(proceedsIds, fundId));
            _same("R1: allocated is not the sum of what is unspent", fundId, totals.allocatedUnspentMinor, _unspentOf(fundId));
            if (totals.deficitMinor != 0) _same("R1: a deficit beside free money", fundId, totals.unallocatedMinor, 0);
        }
        for (uint256 i = 0; i < proceedsIds.length; ++i) {
            if (!funds.inEffect(proceedsIds[i]) || stock.isSale(saleOf[proceedsIds[i]])) continue;
            revert LawBroken("R15: proceeds of a sale that is out of effect", proceedsIds[i], 0, 1);
        }
    }

    /// @notice R7, for each lot; and its totals are the sums over the facilities and over what is set aside. A quarter of the
    /// lots after each call, since what is out of balance stays so, and all of them when `whole`.
    function checkLots(bool whole) external view {
        uint256[] memory remaining = _remaining();
        for (uint256 i = 0; i < lotIds.length; ++i) {
            if (whole || (i + acceptedCalls) % 4 == 0) _checkLot(lotIds[i], remaining[i]);
        }
        for (uint256 i = 0; i < targets.length; ++i) {
            bool turn = whole || (i + acceptedCalls) % 4 == 0;
            if (turn && targets[i].part == bytes32("ConsignmentLedger")) _checkOverLots(targets[i].recordId);
        }
    }

    /// @notice R11, for each line of each consignment; and what is outstanding is what is in transit.
    function checkConsignments() external view {
        uint256[] memory inTransit = new uint256[](lotIds.length + 1);
        for (uint256 i = 0; i < consignmentIds.length; ++i) {
            (IConsignmentLedger.ConsignmentState state,,,,,, uint16 lines) = consignments.consignmentOf(consignmentIds[i]);
            bool gone = state > IConsignmentLedger.ConsignmentState.Received;
            for (uint16 lineNo = 0; lineNo < lines; ++lineNo) {
                (bytes32 lotId, uint256 accounted, uint64 dispatched) = _line(consignmentIds[i], lineNo);
                uint64 outstanding = consignments.outstandingOf(consignmentIds[i], lineNo);
                _same("R11: a line does not balance", consignmentIds[i], dispatched, accounted + outstanding);
                if (gone) _same("R11: a voided line still travels", consignmentIds[i], outstanding, 0);
                inTransit[lotNumber[lotId]] += outstanding;
                if (outstanding != 0) _checkNotForgotten(consignmentIds[i], lineNo, outstanding, state);
            }
        }
        for (uint256 i = 0; i < lotIds.length; ++i) {
            if ((i + acceptedCalls) % 4 != 0 && inTransit[i + 1] == 0) continue;
            _same("R11: in transit is not what is outstanding", lotIds[i], supply.quantitiesOf(lotIds[i]).inTransit, inTransit[i + 1]);
        }
    }

    /// @dev R11: outstanding after a final count, or overdue, it is open with its quantity, or was resolved otherwise than by
    /// writing it off.
    function _checkNotForgotten(
        bytes32 consignmentId, uint16 lineNo, uint64 outstanding, IConsignmentLedger.ConsignmentState state
    ) private view {
        bool isFinal = state == IConsignmentLedger.ConsignmentState.Received;
        if (!isFinal && !wasNotedOverdue[consignmentId]) return;
        bytes32 discrepancyId = _dueIdOf(consignmentId, lineNo, isFinal);
        (IDiscrepancies.DiscrepancyState known,,,, uint64 quantity, IDiscrepancies.Resolution code) =
            discrepancies.discrepancyOf(discrepancyId);
        bool isWrittenOff = known == IDiscrepancies.DiscrepancyState.Resolved && code == IDiscrepancies.Resolution.WrittenOff;
        if (isWrittenOff || quantity < outstanding) revert LawBroken("R11: outstanding and forgotten", consignmentId, outstanding, quantity);
    }

    /// @notice R24: each journal is what its logs fold to, and never gets shorter.
    function checkJournals() external {
        uint256 sum;
        for (uint256 i = 0; i < PARTS; ++i) {
            (bytes32 head, uint64 count) = IRecords(parts[i]).journal();
            _same("R24: a journal's count is not its logs'", partNames[i], count, foldedCount[i]);
            _same("R24: a journal's head is not its logs'", partNames[i], uint256(head), uint256(foldedHead[i]));
            sum += count;
        }
        if (sum < _lastCount) revert LawBroken("R24: a journal got shorter", 0, sum, _lastCount);
        _lastCount = sum;
    }

    /// @notice R17, R18 and the refusals: what must never happen did not.
    function checkViolations() external view {
        if (bytes(violation).length != 0) revert Violation(violation, violatingInput, violatingAnswer);
    }

    function _checkLot(bytes32 lotId, uint256 remaining) private view {
        ISupplyLedger.Quantities memory q = supply.quantitiesOf(lotId);
        uint256 came = uint256(q.commissioned) + q.found + q.transformedIn + q.shortage;
        uint256 here = uint256(q.usable) + q.quarantined + q.inTransit;
        uint256 gone = uint256(q.distributed) + q.sold + q.lost + q.disposed + q.returnedToDonor + q.transformedOut;
        _same("R7: a lot does not balance", lotId, came, here + gone);
        uint256[4] memory sums;
        for (uint256 k = 0; k < facilityIds.length; ++k) {
            (uint64 usable, uint64 reserved, uint64 quarantined) = supply.stockOf(lotId, facilityIds[k]);
            if (reserved > usable) revert LawBroken("R7: more is set aside than there is", lotId, reserved, usable);
            sums[0] += usable;
            sums[1] += reserved;
            sums[2] += quarantined;
            sums[3] += supply.shortageOf(lotId, facilityIds[k]);
        }
        _same("R7: usable is not the sum over facilities", lotId, q.usable, sums[0]);
        _same("R7: reserved is not the sum over facilities", lotId, q.reserved, sums[1]);
        _same("R7: quarantined is not the sum over facilities", lotId, q.quarantined, sums[2]);
        _same("R7: shortage is not the sum over facilities", lotId, q.shortage, sums[3]);
        _same("R7: reserved is not the sum of allocations", lotId, q.reserved, remaining);
    }

    function _checkOverLots(bytes32 recordId) private view {
        for (uint16 lineNo = 0; lineNo < 2; ++lineNo) {
            bytes32 lotId = consignments.overLotIdOf(recordId, lineNo);
            // Nobody allocates a lot that is not kept.
            if (lotNumber[lotId] == 0 && supply.inEffect(lotId)) _checkLot(lotId, 0);
        }
    }

    function _line(bytes32 consignmentId, uint16 lineNo) private view returns (bytes32 lotId, uint256 accounted, uint64 dispatched) {
        uint64 good;
        uint64 damaged;
        uint64 lost;
        uint64 writtenOff;
        (lotId, dispatched, good, damaged, lost,, writtenOff) = consignments.lineOf(consignmentId, lineNo);
        accounted = uint256(good) + damaged + lost + writtenOff;
    }

    function _sumOf(bytes32[] storage recordIds, bytes32 fundId) private view returns (uint256 sum) {
        for (uint256 i = 0; i < recordIds.length; ++i) {
            if (_organisationOf(recordIds[i]) != _organisationOf(fundId) || _fundOf(recordIds[i]) != fundId) continue;
            (, uint8 state, uint64 amountMinor,,,) = funds.recordOf(recordIds[i]);
            if (state < 128) sum += amountMinor;
        }
    }

    function _unspentOf(bytes32 fundId) private view returns (uint256 sum) {
        for (uint256 i = 0; i < allocationIds.length; ++i) {
            (, uint8 state,,,,) = funds.recordOf(allocationIds[i]);
            if (state >= 128) continue;
            (, bytes32 ofFundId,, uint64 unspentMinor) = funds.allocationOf(allocationIds[i]);
            if (ofFundId == fundId) sum += unspentMinor;
        }
    }

    /// @dev What is set aside of each lot, in the order of `lotIds`.
    function _remaining() private view returns (uint256[] memory sums) {
        sums = new uint256[](lotIds.length);
        for (uint256 i = 0; i < goodsAllocationIds.length; ++i) {
            (INeedLedger.GoodsAllocationState state, bytes32 lotId,, uint64 remaining,) = needs.goodsAllocationOf(goodsAllocationIds[i]);
            if (state == INeedLedger.GoodsAllocationState.Approved && lotNumber[lotId] != 0) sums[lotNumber[lotId] - 1] += remaining;
        }
    }

    function _same(string memory law, bytes32 recordId, uint256 left, uint256 right) private pure {
        if (left != right) revert LawBroken(law, recordId, left, right);
    }
}
