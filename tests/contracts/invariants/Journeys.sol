// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IConsignmentLedger} from "../../../contracts/interfaces/IConsignmentLedger.sol";
import {IDiscrepancies} from "../../../contracts/interfaces/IDiscrepancies.sol";
import {INeedLedger} from "../../../contracts/interfaces/INeedLedger.sol";
import {Goods} from "./Goods.sol";

/// @title Journeys
/// @notice Goods on the way: dispatched, handed over, counted, sent back, written off; and what is tried and must be refused.
abstract contract Journeys is Goods {
    struct Route {
        bytes32 consignmentId;
        bytes32 from;
        bytes32 to;
        bytes32 returnOfId;
    }

    bytes32[] internal consignmentIds;
    mapping(bytes32 consignmentId => bool) internal wasNotedOverdue;

    /// @dev Who proposed the last resolution, and the quantity that he saw.
    mapping(bytes32 discrepancyId => address) private _proposers;
    mapping(bytes32 discrepancyId => uint64) private _proposed;

    function dispatch(uint256 seed) public {
        bytes32 allocationId = _goodsAllocationIn(INeedLedger.GoodsAllocationState.Approved, seed);
        if (allocationId == 0) return proposeGoods(seed);
        (, bytes32 lotId,, uint64 remaining,) = needs.goodsAllocationOf(allocationId);
        uint64 quantity = _within(seed >> 16, remaining);
        uint64 first = seed & 256 == 0 && quantity > 1 ? quantity / 2 : quantity;
        IConsignmentLedger.DispatchLine[] memory lines = new IConsignmentLedger.DispatchLine[](first == quantity ? 1 : 2);
        lines[0] = IConsignmentLedger.DispatchLine(lotId, first, allocationId);
        if (lines.length == 2) lines[1] = IConsignmentLedger.DispatchLine(lotId, quantity - first, allocationId);
        _send(seed, fromFacilityOf[allocationId], toFacilityOf[allocationId], 0, lines);
    }

    function sendBack(uint256 seed) external {
        for (uint256 i = 0; i < consignmentIds.length; ++i) {
            bytes32 originalId = consignmentIds[(seed % consignmentIds.length + i) % consignmentIds.length];
            (IConsignmentLedger.ConsignmentState state, bytes32 from, bytes32 to,,,,) = consignments.consignmentOf(originalId);
            (bytes32 lotId,, uint64 good,,,,) = consignments.lineOf(originalId, 0);
            (uint64 usable, uint64 reserved,) = supply.stockOf(lotId, to);
            uint64 most = _least(good, usable - reserved);
            if (most == 0 || state > IConsignmentLedger.ConsignmentState.Received) continue;
            IConsignmentLedger.DispatchLine[] memory lines = new IConsignmentLedger.DispatchLine[](1);
            lines[0] = IConsignmentLedger.DispatchLine(lotId, _within(seed >> 16, most), 0);
            return _send(seed, to, from, originalId, lines);
        }
        receiveSome(seed);
    }

    function handOver(uint256 seed) external {
        bytes32 consignmentId = _underway(seed);
        if (consignmentId == 0) return dispatch(seed);
        (,, bytes32 toFacilityId, uint24 dispatcherId, uint24 carrierId,,) = consignments.consignmentOf(consignmentId);
        uint24 possessorId = consignments.possessorOf(consignmentId);
        uint32 owner = _organisationOf(carrierId == 0 ? toFacilityId : consignmentId);
        address taker = _someoneElse(owner, carrierId == 0 ? dispatcherId : possessorId, seed >> 32);
        if (carrierId != 0 && possessorId == 0) taker = _accountOf(carrierId, seed >> 32);
        bytes32 custodyId = _newId(owner);
        bytes memory input = abi.encodeCall(IConsignmentLedger.acceptCustody, (custodyId, consignmentId, _digest(seed)));
        _do(taker, address(consignments), input);
        _recorded("ConsignmentLedger", custodyId);
        if (consignments.possessorOf(consignmentId) != _behind(taker)) _violated("who took custody does not have the goods", input, "");
    }

    function receiveSome(uint256 seed) public {
        bytes32 consignmentId = _underway(seed);
        if (consignmentId == 0) return dispatch(seed);
        (,, bytes32 toFacilityId, uint24 dispatcherId,,,) = consignments.consignmentOf(consignmentId);
        uint32 owner = _organisationOf(toFacilityId);
        bytes32 receiptId = _newId(owner);
        IConsignmentLedger.ReceiptLine[] memory lines = _counted(seed >> 64, consignmentId, 0);
        if (lines.length == 0) return dispatch(seed);
        IConsignmentLedger.Completeness completeness = IConsignmentLedger.Completeness(seed & 1);
        bool isFinal = (seed >> 8) % 3 == 0;
        bytes memory input = abi.encodeCall(
            IConsignmentLedger.receiveConsignment, (receiptId, consignmentId, isFinal, completeness, _digest(seed), lines)
        );
        _mustFail(_accountOf(dispatcherId, seed), address(consignments), input, "a dispatcher received what he dispatched");
        _do(_someoneElse(owner, dispatcherId, seed >> 32), address(consignments), input);
        _recorded("ConsignmentLedger", receiptId);
        for (uint256 i = 0; i < lines.length; ++i) {
            if (lines[i].over != 0) _keepLot(consignments.overLotIdOf(receiptId, lines[i].lineNo));
        }
    }

    function receiveTooMuch(uint256 seed) external {
        bytes32 consignmentId = _underway(seed);
        if (consignmentId == 0) return _idle();
        (,, bytes32 toFacilityId, uint24 dispatcherId,,,) = consignments.consignmentOf(consignmentId);
        IConsignmentLedger.ReceiptLine[] memory lines = _counted(seed >> 64, consignmentId, 1);
        if (lines.length == 0) return _idle();
        uint32 owner = _organisationOf(toFacilityId);
        bytes memory input = abi.encodeCall(
            IConsignmentLedger.receiveConsignment,
            (_newId(owner), consignmentId, false, IConsignmentLedger.Completeness.Verified, _digest(seed), lines)
        );
        _mustFail(_someoneElse(owner, dispatcherId, seed), address(consignments), input, "more was received than dispatched");
    }

    function voidDispatch(uint256 seed) external {
        for (uint256 i = 0; i < consignmentIds.length; ++i) {
            bytes32 consignmentId = consignmentIds[(seed % consignmentIds.length + i) % consignmentIds.length];
            (IConsignmentLedger.ConsignmentState state,,,,,,) = consignments.consignmentOf(consignmentId);
            bool untouched = state == IConsignmentLedger.ConsignmentState.Dispatched && consignments.possessorOf(consignmentId) == 0;
            if (!untouched) continue;
            bytes memory input = abi.encodeCall(IConsignmentLedger.voidDispatch, (consignmentId, _digest(seed)));
            return _do(_someone(_organisationOf(consignmentId), seed >> 32), address(consignments), input);
        }
        dispatch(seed);
    }

    function noteOverdue(uint256 seed) external {
        bytes32 consignmentId = _underway(seed);
        if (consignmentId == 0) return dispatch(seed);
        bytes memory input = abi.encodeCall(IConsignmentLedger.noteOverdue, (consignmentId));
        _do(_someone(HOSPITAL, seed >> 32), address(consignments), input);
        // After a violation nothing is done any more.
        if (bytes(violation).length == 0) wasNotedOverdue[consignmentId] = true;
    }

    /// @dev Two persons resolve what is outstanding, one after the other, often with something else in between; sometimes by
    /// writing it off.
    function resolve(uint256 seed) external {
        for (uint256 i = 0; i < consignmentIds.length; ++i) {
            bytes32 consignmentId = consignmentIds[(seed % consignmentIds.length + i) % consignmentIds.length];
            bytes32 discrepancyId = _dueIdOf(consignmentId, 0, seed & 256 == 0);
            (IDiscrepancies.DiscrepancyState state,,,,,) = discrepancies.discrepancyOf(discrepancyId);
            if (state == IDiscrepancies.DiscrepancyState.None || state == IDiscrepancies.DiscrepancyState.Resolved) continue;
            if (state != IDiscrepancies.DiscrepancyState.ResolutionProposed) _proposeOne(seed, discrepancyId);
            if (state == IDiscrepancies.DiscrepancyState.ResolutionProposed || seed & 4096 == 0) _decideOne(seed, discrepancyId);
            return;
        }
        receiveSome(seed);
    }

    function _proposeOne(uint256 seed, bytes32 discrepancyId) private {
        address proposer = _someone(_organisationOf(discrepancyId), seed >> 32);
        (,, bytes32 consignmentId,, uint64 quantity,) = discrepancies.discrepancyOf(discrepancyId);
        bool isWriteOff = consignments.outstandingOf(consignmentId, 0) != 0 && seed & 3 != 0;
        IDiscrepancies.Resolution code = isWriteOff ? IDiscrepancies.Resolution.WrittenOff : IDiscrepancies.Resolution.Explained;
        uint16 proposalNo = discrepancies.proposalsOf(discrepancyId) + 1;
        bytes memory stale = abi.encodeCall(
            IDiscrepancies.proposeResolution, (discrepancyId, proposalNo, code, quantity + 1, _digest(seed))
        );
        _mustFail(proposer, address(discrepancies), stale, "a resolution of another quantity was proposed");
        bytes memory input = abi.encodeCall(
            IDiscrepancies.proposeResolution, (discrepancyId, proposalNo, code, quantity, _digest(seed))
        );
        _do(proposer, address(discrepancies), input);
        (_proposers[discrepancyId], _proposed[discrepancyId]) = (proposer, quantity);
    }

    /// @dev Agrees, unless there is nothing left to write off; never with more than was proposed.
    function _decideOne(uint256 seed, bytes32 discrepancyId) private {
        uint24 proposerId = _behind(_proposers[discrepancyId]);
        address second = _someoneElse(_organisationOf(discrepancyId), proposerId, seed >> 40);
        (,, bytes32 consignmentId,,, IDiscrepancies.Resolution code) = discrepancies.discrepancyOf(discrepancyId);
        uint16 proposalNo = discrepancies.proposalsOf(discrepancyId);
        bool isWriteOff = code == IDiscrepancies.Resolution.WrittenOff;
        if (isWriteOff && consignments.outstandingOf(consignmentId, 0) == 0) {
            bytes memory no = abi.encodeCall(IDiscrepancies.rejectResolution, (discrepancyId, proposalNo, _digest(seed)));
            return _do(second, address(discrepancies), no);
        }
        bytes memory input = abi.encodeCall(IDiscrepancies.confirmResolution, (discrepancyId, proposalNo));
        _mustFail(_accountOf(proposerId, seed), address(discrepancies), input, "one person resolved a discrepancy alone");
        (,,,,,, uint64 before) = consignments.lineOf(consignmentId, 0);
        _do(second, address(discrepancies), input);
        (,,,,,, uint64 writtenOff) = consignments.lineOf(consignmentId, 0);
        if (writtenOff - before > _proposed[discrepancyId]) _violated("more was written off than was proposed", input, "");
        if (isWriteOff) _recorded("ConsignmentLedger", discrepancyId);
    }

    /// @dev As what something outstanding of a line is open: after a final count, or as overdue.
    function _dueIdOf(bytes32 consignmentId, uint16 lineNo, bool isFinal) internal view returns (bytes32 discrepancyId) {
        IDiscrepancies.Kind kind = isFinal ? IDiscrepancies.Kind.Outstanding : IDiscrepancies.Kind.Overdue;
        return discrepancies.discrepancyIdOf(kind, _organisationOf(consignmentId), consignmentId, lineNo);
    }

    function _send(uint256 seed, bytes32 from, bytes32 to, bytes32 returnOfId, IConsignmentLedger.DispatchLine[] memory lines) private {
        uint32 owner = _organisationOf(from);
        bytes32 consignmentId = _newId(owner);
        bytes memory input = _dispatchOf(seed, Route(consignmentId, from, to, returnOfId), lines);
        _do(_someone(owner, seed >> 32), address(consignments), input);
        consignmentIds.push(consignmentId);
        _recorded("ConsignmentLedger", consignmentId);
    }

    /// @dev Due before it begins, or never, so that it can be noted as overdue whenever something is outstanding.
    function _dispatchOf(uint256 seed, Route memory route, IConsignmentLedger.DispatchLine[] memory lines) private pure returns (bytes memory) {
        uint24 carrierId = seed & 512 == 0 ? 0 : _personOf(_organisationOf(route.from), seed >> 48);
        return abi.encodeCall(
            IConsignmentLedger.dispatch,
            (
                route.consignmentId, route.from, route.to, carrierId, seed & 1024 == 0 ? 0 : uint40(START - 1), route.returnOfId,
                _digest(seed), lines
            )
        );
    }

    /// @dev A statement about every line with something outstanding; `tooMany` above what is.
    function _counted(uint256 seed, bytes32 consignmentId, uint64 tooMany) private view returns (IConsignmentLedger.ReceiptLine[] memory lines) {
        (,,,,,, uint16 lineCount) = consignments.consignmentOf(consignmentId);
        lines = new IConsignmentLedger.ReceiptLine[](lineCount);
        uint256 found;
        for (uint16 lineNo = 0; lineNo < lineCount; ++lineNo) {
            uint64 outstanding = consignments.outstandingOf(consignmentId, lineNo);
            if (outstanding == 0) continue;
            if (tooMany != 0) {
                lines[found++] = IConsignmentLedger.ReceiptLine(lineNo, outstanding, tooMany, 0, 0);
                continue;
            }
            uint64 good = _within(seed >> 8, outstanding);
            uint64 left = outstanding - good;
            uint64 damaged = seed & 48 == 0 ? _within(seed >> 16, left) : 0;
            uint64 lost = seed & 192 == 0 ? _within(seed >> 24, left - damaged) : 0;
            lines[found++] = IConsignmentLedger.ReceiptLine(lineNo, good, damaged, lost, seed & 7 == 0 ? 3 : 0);
        }
        assembly ("memory-safe") {
            mstore(lines, found)
        }
    }

    /// @dev A consignment of which something is outstanding.
    function _underway(uint256 seed) private view returns (bytes32) {
        for (uint256 i = 0; i < consignmentIds.length; ++i) {
            bytes32 consignmentId = consignmentIds[(seed % consignmentIds.length + i) % consignmentIds.length];
            (IConsignmentLedger.ConsignmentState state,,,,,, uint16 lines) = consignments.consignmentOf(consignmentId);
            if (state > IConsignmentLedger.ConsignmentState.Received) continue;
            for (uint16 lineNo = 0; lineNo < lines; ++lineNo) {
                if (consignments.outstandingOf(consignmentId, lineNo) != 0) return consignmentId;
            }
        }
        return 0;
    }
}
