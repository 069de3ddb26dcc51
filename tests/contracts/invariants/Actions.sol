// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CHEATS} from "./Cheats.sol";
import {World} from "./World.sol";

/// @title Actions
/// @notice How the handlers act: every call that is accepted is folded into the journals as its logs tell it, and remembered,
/// so that it can be sent again. A refused call reverts with its reason and leaves no trace, here as in the ledger.
abstract contract Actions is World {
    /// @dev A call that was accepted, and the person who made it.
    struct Accepted {
        uint24 personId;
        address target;
        bytes input;
    }

    /// @dev A record that may be corrected.
    struct Target {
        bytes32 part;
        bytes32 recordId;
    }

    uint256 private constant REMEMBERED = 64;

    Target[] internal targets;

    Accepted[] private _accepted;
    uint256 private _acceptedCount;

    /// @notice What must never happen, in words; empty as long as it did not.
    string public violation;

    /// @notice The call with which it happened, and how it was refused, if it was.
    bytes public violatingInput;
    bytes public violatingAnswer;

    /// @notice Calls of the handlers that were accepted, and those of them that found nothing to act on.
    uint256 public acceptedCalls;
    uint256 public idleCalls;

    function _do(address account, address target, bytes memory input) internal {
        // A violation is kept: were the rest of the action refused now, that would undo it with everything else.
        if (bytes(violation).length != 0) return;
        CHEATS.recordLogs();
        CHEATS.prank(account);
        (bool accepted, bytes memory answer) = target.call(input);
        if (!accepted) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        _fold(CHEATS.getRecordedLogs());
        acceptedCalls += 1;
        // A pause is not a record: said again after it was lifted, it is another pause.
        if (target == address(participants)) return;
        Accepted memory made = Accepted(_behind(account), target, input);
        if (_accepted.length < REMEMBERED) _accepted.push(made);
        else _accepted[_acceptedCount % REMEMBERED] = made;
        _acceptedCount += 1;
    }

    /// @dev A call that must be refused; that it is accepted is a violation.
    function _mustFail(address account, address target, bytes memory input, string memory what) internal {
        CHEATS.prank(account);
        (bool accepted, bytes memory answer) = target.call(input);
        if (accepted) _violated(what, input, answer);
    }

    /// @dev From now on the record may be corrected.
    function _recorded(bytes32 part, bytes32 recordId) internal {
        targets.push(Target(part, recordId));
    }

    function _violated(string memory what, bytes memory input, bytes memory answer) internal {
        (violation, violatingInput, violatingAnswer) = (what, input, answer);
    }

    function _idle() internal {
        idleCalls += 1;
    }

    /// @dev Sends an accepted call again, from either account of the person: nothing may change, and nothing be refused.
    function _again(uint256 seed) internal {
        if (_accepted.length == 0) return _idle();
        Accepted memory made = _accepted[seed % _accepted.length];
        CHEATS.recordLogs();
        CHEATS.prank(_accountOf(made.personId, seed >> 64));
        (bool accepted, bytes memory answer) = made.target.call(made.input);
        if (!accepted) _violated("a call sent again was refused", made.input, answer);
        if (_fold(CHEATS.getRecordedLogs()) != 0) _violated("a call sent again was recorded again", made.input, answer);
    }

    /// @dev Sends an accepted call from an account without any right to it: it must be refused.
    function _byAnother(uint256 seed, address account, string memory what) internal {
        if (_accepted.length == 0) return _idle();
        Accepted memory made = _accepted[seed % _accepted.length];
        _mustFail(account, made.target, made.input, what);
    }

    /// @dev Whether the accepted call was made by a person of the exercise.
    function _isOfExercise(uint256 seed) internal view returns (bool) {
        return _accepted.length != 0 && _accepted[seed % _accepted.length].personId / 100 == EXERCISE;
    }

    function _behind(address account) internal pure returns (uint24) {
        return uint24((uint160(account) - 0x1000000) / 16);
    }

    /// @dev A quantity or amount in 1 .. most, small ones as often as large ones.
    function _within(uint256 seed, uint256 most) internal pure returns (uint64) {
        if (most == 0) return 0;
        if (seed % 4 == 0) return uint64(most);
        uint256 bound = seed % 4 == 1 && most > 8 ? 8 : most;
        return uint64(1 + (seed >> 8) % bound);
    }

    function _digest(uint256 seed) internal pure returns (bytes32) {
        return keccak256(abi.encode(seed));
    }
}
