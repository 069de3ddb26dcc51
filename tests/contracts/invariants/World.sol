// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Catalogue} from "../../../contracts/Catalogue.sol";
import {ConsignmentLedger} from "../../../contracts/ConsignmentLedger.sol";
import {Corrections} from "../../../contracts/Corrections.sol";
import {Discrepancies} from "../../../contracts/Discrepancies.sol";
import {FundLedger} from "../../../contracts/FundLedger.sol";
import {NeedLedger} from "../../../contracts/NeedLedger.sol";
import {Participants} from "../../../contracts/Participants.sol";
import {Publications} from "../../../contracts/Publications.sol";
import {Roles} from "../../../contracts/Roles.sol";
import {StockLedger} from "../../../contracts/StockLedger.sol";
import {SupplyLedger} from "../../../contracts/SupplyLedger.sol";
import {ICatalogue} from "../../../contracts/interfaces/ICatalogue.sol";
import {IFundLedger} from "../../../contracts/interfaces/IFundLedger.sol";
import {IParticipants} from "../../../contracts/interfaces/IParticipants.sol";
import {IRecords} from "../../../contracts/interfaces/IRecords.sol";
import {CHEATS, Cheats} from "./Cheats.sol";

/// @title World
/// @notice The whole ledger, deployed and sealed, with organisations, persons who hold every role of theirs from two accounts
/// each, funds, items and facilities.
///
/// Organisations: 1 consortium, 2 and 3 charities with stores, 4 a hospital, 9 an exercise. Every person may do everything in
/// his organisation, so that only the rules of separation keep one person from doing two things.
abstract contract World {
    uint32 internal constant CHARITY = 2;
    uint32 internal constant PARTNER = 3;
    uint32 internal constant HOSPITAL = 4;
    uint32 internal constant EXERCISE = 9;
    uint256 internal constant PERSONS = 4;
    uint256 internal constant PARTS = 10;
    uint256 internal constant START = 1_580_000_000;

    Participants internal participants;
    Catalogue internal catalogue;
    FundLedger internal funds;
    NeedLedger internal needs;
    SupplyLedger internal supply;
    StockLedger internal stock;
    ConsignmentLedger internal consignments;
    Discrepancies internal discrepancies;
    Corrections internal corrections;
    Publications internal publications;

    bytes32[PARTS] internal partNames;
    address[PARTS] internal parts;
    mapping(address part => uint256 number) internal partNumber;

    /// @dev The journal of each part as the logs tell it.
    bytes32[PARTS] internal foldedHead;
    uint64[PARTS] internal foldedCount;

    bytes32[] internal fundIds;
    bytes32[] internal itemIds;
    bytes32[] internal facilityIds;
    uint256 private _nextId;

    constructor() {
        CHEATS.warp(START);
        CHEATS.recordLogs();
        _deploy();
        _register();
        participants.seal();
        _openFunds();
        _openStores();
        _fold(CHEATS.getRecordedLogs());
    }

    /*//////////////////////////////////////////////////////////////
                                 IDS
    //////////////////////////////////////////////////////////////*/

    function _newId(uint32 organisationId) internal returns (bytes32) {
        return bytes32((uint256(organisationId) << 224) | (0xabc0 << 100) | ++_nextId);
    }

    function _organisationOf(bytes32 recordId) internal pure returns (uint32) {
        return uint32(bytes4(recordId));
    }

    /*//////////////////////////////////////////////////////////////
                                PERSONS
    //////////////////////////////////////////////////////////////*/

    /// @dev Person `index` of an organisation.
    function _personOf(uint32 organisationId, uint256 index) internal pure returns (uint24) {
        return uint24(uint256(organisationId) * 100 + (index % PERSONS) + 1);
    }

    /// @dev One of the person's two accounts.
    function _accountOf(uint24 personId, uint256 which) internal pure returns (address) {
        return address(uint160(0x1000000 + uint256(personId) * 16 + (which % 2)));
    }

    /// @dev An account of some person of the organisation.
    function _someone(uint32 organisationId, uint256 seed) internal pure returns (address) {
        return _accountOf(_personOf(organisationId, seed), seed >> 8);
    }

    /// @dev An account of a person of the organisation who is not this one.
    function _someoneElse(uint32 organisationId, uint24 personId, uint256 seed) internal pure returns (address) {
        uint24 other = _personOf(organisationId, seed);
        if (other == personId) other = _personOf(organisationId, seed + 1);
        return _accountOf(other, seed >> 8);
    }

    /*//////////////////////////////////////////////////////////////
                                JOURNALS
    //////////////////////////////////////////////////////////////*/

    /// @dev Folds logs as anybody would who reads the chain (R24), independently of the contracts.
    function _fold(Cheats.Log[] memory logs) internal returns (uint256 records) {
        for (uint256 i = 0; i < logs.length; ++i) {
            uint256 number = partNumber[logs[i].emitter];
            if (number == 0) continue;
            bytes32[] memory topics = logs[i].topics;
            bytes32 head = foldedHead[number - 1];
            foldedHead[number - 1] = keccak256(abi.encodePacked(head, topics[0], topics[1], topics[2], logs[i].data));
            foldedCount[number - 1] += 1;
            records += 1;
        }
    }

    /*//////////////////////////////////////////////////////////////
                                 SETUP
    //////////////////////////////////////////////////////////////*/

    function _deploy() private {
        participants = new Participants();
        address people = address(participants);
        catalogue = new Catalogue(people);
        funds = new FundLedger(people);
        needs = new NeedLedger(people);
        supply = new SupplyLedger(people);
        stock = new StockLedger(people);
        consignments = new ConsignmentLedger(people);
        discrepancies = new Discrepancies(people);
        corrections = new Corrections(people);
        publications = new Publications(people);
        parts = [
            people, address(catalogue), address(funds), address(needs), address(supply), address(stock), address(consignments),
            address(discrepancies), address(corrections), address(publications)
        ];
        partNames = [
            bytes32("Participants"), "Catalogue", "FundLedger", "NeedLedger", "SupplyLedger", "StockLedger", "ConsignmentLedger",
            "Discrepancies", "Corrections", "Publications"
        ];
        for (uint256 i = 0; i < PARTS; ++i) {
            participants.namePart(partNames[i], parts[i]);
            partNumber[parts[i]] = i + 1;
        }
    }

    function _register() private {
        uint32[5] memory organisationIds = [uint32(1), CHARITY, PARTNER, HOSPITAL, EXERCISE];
        IParticipants.OrganisationLine[] memory lines = new IParticipants.OrganisationLine[](5);
        for (uint256 i = 0; i < 5; ++i) {
            lines[i] = IParticipants.OrganisationLine(organisationIds[i], organisationIds[i] == EXERCISE, bytes32(uint256(1)));
        }
        participants.registerOrganisations(lines);
        for (uint256 i = 0; i < 5; ++i) {
            _registerPersons(organisationIds[i]);
            _grantAll(organisationIds[i]);
        }
    }

    function _registerPersons(uint32 organisationId) private {
        IParticipants.PersonLine[] memory persons = new IParticipants.PersonLine[](PERSONS);
        IParticipants.AccountLine[] memory accounts = new IParticipants.AccountLine[](2 * PERSONS);
        for (uint256 i = 0; i < PERSONS; ++i) {
            uint24 personId = _personOf(organisationId, i);
            persons[i] = IParticipants.PersonLine(personId, organisationId, bytes32(uint256(1)));
            for (uint256 k = 0; k < 2; ++k) {
                accounts[2 * i + k] = IParticipants.AccountLine(_newId(organisationId), personId, _accountOf(personId, k));
            }
        }
        participants.registerPersons(persons);
        participants.linkAccounts(accounts);
    }

    /// @dev Facilities: two stores of the charity, one of its partner, two wards, one of the exercise. The charity's first person
    /// may also receive at the first ward, so that he could confirm what he dispatched, if the ledger let him.
    function _grantAll(uint32 organisationId) private {
        bytes32[13] memory roles = [
            Roles.INTAKE_CLERK, Roles.ALLOCATOR, Roles.ALLOCATION_APPROVER, Roles.DISPATCHER, Roles.CARRIER, Roles.INSPECTOR,
            Roles.CORRECTOR, Roles.CORRECTION_APPROVER, Roles.AUDITOR, Roles.WITNESS, Roles.GUARDIAN, Roles.REGISTRAR, Roles.IMPORTER
        ];
        IParticipants.GrantLine[] memory lines = new IParticipants.GrantLine[](PERSONS * roles.length);
        for (uint256 i = 0; i < lines.length; ++i) {
            lines[i] = IParticipants.GrantLine(_newId(organisationId), _personOf(organisationId, i), organisationId, roles[i / PERSONS], 0);
        }
        participants.grantRoles(lines);
        if (organisationId == 1) return;
        uint256 stores = organisationId == CHARITY || organisationId == HOSPITAL ? 2 : 1;
        for (uint256 i = 0; i < stores; ++i) {
            bytes32 facilityId = _newId(organisationId);
            facilityIds.push(facilityId);
            _grantReceivers(organisationId, facilityId);
        }
    }

    function _grantReceivers(uint32 organisationId, bytes32 facilityId) private {
        IParticipants.GrantLine[] memory lines = new IParticipants.GrantLine[](PERSONS);
        for (uint256 i = 0; i < PERSONS; ++i) {
            lines[i] =
                IParticipants.GrantLine(_newId(organisationId), _personOf(organisationId, i), organisationId, Roles.CONSIGNEE, facilityId);
        }
        participants.grantRoles(lines);
        if (organisationId != HOSPITAL) return;
        lines = new IParticipants.GrantLine[](1);
        lines[0] = IParticipants.GrantLine(_newId(HOSPITAL), _personOf(CHARITY, 0), HOSPITAL, Roles.CONSIGNEE, facilityId);
        participants.grantRoles(lines);
    }

    function _openFunds() private {
        uint32[4] memory owners = [CHARITY, CHARITY, PARTNER, EXERCISE];
        for (uint256 i = 0; i < 4; ++i) {
            bytes32 fundId = _newId(owners[i]);
            fundIds.push(fundId);
            CHEATS.prank(_someone(owners[i], 0));
            funds.openFund(fundId, i == 1 ? bytes3("VND") : bytes3("CNY"), IFundLedger.Earmark("7201", 0), bytes32(uint256(1)));
        }
    }

    function _openStores() private {
        for (uint256 i = 0; i < facilityIds.length; ++i) {
            uint32 organisationId = _organisationOf(facilityIds[i]);
            ICatalogue.EntryLine[] memory lines = new ICatalogue.EntryLine[](1);
            lines[0] = ICatalogue.EntryLine(facilityIds[i], bytes32(uint256(1)));
            CHEATS.prank(_someone(organisationId, 0));
            catalogue.registerFacilities(organisationId, lines);
            lines[0] = ICatalogue.EntryLine(_newId(organisationId), bytes32(uint256(1)));
            itemIds.push(lines[0].recordId);
            CHEATS.prank(_someone(organisationId, 0));
            catalogue.registerItems(organisationId, lines);
        }
    }
}
