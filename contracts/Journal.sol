// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./interfaces/IRecords.sol";

/// @title Journal
/// @notice One running digest and one count over all records of a contract (R24), independent of batches, blocks and time.
/// @dev A write opens a cursor, appends to it in memory and closes it: two storage writes a call, however many lines it has.
/// Record and event are made from the same bytes, so that they cannot differ.
abstract contract Journal is IRecords {
    /// @dev `count` is how many records `head` folds.
    struct Cursor {
        bytes32 head;
        uint64 count;
    }

    bytes32 private _head;
    uint64 private _count;
    /// @dev Set while a cursor is open. A second cursor would fold onto the same head and lose the records of the first.
    bool private transient _isOpen;

    /// @inheritdoc IRecords
    function journal() external view returns (bytes32 head, uint64 count) {
        return (_head, _count);
    }

    /// @dev Reverts {JournalOpen} when this contract was called back while it writes; calls out that may come back go after {_close}.
    function _open() internal returns (Cursor memory cursor) {
        if (_isOpen) revert JournalOpen();
        _isOpen = true;
        cursor.head = _head;
        cursor.count = _count;
    }

    /// @dev Folds one record and emits its event.
    /// @param topic0 Selector of the event. @param recordId, ref, actorId Its indexed parameters. @param body abi.encode of the others.
    function _append(Cursor memory cursor, bytes32 topic0, bytes32 recordId, bytes32 ref, uint24 actorId, bytes memory body) internal {
        // Memory-safe: writes only beyond the free memory pointer, and nothing keeps what is written there.
        assembly ("memory-safe") {
            let length := mload(body)
            let preimage := mload(0x40)
            mstore(preimage, mload(cursor))
            mstore(add(preimage, 0x20), topic0)
            mstore(add(preimage, 0x40), recordId)
            mstore(add(preimage, 0x60), ref)
            mcopy(add(preimage, 0x80), add(body, 0x20), length)
            mstore(cursor, keccak256(preimage, add(0x80, length)))
            log4(add(body, 0x20), length, topic0, recordId, ref, and(actorId, 0xffffff))
        }
        cursor.count += 1;
    }

    function _close(Cursor memory cursor) internal {
        _head = cursor.head;
        _count = cursor.count;
        _isOpen = false;
    }

    /// @dev A call that records exactly one thing.
    function _appendOne(bytes32 topic0, bytes32 recordId, bytes32 ref, uint24 actorId, bytes memory body) internal {
        Cursor memory cursor = _open();
        _append(cursor, topic0, recordId, ref, actorId, body);
        _close(cursor);
    }
}
