// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Handler} from "./Handler.sol";

/// @title LedgerTest
/// @notice The laws of docs/invariants.md over the real contracts, after every call of a random sequence by many persons.
contract LedgerTest {
    /// @dev What forge asks for by name: which contract to call, and which of its functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Handler private _handler;

    function setUp() public {
        _handler = new Handler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[37] memory actions = [
            _handler.donate.selector, _handler.pledge.selector, _handler.pay.selector, _handler.earn.selector, _handler.refund.selector,
            _handler.convert.selector, _handler.proposeAllocation.selector, _handler.approveAllocation.selector,
            _handler.endAllocation.selector, _handler.redesignate.selector, _handler.spend.selector, _handler.overspend.selector,
            _handler.refundBySupplier.selector, _handler.disburse.selector, _handler.answerDisbursement.selector, _handler.buy.selector,
            _handler.make.selector, _handler.ask.selector, _handler.proposeGoods.selector, _handler.approveGoods.selector,
            _handler.releaseGoods.selector, _handler.handle.selector, _handler.lose.selector, _handler.count.selector,
            _handler.issueWithoutRecord.selector, _handler.find.selector, _handler.recall.selector, _handler.dispatch.selector,
            _handler.sendBack.selector, _handler.handOver.selector, _handler.receiveSome.selector, _handler.receiveTooMuch.selector,
            _handler.voidDispatch.selector, _handler.noteOverdue.selector, _handler.resolve.selector, _handler.correct.selector,
            _handler.takeBack.selector
        ];
        targets = new FuzzSelector[](1);
        bytes4[] memory selectors = new bytes4[](actions.length + 3);
        for (uint256 i = 0; i < actions.length; ++i) {
            selectors[i] = actions[i];
        }
        selectors[actions.length] = _handler.sendAgain.selector;
        selectors[actions.length + 1] = _handler.intrude.selector;
        selectors[actions.length + 2] = _handler.pauseAndTry.selector;
        targets[0] = FuzzSelector(address(_handler), selectors);
    }

    /// @notice Once more when a sequence is over, whatever its invariant was.
    function afterInvariant() public {
        _handler.checkMoney();
        _handler.checkLots(true);
        _handler.checkConsignments();
        _handler.checkJournals();
        _handler.checkViolations();
    }

    function invariant_money_balances() public view {
        _handler.checkMoney();
    }

    function invariant_lots_balance() public view {
        _handler.checkLots(false);
    }

    function invariant_consignments_balance() public view {
        _handler.checkConsignments();
    }

    function invariant_journals_are_what_the_logs_fold_to() public {
        _handler.checkJournals();
    }

    function invariant_what_must_be_refused_is_refused() public view {
        _handler.checkViolations();
    }
}
