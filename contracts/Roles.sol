// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Roles
/// @notice The roles that a person can hold in an organisation. A role is its own name in ASCII, so that a log reads well.
/// CONSIGNEE is held for a facility (the scope of the grant is its id); every other role for the whole organisation.
library Roles {
    /// @notice The consortium itself: its REGISTRAR registers and grants, its GUARDIAN pauses and cancels.
    uint32 internal constant CONSORTIUM = 1;

    /// @notice Records gifts.
    bytes32 internal constant INTAKE_CLERK = "INTAKE_CLERK";
    /// @notice Proposes what money and goods are for.
    bytes32 internal constant ALLOCATOR = "ALLOCATOR";
    /// @notice Approves what another person proposed.
    bytes32 internal constant ALLOCATION_APPROVER = "ALLOCATION_APPROVER";
    /// @notice Sends goods, and keeps a store's stock.
    bytes32 internal constant DISPATCHER = "DISPATCHER";
    /// @notice Has goods in custody on the way.
    bytes32 internal constant CARRIER = "CARRIER";
    /// @notice Counts what arrives at the facility it is bound to.
    bytes32 internal constant CONSIGNEE = "CONSIGNEE";
    /// @notice Quality and cold chain: quarantine, release, recall.
    bytes32 internal constant INSPECTOR = "INSPECTOR";
    /// @notice Declares errors and proposes how a discrepancy is resolved.
    bytes32 internal constant CORRECTOR = "CORRECTOR";
    /// @notice Approves what another person declared or proposed to resolve.
    bytes32 internal constant CORRECTION_APPROVER = "CORRECTION_APPROVER";
    /// @notice Opens findings and anchors evidence; writes nothing else.
    bytes32 internal constant AUDITOR = "AUDITOR";
    /// @notice Signs checkpoints as well.
    bytes32 internal constant WITNESS = "WITNESS";
    /// @notice Pauses and resumes writes, cancels what waits.
    bytes32 internal constant GUARDIAN = "GUARDIAN";
    /// @notice Carries the signatures of others; has no authority of its own.
    bytes32 internal constant RELAYER = "RELAYER";
    /// @notice Records what others published, as they published it (R20).
    bytes32 internal constant IMPORTER = "IMPORTER";
    /// @notice Registers organisations and persons, grants roles.
    bytes32 internal constant REGISTRAR = "REGISTRAR";
}
