// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";
import {ICorrectable} from "./ICorrectable.sol";

/// @title ICatalogue
/// @notice The items of an organisation's catalogue - (name, specification, unit) as it wrote them (R6) - and its facilities.
/// Names are in the content documents; on chain is only the digest.
interface ICatalogue is IRecords, ICorrectable {
    struct EntryLine { bytes32 recordId; bytes32 contentDigest; }

    event ItemRegistered(bytes32 indexed itemId, bytes32 indexed ref, uint24 indexed actorId, bytes32 contentDigest);
    event FacilityRegistered(bytes32 indexed facilityId, bytes32 indexed ref, uint24 indexed actorId, bytes32 contentDigest);
    event RecordReversed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    /// @notice INTAKE_CLERK or IMPORTER of the organisation. The ids' organisation must be it.
    function registerItems(uint32 organisationId, EntryLine[] calldata lines) external;
    function registerFacilities(uint32 organisationId, EntryLine[] calldata lines) external;

    function isItem(bytes32 itemId) external view returns (bool);
    function isFacility(bytes32 facilityId) external view returns (bool);
}
