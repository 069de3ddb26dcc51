// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title ICatalogue
/// @notice The items of an organisation's catalogue - (name, specification, unit) as it wrote them (R6) - and its facilities.
/// Names are in the content documents; on chain is only the digest.
///
/// State machine of an entry (final): None --registerItems, registerFacilities--> Registered. Its words can be corrected
/// (R15). It cannot be taken out of effect: needs, lots and stocks stand on it, and one that nothing stands on harms nothing.
interface ICatalogue is IRecords, ICorrectable {
    /// @param recordId An id of the organisation whose catalogue it is. @param contentDigest SHA-256 of the canonical content.
    struct EntryLine { bytes32 recordId; bytes32 contentDigest; }

    /// @notice An item can be counted: lots, needs and reports may name it.
    /// @param ref Zero. @param actorId Who registered it.
    event ItemRegistered(bytes32 indexed itemId, bytes32 indexed ref, uint24 indexed actorId, bytes32 contentDigest);

    /// @notice Goods can be in this place.
    /// @param ref Zero. @param actorId Who registered it.
    event FacilityRegistered(bytes32 indexed facilityId, bytes32 indexed ref, uint24 indexed actorId, bytes32 contentDigest);

    /// @notice Registers items.
    ///
    /// @dev Emits an {ItemRegistered} event for each that is new.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the organisation.
    /// - 1 to 400 lines; an id of the organisation, not recorded with other content or as a facility ({RecordConflict}).
    function registerItems(uint32 organisationId, EntryLine[] calldata lines) external;

    /// @notice Registers facilities: stores, hospitals, wards.
    ///
    /// @dev Emits a {FacilityRegistered} event for each that is new.
    ///
    /// Requirements:
    /// - the caller must hold `INTAKE_CLERK` or `IMPORTER` in the organisation.
    /// - 1 to 400 lines; an id of the organisation, not recorded with other content or as an item ({RecordConflict}).
    function registerFacilities(uint32 organisationId, EntryLine[] calldata lines) external;

    /// @notice Whether an item has this id.
    function isItem(bytes32 itemId) external view returns (bool);

    /// @notice Whether a facility has this id.
    function isFacility(bytes32 facilityId) external view returns (bool);
}
