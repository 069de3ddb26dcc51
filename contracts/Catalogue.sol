// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {Roles} from "./Roles.sol";
import {ICatalogue} from "./interfaces/ICatalogue.sol";
import {ICorrectable} from "./interfaces/ICorrectable.sol";

/// @title Catalogue
/// @notice See the documentation in {ICatalogue}.
contract Catalogue is ICatalogue, LedgerContract {
    uint8 private constant _ITEM = 1;
    uint8 private constant _FACILITY = 2;

    constructor(address participants) LedgerContract(participants) {}

    /*//////////////////////////////////////////////////////////////
                                ENTRIES
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ICatalogue
    function registerItems(uint32 organisationId, EntryLine[] calldata lines) external {
        _register(organisationId, lines, _ITEM, ItemRegistered.selector);
    }

    /// @inheritdoc ICatalogue
    function registerFacilities(uint32 organisationId, EntryLine[] calldata lines) external {
        _register(organisationId, lines, _FACILITY, FacilityRegistered.selector);
    }

    function _register(uint32 organisationId, EntryLine[] calldata lines, uint8 kind, bytes32 topic0) private {
        uint24 actorId = _actorOfEither(organisationId, Roles.INTAKE_CLERK, Roles.IMPORTER);
        _requireBatch(lines.length);
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            (bytes32 recordId, bytes32 contentDigest) = (lines[i].recordId, lines[i].contentDigest);
            bytes memory body = abi.encode(contentDigest);
            bytes10 tag = _tagOf(body);
            if (_isRecorded(recordId, kind, tag)) continue;
            _requireOwnId(recordId, organisationId);

            _records[recordId] = Record({amount: 0, reduced: 0, link: 0, authorId: actorId, kind: kind, state: 0, tag: tag});
            _append(cursor, topic0, recordId, 0, actorId, body);
        }
        _endBatch();
        _close(cursor);
    }

    /// @inheritdoc ICatalogue
    function isItem(bytes32 itemId) external view returns (bool) {
        return _records[itemId].kind == _ITEM;
    }

    /// @inheritdoc ICatalogue
    function isFacility(bytes32 facilityId) external view returns (bool) {
        return _records[facilityId].kind == _FACILITY;
    }

    /*//////////////////////////////////////////////////////////////
                              CORRECTIONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ICorrectable
    function reverseRecord(bytes32 recordId, uint24) external view onlyPart("Corrections") {
        revert NotCorrectable(recordId);
    }

    /// @inheritdoc ICorrectable
    function adjustRecord(bytes32 recordId, bytes32, uint16, uint8, int64, uint24) external view onlyPart("Corrections") {
        revert NotCorrectable(recordId);
    }

    /// @inheritdoc ICorrectable
    function inEffect(bytes32 recordId) external view returns (bool) {
        return _records[recordId].kind != 0;
    }
}
