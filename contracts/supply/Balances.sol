// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Adjustments} from "../Adjustments.sol";
import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";

/// @title Balances
/// @notice The quantities of each lot by disposition, and its stock at each facility. Every change takes from one disposition
/// and gives to another, so that the two sides of R7 cannot drift apart.
abstract contract Balances is ISupplyLedger, Adjustments {
    /// @dev Four quantities of 64 bits in a word, in the order of {Disposition}: what lots in kind need comes first.
    mapping(bytes32 lotId => uint256[4]) private _quantities;

    /// @dev One word of the same shape: Usable, Reserved, Quarantined as in {Disposition}, then the shortage there.
    mapping(bytes32 lotId => mapping(bytes32 facilityId => uint256)) private _stock;

    uint256 private constant STOCK_SHORTAGE = 3;

    /*//////////////////////////////////////////////////////////////
                                 READING
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ISupplyLedger
    function quantitiesOf(bytes32 lotId) external view returns (Quantities memory quantities) {
        // The dispositions in the order of the struct, one hexadecimal digit each.
        uint256 order = 0x3456012789abcde;
        for (uint256 i = 0; i < 15; ++i) {
            uint256 quantity = _quantityOf(lotId, Disposition((order >> (56 - 4 * i)) & 15));
            // A struct of value types takes a word of memory for each of its members.
            assembly ("memory-safe") {
                mstore(add(quantities, mul(32, i)), quantity)
            }
        }
    }

    /// @inheritdoc ISupplyLedger
    function stockOf(bytes32 lotId, bytes32 facilityId) public view returns (uint64 usable, uint64 reserved, uint64 quarantined) {
        uint256 word = _stock[lotId][facilityId];
        return (_at(word, 0), _at(word, 1), _at(word, 2));
    }

    /// @inheritdoc ISupplyLedger
    function shortageOf(bytes32 lotId, bytes32 facilityId) external view returns (uint64 shortage) {
        return _at(_stock[lotId][facilityId], STOCK_SHORTAGE);
    }

    function _quantityOf(bytes32 lotId, Disposition disposition) internal view returns (uint64) {
        return _at(_quantities[lotId][uint8(disposition) >> 2], uint8(disposition) & 3);
    }

    /// @dev What of usable stock nobody has set aside; all of what is in quarantine.
    function _freeAt(bytes32 lotId, bytes32 facilityId, Disposition from) internal view returns (uint64) {
        (uint64 usable, uint64 reserved, uint64 quarantined) = stockOf(lotId, facilityId);
        return from == Disposition.Usable ? usable - reserved : quarantined;
    }

    /*//////////////////////////////////////////////////////////////
                                 MOVING
    //////////////////////////////////////////////////////////////*/

    /// @dev Refuses with {StockInsufficient} when so much is not there. Taking from a source adds to it.
    function _take(bytes32 lotId, bytes32 facilityId, Disposition from, uint64 quantity) internal {
        if (_isSource(from)) return _grow(lotId, from, quantity);
        _requireAvailable(lotId, facilityId, from, quantity);
        _shrink(lotId, from, quantity);
        if (_isStock(from)) _shrinkAt(lotId, facilityId, uint8(from), quantity);
    }

    function _requireAvailable(bytes32 lotId, bytes32 facilityId, Disposition from, uint64 quantity) internal view {
        uint64 available = _isStock(from) ? _freeAt(lotId, facilityId, from) : _quantityOf(lotId, from);
        if (quantity > available) {
            _refuse(abi.encodeWithSelector(StockInsufficient.selector, lotId, facilityId, quantity, available));
        }
    }

    /// @dev What comes in at a facility covers its shortage first. Giving to a source takes from it.
    function _give(bytes32 lotId, bytes32 facilityId, Disposition to, uint64 quantity) internal {
        if (_isSource(to)) return _shrink(lotId, to, quantity);
        if (_isStock(to)) {
            quantity -= _cover(lotId, facilityId, quantity);
            _growAt(lotId, facilityId, uint8(to), quantity);
        }
        _grow(lotId, to, quantity);
    }

    /// @dev Takes what is there, from either kind of stock, and makes a shortage of the rest: the truth is never refused.
    function _takeBack(bytes32 lotId, bytes32 facilityId, Disposition from, uint64 quantity) internal returns (uint64 shortage) {
        if (!_isStock(from)) {
            _take(lotId, facilityId, from, quantity);
            return 0;
        }
        shortage = quantity - _takeUpTo(lotId, facilityId, from, quantity);
        Disposition other = from == Disposition.Usable ? Disposition.Quarantined : Disposition.Usable;
        shortage -= _takeUpTo(lotId, facilityId, other, shortage);
        if (shortage != 0) {
            _grow(lotId, Disposition.Shortage, shortage);
            _growAt(lotId, facilityId, STOCK_SHORTAGE, shortage);
        }
    }

    function _takeUpTo(bytes32 lotId, bytes32 facilityId, Disposition from, uint64 quantity) private returns (uint64 taken) {
        uint64 available = _freeAt(lotId, facilityId, from);
        taken = quantity < available ? quantity : available;
        if (taken != 0) _take(lotId, facilityId, from, taken);
    }

    function _cover(bytes32 lotId, bytes32 facilityId, uint64 quantity) internal returns (uint64 covered) {
        uint64 shortage = _at(_stock[lotId][facilityId], STOCK_SHORTAGE);
        covered = quantity < shortage ? quantity : shortage;
        if (covered == 0) return 0;
        _shrink(lotId, Disposition.Shortage, covered);
        _shrinkAt(lotId, facilityId, STOCK_SHORTAGE, covered);
    }

    /// @dev What was issued without record is lost as well, and totalled by itself.
    function _grow(bytes32 lotId, Disposition disposition, uint64 quantity) internal {
        if (disposition == Disposition.IssuedWithoutRecord) _grow(lotId, Disposition.Lost, quantity);
        uint256 shift = _shiftOf(uint8(disposition) & 3);
        uint256 word = _quantities[lotId][uint8(disposition) >> 2];
        // The sum is checked; it cannot carry into the next quantity of the word, as 2^53 is below 2^64.
        _sum(lotId, uint64(word >> shift), quantity);
        _quantities[lotId][uint8(disposition) >> 2] = word + (uint256(quantity) << shift);
    }

    function _shrink(bytes32 lotId, Disposition disposition, uint64 quantity) internal {
        if (disposition == Disposition.IssuedWithoutRecord) _shrink(lotId, Disposition.Lost, quantity);
        uint256 shift = _shiftOf(uint8(disposition) & 3);
        uint256 word = _quantities[lotId][uint8(disposition) >> 2];
        // Every caller has looked before; this line makes sure that no quantity is borrowed from its neighbour in the word.
        assert(uint64(word >> shift) >= quantity);
        _quantities[lotId][uint8(disposition) >> 2] = word - (uint256(quantity) << shift);
    }

    function _growAt(bytes32 lotId, bytes32 facilityId, uint256 index, uint64 quantity) internal {
        // A facility has no more of a lot than the lot's own total, which is checked.
        _stock[lotId][facilityId] += uint256(quantity) << _shiftOf(index);
    }

    function _shrinkAt(bytes32 lotId, bytes32 facilityId, uint256 index, uint64 quantity) internal {
        uint256 word = _stock[lotId][facilityId];
        assert(_at(word, index) >= quantity);
        _stock[lotId][facilityId] = word - (uint256(quantity) << _shiftOf(index));
    }

    /*//////////////////////////////////////////////////////////////
                                  WORDS
    //////////////////////////////////////////////////////////////*/

    function _isSource(Disposition disposition) private pure returns (bool) {
        return disposition >= Disposition.Commissioned && disposition <= Disposition.TransformedIn;
    }

    function _isStock(Disposition disposition) private pure returns (bool) {
        return disposition == Disposition.Usable || disposition == Disposition.Quarantined;
    }

    function _at(uint256 word, uint256 index) private pure returns (uint64) {
        return uint64(word >> _shiftOf(index));
    }

    function _shiftOf(uint256 index) private pure returns (uint256) {
        return index * 64;
    }
}
