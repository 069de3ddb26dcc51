// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Calendar} from "../Calendar.sol";
import {IFundLedger} from "../interfaces/IFundLedger.sol";
import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";
import {Roles} from "../Roles.sol";
import {Lots} from "./Lots.sol";

/// @title Intake
/// @notice Lots that come from outside: given, with what they are said to be worth, or bought.
/// @dev In the {Record} of a donation in kind, `link` is the facility's number and `reduced` how many lots and values are in effect.
abstract contract Intake is Lots {
    /// @dev Donations and their lots of one call, or bought lots of one: all of them within the gas of a transaction.
    uint256 private constant GIVEN_MAX = 75;
    uint256 private constant BOUGHT_MAX = 65;

    /// @dev Only of donations whose donor is an organisation of this ledger.
    mapping(bytes32 donationId => uint32) private _donorOrganisations;
    mapping(bytes32 donationId => bytes32 valuationId) internal _valuations;
    mapping(bytes32 valuationId => bytes32 donationId) internal _valued;

    /// @inheritdoc ISupplyLedger
    function donationOf(bytes32 donationId)
        external
        view
        returns (bytes32 facilityId, uint32 donorOrganisationId, bytes32 valuationId)
    {
        return (_numbered[_records[donationId].link], _donorOrganisations[donationId], _valuations[donationId]);
    }

    /*//////////////////////////////////////////////////////////////
                                 GIVEN
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ISupplyLedger
    function recordDonationsInKind(bytes32 facilityId, DonationInKind[] calldata donations) external {
        uint24 actorId = _actorOfEither(_organisationOf(facilityId), Roles.INTAKE_CLERK, Roles.IMPORTER);
        uint256 size = donations.length;
        for (uint256 i = 0; i < donations.length; ++i) size += donations[i].lots.length;
        _requireBatch(size, GIVEN_MAX);
        _requireFacility(facilityId);
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < donations.length; ++i) {
            _atLine(i);
            _recordDonation(cursor, facilityId, donations[i], actorId);
        }
        _endBatch();
        _close(cursor);
    }

    function _recordDonation(Cursor memory cursor, bytes32 facilityId, DonationInKind calldata donation, uint24 actorId) private {
        bytes32 donationId = donation.donationId;
        bytes10 tag = _tagOf(abi.encode(facilityId, donation));
        if (_isRecorded(donationId, KIND_DONATION, tag)) return;
        uint32 organisationId = _organisationOf(facilityId);
        _requireOwnId(donationId, organisationId);
        if (donation.donorOrganisationId != 0) {
            _requireSameWorld(donationId, bytes32(bytes4(donation.donorOrganisationId)));
            _donorOrganisations[donationId] = donation.donorOrganisationId;
        }
        _store(donationId, KIND_DONATION, 0, donation.lots.length, _numberOf(facilityId), actorId, tag);
        bytes memory body = abi.encode(
            donation.donorCommitment, donation.donorOrganisationId, donation.purpose, donation.place, donation.contentDigest
        );
        _append(cursor, DonationInKindRecorded.selector, donationId, facilityId, actorId, body);

        Beginning memory beginning =
            Beginning(Origin.InKind, donationId, facilityId, actorId, false, Earmark(donation.purpose, donation.place));
        for (uint256 i = 0; i < donation.lots.length; ++i) {
            LotLine memory line = donation.lots[i];
            _requireOwnId(line.lotId, organisationId);
            _requireNoCost(line);
            _commission(cursor, beginning, line, 0);
        }
    }

    /// @inheritdoc ISupplyLedger
    function declareValue(
        bytes32 valuationId,
        bytes32 donationId,
        bytes3 currency,
        uint64 valueMinor,
        bytes16 method,
        uint32 valueDate,
        bytes32 contentDigest
    ) external {
        uint32 organisationId = _organisationOf(donationId);
        uint24 actorId = _actorOfEither(organisationId, Roles.INSPECTOR, Roles.IMPORTER);
        bytes memory body = abi.encode(currency, valueMinor, method, valueDate, contentDigest);
        bytes10 tag = _tagOf(abi.encode(donationId, body));
        if (_isRecorded(valuationId, KIND_VALUATION, tag)) return;
        _requireOwnId(valuationId, organisationId);
        _requireAmount(valuationId, valueMinor);
        _requireCurrency(valuationId, currency);
        if (valueDate != 0 && !Calendar.isDay(valueDate)) revert DateImpossible(valuationId, valueDate);
        Record storage donation = _records[donationId];
        if (donation.kind != KIND_DONATION || donation.state != 0) revert RecordUnknown(donationId);
        uint32 donorOrganisationId = _donorOrganisations[donationId];
        if (donorOrganisationId != 0 && _participants.organisationOf(actorId) == donorOrganisationId) {
            revert ValuerIsDonor(donationId, actorId);
        }
        if (_valuations[donationId] != 0) revert ValueAlreadyDeclared(donationId, _valuations[donationId]);

        donation.reduced += 1;
        _valuations[donationId] = valuationId;
        _valued[valuationId] = donationId;
        _store(valuationId, KIND_VALUATION, valueMinor, 0, 0, actorId, tag);
        _appendOne(ValueDeclared.selector, valuationId, donationId, actorId, body);
    }

    /*//////////////////////////////////////////////////////////////
                                 BOUGHT
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc ISupplyLedger
    function commissionBought(bytes32 facilityId, bytes32 expenditureId, LotLine[] calldata lots) external {
        uint32 organisationId = _organisationOf(facilityId);
        uint24 actorId = _actor(organisationId, Roles.INTAKE_CLERK);
        _requireBatch(lots.length, BOUGHT_MAX);
        _requireOwnId(expenditureId, organisationId);
        _requireFacility(facilityId);
        Cursor memory cursor = _open();
        Beginning memory beginning;
        beginning.origin = Origin.Bought;
        beginning.sourceId = expenditureId;
        beginning.facilityId = facilityId;
        beginning.actorId = actorId;
        for (uint256 i = 0; i < lots.length; ++i) {
            _atLine(i);
            LotLine memory line = lots[i];
            bytes10 tag = _tagOf(abi.encode(facilityId, expenditureId, line));
            if (_isRecorded(line.lotId, KIND_LOT, tag)) continue;
            _requireOwnId(line.lotId, organisationId);
            beginning.earmark = _deliver(expenditureId, line, actorId);
            _commission(cursor, beginning, line, tag);
        }
        _endBatch();
        _close(cursor);
    }

    /// @dev The money's side of a bought lot. What it refuses is this line's reason.
    function _deliver(bytes32 expenditureId, LotLine memory line, uint24 actorId) private returns (Earmark memory) {
        _requireAmount(line.lotId, line.costMinor);
        try IFundLedger(_part("FundLedger")).deliverExpenditure(expenditureId, line.lotId, line.costMinor, actorId) returns (
            IFundLedger.Earmark memory earmark
        ) {
            return Earmark(earmark.purpose, earmark.place);
        } catch (bytes memory reason) {
            _refuse(reason);
            return Earmark(0, 0);
        }
    }

    /// @dev Only what was bought has a cost; a gift's value is declared for the whole gift (R8).
    function _requireNoCost(LotLine memory line) internal view {
        if (line.costMinor != 0) _refuse(abi.encodeWithSelector(AmountOutOfRange.selector, line.lotId, line.costMinor));
    }

    function _requireCurrency(bytes32 recordId, bytes3 currency) private pure {
        for (uint256 i = 0; i < 3; ++i) {
            if (currency[i] < "A" || currency[i] > "Z") revert CurrencyUnknown(recordId, currency);
        }
    }
}
