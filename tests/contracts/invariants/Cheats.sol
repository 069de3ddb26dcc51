// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Cheats
/// @notice The few of forge's cheatcodes that the invariants use; forge answers them at this address.
interface Cheats {
    /// @dev A log as it was emitted: topic 0 is the event, the others its indexed parameters.
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    /// @notice The next call comes from `sender`.
    function prank(address sender) external;

    /// @notice Sets the block's time, in Unix seconds.
    function warp(uint256 timestamp) external;

    /// @notice Keeps the logs from here on.
    function recordLogs() external;

    /// @notice The logs kept since {recordLogs}, which are forgotten.
    function getRecordedLogs() external returns (Log[] memory logs);

    /// @notice Ends the call as one that did not count, where the inputs cannot lead anywhere.
    function assume(bool condition) external pure;
}

Cheats constant CHEATS = Cheats(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
