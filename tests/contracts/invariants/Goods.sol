// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IDiscrepancies} from "../../../contracts/interfaces/IDiscrepancies.sol";
import {INeedLedger} from "../../../contracts/interfaces/INeedLedger.sol";
import {IStockLedger} from "../../../contracts/interfaces/IStockLedger.sol";
import {ISupplyLedger} from "../../../contracts/interfaces/ISupplyLedger.sol";
import {Money} from "./Money.sol";

/// @title Goods
/// @notice What people do with lots in a store, and what they set aside for whom.
abstract contract Goods is Money {
    /// @dev So much of a lot at a facility.
    struct Stock {
        bytes32 lotId;
        bytes32 facilityId;
        uint64 quantity;
    }

    uint64 internal constant QUANTITY_MOST = 10_000;

    bytes32[] internal lotIds;
    /// @dev Place in `lotIds` and one more; zero for a lot that came over by a correction.
    mapping(bytes32 lotId => uint256) internal lotNumber;
    bytes32[] internal needIds;
    bytes32[] internal goodsAllocationIds;
    bytes32[] internal lossIds;
    mapping(bytes32 allocationId => bytes32) internal fromFacilityOf;
    mapping(bytes32 allocationId => bytes32) internal toFacilityOf;

    /*//////////////////////////////////////////////////////////////
                                  LOTS
    //////////////////////////////////////////////////////////////*/

    function give(uint256 seed) public {
        uint256 place = seed % facilityIds.length;
        uint32 owner = _organisationOf(facilityIds[place]);
        ISupplyLedger.DonationInKind[] memory gifts = new ISupplyLedger.DonationInKind[](1);
        ISupplyLedger.LotLine[] memory lots = new ISupplyLedger.LotLine[](1 + (seed >> 16) % 2);
        for (uint256 i = 0; i < lots.length; ++i) {
            lots[i] = ISupplyLedger.LotLine(_newId(owner), itemIds[place], _within(seed >> (24 + i), QUANTITY_MOST), 0, 0, _digest(seed + i));
            _keepLot(lots[i].lotId);
            _recorded("SupplyLedger", lots[i].lotId);
        }
        gifts[0] = ISupplyLedger.DonationInKind(_newId(owner), _digest(1), 0, 0, 0, _digest(seed), lots);
        _do(_someone(owner, seed >> 32), address(supply), abi.encodeCall(ISupplyLedger.recordDonationsInKind, (facilityIds[place], gifts)));
        _recorded("SupplyLedger", gifts[0].donationId);
    }

    function buy(uint256 seed) external {
        for (uint256 i = 0; i < expenditureIds.length; ++i) {
            bytes32 expenditureId = expenditureIds[(seed % expenditureIds.length + i) % expenditureIds.length];
            (, uint8 state, uint64 amountMinor, uint64 refundedMinor,,) = funds.recordOf(expenditureId);
            if (state != 1 || amountMinor <= refundedMinor) continue;
            return _buy(seed, expenditureId, _within(seed >> 40, (amountMinor - refundedMinor) / 2 + 1));
        }
        spend(seed);
    }

    function make(uint256 seed) external {
        Stock memory free = _free(seed);
        if (free.lotId == 0) return give(seed);
        uint32 owner = _organisationOf(free.facilityId);
        ISupplyLedger.Part[] memory inputs = new ISupplyLedger.Part[](1);
        inputs[0] = ISupplyLedger.Part(free.lotId, _within(seed >> 16, free.quantity));
        ISupplyLedger.LotLine[] memory outputs = new ISupplyLedger.LotLine[](1);
        (, bytes32 itemId,,,,,) = supply.lotOf(free.lotId);
        outputs[0] = ISupplyLedger.LotLine(_newId(owner), itemId, _within(seed >> 40, QUANTITY_MOST), 0, 0, _digest(seed));
        bytes32 transformationId = _newId(owner);
        bytes memory input = abi.encodeCall(ISupplyLedger.transform, (transformationId, free.facilityId, inputs, outputs, _digest(seed)));
        _do(_someone(owner, seed >> 32), address(supply), input);
        _keepLot(outputs[0].lotId);
        _recorded("SupplyLedger", transformationId);
    }

    function _buy(uint256 seed, bytes32 expenditureId, uint64 costMinor) private {
        uint32 owner = _organisationOf(expenditureId);
        uint256 place = owner == CHARITY ? seed & 1 : owner == PARTNER ? 2 : 5;
        ISupplyLedger.LotLine[] memory lots = new ISupplyLedger.LotLine[](1);
        lots[0] = ISupplyLedger.LotLine(_newId(owner), itemIds[place], _within(seed >> 24, QUANTITY_MOST), costMinor, 0, _digest(seed));
        bytes memory input = abi.encodeCall(ISupplyLedger.commissionBought, (facilityIds[place], expenditureId, lots));
        _do(_someone(owner, seed >> 32), address(supply), input);
        _keepLot(lots[0].lotId);
        _recorded("SupplyLedger", lots[0].lotId);
    }

    function _keepLot(bytes32 lotId) internal {
        lotIds.push(lotId);
        lotNumber[lotId] = lotIds.length;
    }

    /*//////////////////////////////////////////////////////////////
                          NEEDS AND ALLOCATIONS
    //////////////////////////////////////////////////////////////*/

    function ask(uint256 seed) external {
        bytes32 facilityId = facilityIds[3 + (seed & 1)];
        INeedLedger.NeedLine[] memory lines = new INeedLedger.NeedLine[](1);
        lines[0] = INeedLedger.NeedLine(_newId(HOSPITAL), facilityId, itemIds[(seed >> 8) % 5], uint64((seed >> 16) % 500), _digest(seed));
        address publisher = _someone(HOSPITAL, seed >> 32);
        _do(publisher, address(needs), abi.encodeCall(INeedLedger.publishNeeds, (HOSPITAL, lines)));
        needIds.push(lines[0].needId);
        _recorded("NeedLedger", lines[0].needId);
        if (seed & 6 == 0) return;
        bytes memory input = abi.encodeCall(INeedLedger.approveNeed, (lines[0].needId, lines[0].quantity));
        _mustFail(_accountOf(_behind(publisher), seed), address(needs), input, "who published a need approved it");
        _do(_someoneElse(HOSPITAL, _behind(publisher), seed >> 40), address(needs), input);
    }

    function proposeGoods(uint256 seed) public {
        Stock memory free = _free(seed);
        if (free.lotId == 0) return give(seed);
        bytes32 toFacilityId = _destination(seed, free.facilityId);
        if (toFacilityId == 0) return give(seed);
        uint32 owner = _organisationOf(free.facilityId);
        (,,,,, bytes16 purpose, bytes16 place) = supply.lotOf(free.lotId);
        INeedLedger.GoodsAllocationLine[] memory lines = new INeedLedger.GoodsAllocationLine[](1);
        lines[0] = INeedLedger.GoodsAllocationLine({
            allocationId: _newId(owner),
            lotId: free.lotId,
            fromFacilityId: free.facilityId,
            toFacilityId: toFacilityId,
            needId: 0,
            purpose: purpose,
            place: place,
            quantity: _within(seed >> 16, free.quantity),
            reasonDigest: _digest(seed)
        });
        address proposer = _someone(owner, seed >> 32);
        _do(proposer, address(needs), abi.encodeCall(INeedLedger.proposeGoodsAllocations, (lines)));
        bytes32 allocationId = lines[0].allocationId;
        goodsAllocationIds.push(allocationId);
        _recorded("NeedLedger", allocationId);
        proposerOf[allocationId] = _behind(proposer);
        (fromFacilityOf[allocationId], toFacilityOf[allocationId]) = (free.facilityId, toFacilityId);
        if (seed & 3 != 0) _approveGoods(seed >> 8, allocationId);
    }

    function approveGoods(uint256 seed) external {
        bytes32 allocationId = _goodsAllocationIn(INeedLedger.GoodsAllocationState.Proposed, seed);
        if (allocationId == 0) return proposeGoods(seed);
        _approveGoods(seed, allocationId);
    }

    function releaseGoods(uint256 seed) external {
        bytes32 allocationId = _goodsAllocationIn(INeedLedger.GoodsAllocationState.Approved, seed);
        if (allocationId == 0 || seed & 3 != 0) return proposeGoods(seed);
        _do(
            _someone(_organisationOf(allocationId), seed >> 32),
            address(needs),
            abi.encodeCall(INeedLedger.releaseGoodsAllocation, (allocationId))
        );
    }

    function _approveGoods(uint256 seed, bytes32 allocationId) private {
        (, bytes32 lotId, uint64 quantity,,) = needs.goodsAllocationOf(allocationId);
        uint24 proposerId = proposerOf[allocationId];
        bytes memory input = abi.encodeCall(INeedLedger.approveGoodsAllocation, (allocationId));
        _mustFail(_accountOf(proposerId, seed), address(needs), input, "an allocator approved his own goods allocation");
        (uint64 usable, uint64 reserved,) = supply.stockOf(lotId, fromFacilityOf[allocationId]);
        (,,,, bool recalled,,) = supply.lotOf(lotId);
        if (quantity > usable - reserved || recalled) input = abi.encodeCall(INeedLedger.cancelGoodsAllocation, (allocationId));
        _do(_someoneElse(_organisationOf(allocationId), proposerId, seed >> 32), address(needs), input);
    }

    /*//////////////////////////////////////////////////////////////
                               IN A STORE
    //////////////////////////////////////////////////////////////*/

    function handle(uint256 seed) external {
        Stock memory held = seed & 1 == 0 ? _free(seed >> 8) : _quarantined(seed >> 8);
        if (held.lotId == 0) return give(seed);
        uint32 owner = _organisationOf(held.facilityId);
        bytes32 recordId = _newId(owner);
        held.quantity = _within(seed >> 16, held.quantity);
        if (seed & 16 != 0) return _release(seed, owner, recordId, held);
        bytes memory body = abi.encode(recordId, held.lotId, held.facilityId, held.quantity, _digest(seed));
        bytes4 selector = seed & 1 == 0 ? IStockLedger.quarantine.selector : IStockLedger.releaseQuarantine.selector;
        _do(_someone(owner, seed >> 32), address(stock), bytes.concat(selector, body));
        _recorded("StockLedger", recordId);
    }

    /// @dev One of the ways out of a store: of what is in quarantine, to be destroyed. Some are proposed and left at that.
    function _release(uint256 seed, uint32 owner, bytes32 recordId, Stock memory held) private {
        (bytes32 lotId, bytes32 facilityId, bytes32 digest) = (held.lotId, held.facilityId, _digest(seed));
        bytes memory body = abi.encode(recordId, lotId, facilityId, held.quantity, digest);
        uint256 choice = (seed >> 5) % 3;
        bytes memory proposal = bytes.concat(
            seed & 1 == 1 ? IStockLedger.proposeDisposal.selector
                : choice == 0 ? IStockLedger.proposeReturnToDonor.selector : IStockLedger.proposeSale.selector,
            body
        );
        if (seed & 1 == 0 && choice == 1) saleIds.push(recordId);
        if (seed & 1 == 0 && choice == 2) {
            uint32 recipients = seed & 256 == 0 ? 0 : 10;
            proposal = abi.encodeCall(
                IStockLedger.proposeDistribution, (recordId, lotId, facilityId, held.quantity, recipients, digest)
            );
        }
        if (seed & 512 == 0) return _proposeAndConfirm(seed, owner, recordId, proposal, abi.encodeCall(IStockLedger.confirmRelease, (recordId)));
        _do(_someone(owner, seed >> 32), address(stock), proposal);
        _recorded("StockLedger", recordId);
    }

    function lose(uint256 seed) external {
        if (seed & 1 == 1 && lossIds.length != 0) return _recover(seed);
        Stock memory free = _free(seed);
        if (free.lotId == 0) return give(seed);
        uint32 owner = _organisationOf(free.facilityId);
        bytes32 lossId = _newId(owner);
        bytes memory input = abi.encodeCall(
            IStockLedger.registerLoss,
            (lossId, free.lotId, free.facilityId, _within(seed >> 16, free.quantity), IStockLedger.LossReason((seed >> 8) % 5), _digest(seed))
        );
        _do(_someone(owner, seed >> 32), address(stock), input);
        lossIds.push(lossId);
        _recorded("StockLedger", lossId);
        bytes32 discrepancyId = discrepancies.discrepancyIdOf(IDiscrepancies.Kind.Lost, owner, lossId, 0);
        (IDiscrepancies.DiscrepancyState state,,,,,) = discrepancies.discrepancyOf(discrepancyId);
        if (state != IDiscrepancies.DiscrepancyState.Open) _violated("a loss was registered and nobody has to explain it", input, "");
    }

    function count(uint256 seed) external {
        Stock memory free = _free(seed);
        if (free.lotId == 0) return give(seed);
        uint32 owner = _organisationOf(free.facilityId);
        bytes32 countId = _newId(owner);
        bytes memory input =
            abi.encodeCall(IStockLedger.countStock, (countId, free.lotId, free.facilityId, _within(seed >> 16, QUANTITY_MOST), _digest(seed)));
        _do(_someone(owner, seed >> 32), address(stock), input);
        _recorded("StockLedger", countId);
    }

    function issueWithoutRecord(uint256 seed) external {
        Stock memory free = _free(seed);
        if (free.lotId == 0) return give(seed);
        uint32 owner = _organisationOf(free.facilityId);
        bytes32 recordId = _newId(owner);
        bytes memory input = abi.encodeCall(
            IStockLedger.proposeIssueWithoutRecord, (recordId, free.lotId, free.facilityId, _within(seed >> 16, free.quantity), _digest(seed))
        );
        _proposeAndConfirm(seed, owner, recordId, input, abi.encodeCall(IStockLedger.confirmIssueWithoutRecord, (recordId)));
    }

    function find(uint256 seed) external {
        uint256 place = seed % facilityIds.length;
        uint32 owner = _organisationOf(facilityIds[place]);
        (bytes32 recordId, bytes32 lotId) = (_newId(owner), _newId(owner));
        bytes memory input = abi.encodeCall(
            IStockLedger.proposeFind, (recordId, facilityIds[place], lotId, itemIds[place], _within(seed >> 16, QUANTITY_MOST), _digest(seed))
        );
        _proposeAndConfirm(seed, owner, recordId, input, abi.encodeCall(IStockLedger.confirmFind, (recordId)));
        _keepLot(lotId);
    }

    function recall(uint256 seed) external {
        if (lotIds.length < 8 || seed & 7 != 0) return give(seed);
        bytes32 lotId = lotIds[(seed >> 8) % lotIds.length];
        uint32 owner = _organisationOf(lotId);
        bytes32 recallId = _newId(owner);
        _do(_someone(owner, seed >> 32), address(stock), abi.encodeCall(IStockLedger.openRecall, (recallId, lotId, _digest(seed))));
        _recorded("StockLedger", recallId);
    }

    function _proposeAndConfirm(uint256 seed, uint32 owner, bytes32 recordId, bytes memory proposal, bytes memory confirmation) private {
        address proposer = _someone(owner, seed >> 32);
        _do(proposer, address(stock), proposal);
        _mustFail(_accountOf(_behind(proposer), seed), address(stock), confirmation, "a first person confirmed as the second");
        _do(_someoneElse(owner, _behind(proposer), seed >> 40), address(stock), confirmation);
        _recorded("StockLedger", recordId);
    }

    function _recover(uint256 seed) private {
        bytes32 lossId = lossIds[(seed >> 8) % lossIds.length];
        (,, uint64 quantity,,,) = stock.movementOf(lossId);
        uint64 left = quantity - _least(quantity, stock.reversedOf(lossId));
        if (left == 0) return give(seed);
        uint32 owner = _organisationOf(lossId);
        bytes32 reversalId = _newId(owner);
        _do(
            _someone(owner, seed >> 32),
            address(stock),
            abi.encodeCall(IStockLedger.reverseLoss, (reversalId, lossId, _within(seed >> 16, left)))
        );
        _recorded("StockLedger", reversalId);
    }

    /*//////////////////////////////////////////////////////////////
                                PICKING
    //////////////////////////////////////////////////////////////*/

    /// @dev Usable stock that nobody has set aside and no recall marks.
    function _free(uint256 seed) internal view returns (Stock memory) {
        for (uint256 i = 0; i < lotIds.length; ++i) {
            bytes32 lotId = lotIds[((seed >> 64) % lotIds.length + i) % lotIds.length];
            (,,,, bool recalled,,) = supply.lotOf(lotId);
            if (recalled) continue;
            for (uint256 k = 0; k < facilityIds.length; ++k) {
                bytes32 facilityId = facilityIds[((seed >> 128) % facilityIds.length + k) % facilityIds.length];
                (uint64 usable, uint64 reserved,) = supply.stockOf(lotId, facilityId);
                if (usable > reserved) return Stock(lotId, facilityId, usable - reserved);
            }
        }
        return Stock(0, 0, 0);
    }

    function _quarantined(uint256 seed) internal view returns (Stock memory) {
        for (uint256 i = 0; i < lotIds.length; ++i) {
            bytes32 lotId = lotIds[((seed >> 64) % lotIds.length + i) % lotIds.length];
            for (uint256 k = 0; k < facilityIds.length; ++k) {
                (,, uint64 quarantined) = supply.stockOf(lotId, facilityIds[k]);
                if (quarantined != 0) return Stock(lotId, facilityIds[k], quarantined);
            }
        }
        return Stock(0, 0, 0);
    }

    /// @dev Another facility of the same world; zero when there is none.
    function _destination(uint256 seed, bytes32 fromFacilityId) private view returns (bytes32) {
        if (_organisationOf(fromFacilityId) == EXERCISE) return 0;
        bytes32 facilityId = facilityIds[(seed >> 200) % 5];
        return facilityId == fromFacilityId ? facilityIds[((seed >> 200) + 1) % 5] : facilityId;
    }

    function _goodsAllocationIn(INeedLedger.GoodsAllocationState wanted, uint256 seed) internal view returns (bytes32) {
        for (uint256 i = 0; i < goodsAllocationIds.length; ++i) {
            bytes32 allocationId = goodsAllocationIds[(seed % goodsAllocationIds.length + i) % goodsAllocationIds.length];
            (INeedLedger.GoodsAllocationState state,,, uint64 remaining,) = needs.goodsAllocationOf(allocationId);
            bool isOpen = wanted != INeedLedger.GoodsAllocationState.Approved || remaining != 0;
            if (state == wanted && isOpen) return allocationId;
        }
        return 0;
    }
}
