// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {FundCorrections} from "./fund/FundCorrections.sol";
import {LedgerContract} from "./LedgerContract.sol";

/// @title FundLedger
/// @notice See the documentation in {IFundLedger}.
contract FundLedger is FundCorrections {
    constructor(address participants) LedgerContract(participants) {}
}
