// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Balances} from "./Balances.sol";
import {Calendar} from "../Calendar.sol";
import {ICatalogue} from "../interfaces/ICatalogue.sol";
import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";

/// @title Lots
/// @notice How a lot begins, what it is, and whether it may still be given to anybody.
/// @dev In the {Record} of a lot, `amount` is its cost, `link` the number of the facility it began at, and `reduced` how many
/// records stand on it beside those that its balances show.
abstract contract Lots is Balances {
    uint8 internal constant KIND_DONATION = 1;
    uint8 internal constant KIND_VALUATION = 2;
    uint8 internal constant KIND_LOT = 3;
    uint8 internal constant KIND_TRANSFORMATION = 4;

    struct Lot {
        bytes32 sourceId;
        uint24 itemNo;
        Origin origin;
        uint32 expiryDate;
        uint16 recalls;
    }

    struct Earmark {
        bytes16 purpose;
        bytes16 place;
    }

    /// @dev What the lots of one batch or record have in common.
    struct Beginning {
        Origin origin;
        bytes32 sourceId;
        bytes32 facilityId;
        uint24 actorId;
        bool quarantined;
        Earmark earmark;
    }

    mapping(bytes32 lotId => Lot) internal _lots;

    /// @dev Only of lots that have one.
    mapping(bytes32 lotId => Earmark) internal _earmarks;

    /// @dev Facilities and items by a short number, so that a lot needs few words. Number 0 is none.
    mapping(bytes32 id => uint24) private _numbers;
    mapping(uint24 number => bytes32) internal _numbered;
    uint24 private _numbersUsed;

    /// @dev Asked for once in a transaction, as a batch asks it for every lot.
    ICatalogue private transient _catalogueOfBatch;

    /// @inheritdoc ISupplyLedger
    function lotOf(bytes32 lotId)
        external
        view
        returns (Origin origin, bytes32 itemId, bytes32 sourceId, uint32 expiryDate, bool recalled, bytes16 purpose, bytes16 place)
    {
        Lot storage lot = _lots[lotId];
        Earmark storage earmark = _earmarks[lotId];
        return
            (lot.origin, _numbered[lot.itemNo], lot.sourceId, lot.expiryDate, lot.recalls != 0, earmark.purpose, earmark.place);
    }

    /// @dev The caller has made sure that the lot is not a retry, and whose id it is.
    function _commission(Cursor memory cursor, Beginning memory beginning, LotLine memory line, bytes10 tag) internal {
        bytes32 lotId = line.lotId;
        if (_records[lotId].kind != 0) _refuse(abi.encodeWithSelector(RecordConflict.selector, lotId));
        _requireAmount(lotId, line.quantity);
        _requireItem(lotId, line.itemId);
        if (line.expiryDate != 0 && !Calendar.isDay(line.expiryDate)) {
            _refuse(abi.encodeWithSelector(DateImpossible.selector, lotId, line.expiryDate));
        }

        _store(lotId, KIND_LOT, line.costMinor, 0, _numberOf(beginning.facilityId), beginning.actorId, tag);
        _lots[lotId] = Lot(beginning.sourceId, _numberOf(line.itemId), beginning.origin, line.expiryDate, 0);
        if (beginning.earmark.purpose | beginning.earmark.place != 0) _earmarks[lotId] = beginning.earmark;
        _take(lotId, beginning.facilityId, _sourceOf(beginning.origin), line.quantity);
        _give(
            lotId, beginning.facilityId, beginning.quarantined ? Disposition.Quarantined : Disposition.Usable, line.quantity
        );
        _append(
            cursor,
            LotCommissioned.selector,
            lotId,
            beginning.sourceId,
            beginning.actorId,
            _bodyOf(beginning, line)
        );
    }

    function _bodyOf(Beginning memory beginning, LotLine memory line) private pure returns (bytes memory) {
        return abi.encode(
            beginning.origin,
            line.itemId,
            beginning.facilityId,
            line.quantity,
            line.costMinor,
            beginning.earmark.purpose,
            beginning.earmark.place,
            line.expiryDate,
            beginning.quarantined,
            line.contentDigest
        );
    }

    function _sourceOf(Origin origin) internal pure returns (Disposition) {
        if (origin == Origin.Found) return Disposition.Found;
        return origin == Origin.Transformed ? Disposition.TransformedIn : Disposition.Commissioned;
    }

    /// @dev Nothing recalled or expired is set aside, dispatched, made into something else, sold or handed out.
    function _requireSound(bytes32 lotId) internal view {
        _requireLot(lotId);
        Lot storage lot = _lots[lotId];
        if (lot.recalls != 0) _refuse(abi.encodeWithSelector(LotRecalledError.selector, lotId));
        uint32 expiryDate = lot.expiryDate;
        if (expiryDate != 0 && expiryDate < Calendar.today()) {
            _refuse(abi.encodeWithSelector(LotExpired.selector, lotId, expiryDate));
        }
    }

    /// @dev The record of a lot in effect.
    function _requireLot(bytes32 lotId) internal view returns (Record storage record) {
        record = _records[lotId];
        if (record.kind != KIND_LOT || record.state != 0) _refuseUnknown(lotId);
    }

    /// @dev An item in effect, and of the same world as the record that names it.
    function _requireItem(bytes32 recordId, bytes32 itemId) internal {
        if (!_catalogue().isItem(itemId)) _refuseUnknown(itemId);
        _requireSameWorld(recordId, itemId);
    }

    function _requireFacility(bytes32 facilityId) internal {
        if (!_catalogue().isFacility(facilityId)) _refuseUnknown(facilityId);
    }

    function _catalogue() private returns (ICatalogue catalogue) {
        catalogue = _catalogueOfBatch;
        if (address(catalogue) != address(0)) return catalogue;
        catalogue = ICatalogue(_part("Catalogue"));
        _catalogueOfBatch = catalogue;
    }

    function _refuseUnknown(bytes32 recordId) internal view {
        _refuse(abi.encodeWithSelector(RecordUnknown.selector, recordId));
    }

    function _numberOf(bytes32 id) internal returns (uint24 number) {
        number = _numbers[id];
        if (number == 0) {
            number = ++_numbersUsed;
            _numbers[id] = number;
            _numbered[number] = id;
        }
    }
}
