// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Journal} from "../../../contracts/Journal.sol";
import {IRecords} from "../../../contracts/interfaces/IRecords.sol";

/// @title Notebook
/// @notice A journal of which a test decides what it records, and when it is called back.
contract Notebook is Journal {
    event Noted(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId, bytes text);

    function note(bytes32[] calldata recordIds, bytes calldata text, uint24 actorId) external {
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < recordIds.length; ++i) {
            _append(cursor, Noted.selector, recordIds[i], keccak256(text), actorId, abi.encode(text));
        }
        _close(cursor);
    }

    function noteWhileCalledBack(bytes32[] calldata recordIds) external {
        Cursor memory cursor = _open();
        this.note(recordIds, "", 0);
        _close(cursor);
    }
}

/// @title JournalTest
/// @notice R24: the head folds record by record, whatever the batches and whoever records.
contract JournalTest {
    function testFuzz_append__any_cut_by_anybody__same_head(bytes32[] calldata ids, uint256 cut, bytes calldata text) external {
        cut = ids.length == 0 ? 0 : cut % ids.length;
        (Notebook whole, Notebook parts) = (new Notebook(), new Notebook());
        whole.note(ids, text, 7);
        parts.note(ids[:cut], text, 8);
        parts.note(ids[cut:], text, 9);

        bytes32 head;
        for (uint256 i = 0; i < ids.length; ++i) {
            head = keccak256(abi.encodePacked(head, Notebook.Noted.selector, ids[i], keccak256(text), abi.encode(text)));
        }
        _requireJournal(whole, head, ids.length);
        _requireJournal(parts, head, ids.length);
    }

    function test_open__called_back_while_writing__journal_open() external {
        Notebook notebook = new Notebook();
        bytes32[] memory ids = new bytes32[](1);
        try notebook.noteWhileCalledBack(ids) {
            revert("a record was lost");
        } catch (bytes memory reason) {
            require(bytes4(reason) == IRecords.JournalOpen.selector, "another reason");
        }
        notebook.note(ids, "", 0);
        (, uint64 count) = notebook.journal();
        require(count == 1, "the refused call left the journal open");
    }

    function _requireJournal(Notebook notebook, bytes32 head, uint256 count) private view {
        (bytes32 head_, uint64 count_) = notebook.journal();
        require(head_ == head, "another head");
        require(count_ == count, "another count");
    }
}
