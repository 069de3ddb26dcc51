// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStockLedger} from "../interfaces/IStockLedger.sol";
import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";
import {Roles} from "../Roles.sol";
import {Findings} from "./Findings.sol";

/// @title Recalls
/// @notice Lots that are called back, with all that was made of them, whoever has it (R13).
/// @dev In the {Record} of a recall, `link` is who closed it and `reduced` how many recoveries are in effect.
abstract contract Recalls is Findings {
    /// @dev What one call does, whatever lots were made of: a lot looked at is one step, a lot marked or a page read are more.
    /// So it stays below 16 million gas, which a transaction may have.
    uint256 private constant STEPS_MAX = 1_200;
    uint256 private constant STEPS_OF_MARK = 8;
    uint256 private constant STEPS_OF_PAGE = 2;
    uint8 private constant CLOSED = 1;

    /// @dev The marked lots in the order of marking are the queue of the walk: the lots made of those before `walked` are marked,
    /// and of the next one those before the `page`.
    mapping(bytes32 recallId => bytes32[]) private _marked;
    mapping(bytes32 recallId => mapping(bytes32 lotId => bool)) private _isMarked;
    mapping(bytes32 recallId => uint256) private _walked;
    mapping(bytes32 recallId => uint256) private _page;

    /// @inheritdoc IStockLedger
    function recallOf(bytes32 recallId) external view returns (bytes32 lotId, bool closed, uint256 marked, uint256 walked) {
        bool isClosed = _records[recallId].state == CLOSED;
        return (_movements[recallId].lotId, isClosed, _marked[recallId].length, _walked[recallId]);
    }

    /// @inheritdoc IStockLedger
    function openRecall(bytes32 recallId, bytes32 lotId, bytes32 contentDigest) external {
        uint32 organisationId = _organisationOf(lotId);
        uint24 actorId = _actor(organisationId, Roles.INSPECTOR);
        bytes10 tag = _tagOf(abi.encode(lotId, contentDigest));
        if (_isRecorded(recallId, KIND_RECALL, tag)) return;
        _requireOwnId(recallId, organisationId);
        _store(recallId, KIND_RECALL, 0, 0, 0, actorId, tag);
        _movements[recallId].lotId = lotId;
        _supply().cite(lotId, true);
        Cursor memory cursor = _open();
        _append(cursor, RecallOpened.selector, recallId, lotId, actorId, abi.encode(contentDigest));
        _mark(_supply(), cursor, recallId, lotId, actorId);
        _walk(cursor, recallId, actorId);
        _close(cursor);
    }

    /// @inheritdoc IStockLedger
    function extendRecall(bytes32 recallId) external {
        uint24 actorId = _actor(_organisationOf(recallId), Roles.INSPECTOR);
        Record storage record = _records[recallId];
        if (record.kind != KIND_RECALL) revert RecordUnknown(recallId);
        // Before it was closed all was marked, and what did not occur marks nothing.
        if (record.state != 0) return;
        Cursor memory cursor = _open();
        _walk(cursor, recallId, actorId);
        _close(cursor);
    }

    /// @inheritdoc IStockLedger
    function recordRecovered(bytes32 recordId, bytes32 recallId, bytes32 lotId, bytes32 facilityId, uint64 quantity) external {
        uint24 actorId = _actor(_organisationOf(facilityId), Roles.INSPECTOR);
        bytes memory body = abi.encode(lotId, facilityId, quantity);
        if (!_begin(KIND_RECOVERY, recordId, lotId, facilityId, quantity, actorId, abi.encode(recallId, body))) return;
        _requireOpen(recallId).reduced += 1;
        if (!_isMarked[recallId][lotId]) revert LotNotRecalled(recallId, lotId);
        _movements[recordId].ref = recallId;
        (ISupplyLedger.Disposition from, ISupplyLedger.Disposition to) = _routeOf(KIND_RECOVERY);
        _supply().move(lotId, facilityId, from, to, quantity);
        _appendOne(RecallRecovered.selector, recordId, recallId, actorId, body);
    }

    /// @inheritdoc IStockLedger
    function closeRecall(bytes32 recallId) external {
        uint24 actorId = _actor(_organisationOf(recallId), Roles.INSPECTOR);
        Record storage record = _records[recallId];
        if (record.kind == KIND_RECALL && record.link == actorId) return;
        _requireOpen(recallId);
        uint256 remaining = _marked[recallId].length - _walked[recallId];
        if (remaining != 0) revert RecallUnfinished(recallId, remaining);
        record.state = CLOSED;
        record.link = actorId;
        _appendOne(RecallClosed.selector, recallId, _movements[recallId].lotId, actorId, "");
    }

    /*//////////////////////////////////////////////////////////////
                                INTERNAL
    //////////////////////////////////////////////////////////////*/

    /// @dev Marks what was made of marked lots, breadth first, until all is marked or the steps are used up.
    function _walk(Cursor memory cursor, bytes32 recallId, uint24 actorId) private {
        ISupplyLedger supply = _supply();
        bytes32[] storage queue = _marked[recallId];
        uint256 walked = _walked[recallId];
        uint256 page = _page[recallId];
        uint256 steps = STEPS_MAX;
        while (walked < queue.length && steps > STEPS_OF_PAGE + STEPS_OF_MARK) {
            steps -= STEPS_OF_PAGE;
            // No more than could be marked.
            bytes32[] memory madeLots;
            (madeLots, page) = supply.madeOf(queue[walked], page, steps / (1 + STEPS_OF_MARK));
            if (page == 0) ++walked;
            for (uint256 i = 0; i < madeLots.length; ++i) {
                steps -= 1;
                if (_isMarked[recallId][madeLots[i]] || !supply.inEffect(madeLots[i])) continue;
                steps -= STEPS_OF_MARK;
                _mark(supply, cursor, recallId, madeLots[i], actorId);
            }
        }
        _walked[recallId] = walked;
        _page[recallId] = page;
    }

    function _mark(ISupplyLedger supply, Cursor memory cursor, bytes32 recallId, bytes32 lotId, uint24 actorId) private {
        _isMarked[recallId][lotId] = true;
        _marked[recallId].push(lotId);
        supply.markRecalled(lotId, true);
        _append(cursor, LotRecalled.selector, lotId, recallId, actorId, "");
    }

    /// @dev Takes a recall out of effect. Lots that another recall marks too stay recalled.
    function _unrecall(bytes32 recallId) internal {
        bytes32[] storage marked = _marked[recallId];
        for (uint256 i = 0; i < marked.length; ++i) {
            // A marked lot that was itself taken out of effect keeps its mark to nobody's harm.
            _supply().markRecalled(marked[i], false);
        }
        _supply().cite(_movements[recallId].lotId, false);
    }

    function _requireOpen(bytes32 recallId) private view returns (Record storage record) {
        record = _recordInEffect(recallId);
        if (record.kind != KIND_RECALL) revert RecordUnknown(recallId);
        if (record.state == CLOSED) revert RecallIsClosed(recallId);
    }
}
