// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISupplyLedger} from "../interfaces/ISupplyLedger.sol";
import {Roles} from "../Roles.sol";
import {Intake} from "./Intake.sol";

/// @title Transformations
/// @notice Lots that are made of others. Outputs are always new lots, so no lot is made of itself, however long the chain.
/// @dev In the {Record} of a transformation, `reduced` is how many of its outputs are in effect.
abstract contract Transformations is Intake {
    /// @dev Inputs and outputs of one together, within the gas of a transaction.
    uint256 private constant TRANSFORMATION_MAX = 60;

    mapping(bytes32 transformationId => Part[]) private _inputs;
    mapping(bytes32 transformationId => bytes32[]) private _outputs;
    mapping(bytes32 lotId => bytes32[]) private _madeInto;

    /// @inheritdoc ISupplyLedger
    function transform(
        bytes32 transformationId,
        bytes32 facilityId,
        Part[] calldata inputs,
        LotLine[] calldata outputs,
        bytes32 evidenceDigest
    ) external {
        uint24 actorId = _actor(_organisationOf(facilityId), Roles.DISPATCHER);
        bytes10 tag = _tagOf(abi.encode(facilityId, inputs, outputs, evidenceDigest));
        if (_isRecorded(transformationId, KIND_TRANSFORMATION, tag)) return;
        _requireOwnId(transformationId, _organisationOf(facilityId));
        if (evidenceDigest == 0) revert EvidenceMissing(transformationId);
        _requireBatch(inputs.length, TRANSFORMATION_MAX);
        _requireBatch(outputs.length, TRANSFORMATION_MAX);
        _requireBatch(inputs.length + outputs.length, TRANSFORMATION_MAX);
        _requireFacility(facilityId);
        _store(transformationId, KIND_TRANSFORMATION, 0, outputs.length, _numberOf(facilityId), actorId, tag);

        Beginning memory beginning = Beginning(
            Origin.Transformed, transformationId, facilityId, actorId, false, _earmarks[inputs[0].lotId]
        );
        uint32 expiryDate = _takeInputs(beginning, inputs);
        Cursor memory cursor = _open();
        bytes memory body = abi.encode(inputs, _partsOf(outputs), evidenceDigest);
        _append(cursor, Transformed.selector, transformationId, facilityId, actorId, body);
        _makeOutputs(cursor, beginning, outputs, expiryDate);
        _close(cursor);
    }

    /// @return expiryDate The earliest of the inputs, or zero.
    function _takeInputs(Beginning memory beginning, Part[] calldata inputs) private returns (uint32 expiryDate) {
        for (uint256 i = 0; i < inputs.length; ++i) {
            bytes32 lotId = inputs[i].lotId;
            _requireSound(lotId);
            _requireAmount(lotId, inputs[i].quantity);
            Earmark memory earmark = _earmarks[lotId];
            if (earmark.purpose != beginning.earmark.purpose || earmark.place != beginning.earmark.place) {
                revert EarmarksMixed(beginning.sourceId, lotId);
            }
            uint32 ends = _lots[lotId].expiryDate;
            if (ends != 0 && (expiryDate == 0 || ends < expiryDate)) expiryDate = ends;
            _take(lotId, beginning.facilityId, Disposition.Usable, inputs[i].quantity);
            _give(lotId, beginning.facilityId, Disposition.TransformedOut, inputs[i].quantity);
            _records[lotId].reduced += 1;
            _inputs[beginning.sourceId].push(inputs[i]);
            _madeInto[lotId].push(beginning.sourceId);
        }
    }

    function _makeOutputs(Cursor memory cursor, Beginning memory beginning, LotLine[] calldata outputs, uint32 expiryDate) private {
        for (uint256 i = 0; i < outputs.length; ++i) {
            LotLine memory line = outputs[i];
            _requireOwnId(line.lotId, _organisationOf(beginning.facilityId));
            _requireNoCost(line);
            if (line.expiryDate == 0) line.expiryDate = expiryDate;
            if (expiryDate != 0 && line.expiryDate > expiryDate) revert ExpiryExtended(line.lotId, line.expiryDate, expiryDate);
            _outputs[beginning.sourceId].push(line.lotId);
            _commission(cursor, beginning, line, 0);
        }
    }

    /// @dev Takes a transformation out of effect whose outputs are out of effect.
    function _untransform(bytes32 transformationId) internal {
        bytes32 facilityId = _numbered[_records[transformationId].link];
        Part[] storage inputs = _inputs[transformationId];
        for (uint256 i = 0; i < inputs.length; ++i) {
            Part memory input = inputs[i];
            _records[input.lotId].reduced -= 1;
            _take(input.lotId, facilityId, Disposition.TransformedOut, input.quantity);
            _give(input.lotId, facilityId, Disposition.Usable, input.quantity);
        }
    }

    /// @inheritdoc ISupplyLedger
    function madeOf(bytes32 lotId, uint256 from, uint256 limit) external view returns (bytes32[] memory lotIds, uint256 next) {
        bytes32[] storage madeInto = _madeInto[lotId];
        // A page begins in the middle of a transformation where the one before was full.
        (uint256 i, uint256 j) = (from >> 16, from & 0xffff);
        lotIds = new bytes32[](limit);
        uint256 count = 0;
        for (; i < madeInto.length && count < limit; ++i) {
            bytes32[] storage outputs = _outputs[madeInto[i]];
            while (j < outputs.length && count < limit) lotIds[count++] = outputs[j++];
            if (j < outputs.length) break;
            j = 0;
        }
        if (i < madeInto.length) next = (i << 16) | j;
        // Memory-safe: makes the array shorter.
        assembly ("memory-safe") {
            mstore(lotIds, count)
        }
    }

    function _partsOf(LotLine[] calldata lines) private pure returns (Part[] memory parts) {
        parts = new Part[](lines.length);
        for (uint256 i = 0; i < lines.length; ++i) parts[i] = Part(lines[i].lotId, lines[i].quantity);
    }
}
