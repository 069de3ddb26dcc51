// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";

/// @title IParticipants
/// @notice Who may act: organisations, the persons behind accounts, their roles per organisation, and the pause.
///
/// A role is granted to a person in an organisation and a scope (zero: the whole organisation; for CONSIGNEE the id of the
/// facility it is bound to). A person whose home is another organisation is an outside approver and shown as such.
///
///   None --grant--> Waiting (24 h; none of it during bootstrap) --time--> Active --revoke--> Revoked (final)
///                      \------------cancel[GUARDIAN]------------> Cancelled (final)
///
/// Before {seal} only the bootstrapper writes here; it holds no role and is nobody afterwards.
/// After it REGISTRAR of the consortium (organisation 1) registers and grants; GUARDIAN of it pauses and cancels.
interface IParticipants is IRecords {
    event OrganisationRegistered(
        bytes32 indexed organisationRecordId, bytes32 indexed ref, uint24 indexed actorId, uint32 organisationId, bool exercise, bytes32 contentDigest
    );
    /// @param contentDigest SHA-256 of the canonical public content; a person's name is never in it.
    event PersonRegistered(
        bytes32 indexed personRecordId, bytes32 indexed organisationRecordId, uint24 indexed actorId, uint24 personId, bytes32 contentDigest
    );
    /// @param delay_s Seconds from this block until the account may act: 0 in the bootstrap and when the person itself rotates.
    event AccountLinked(bytes32 indexed linkId, bytes32 indexed personRecordId, uint24 indexed actorId, address account, uint32 delay_s);
    event AccountUnlinked(bytes32 indexed linkId, bytes32 indexed personRecordId, uint24 indexed actorId, address account);
    event RoleGranted(
        bytes32 indexed grantId, bytes32 indexed personRecordId, uint24 indexed actorId,
        uint32 organisationId, bytes32 role, bytes32 scope, bool outside, uint32 delay_s
    );
    event RoleGrantCancelled(bytes32 indexed grantId, bytes32 indexed personRecordId, uint24 indexed actorId);
    event RoleRevoked(bytes32 indexed grantId, bytes32 indexed personRecordId, uint24 indexed actorId);
    event PartNamed(bytes32 indexed part, bytes32 indexed ref, uint24 indexed actorId, address contractAddress);
    event SuccessorNamed(bytes32 indexed part, bytes32 indexed ref, uint24 indexed actorId, address successor);
    event Sealed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);
    event WritesPaused(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);
    event WritesResumed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    error MissingRole(address account, uint32 organisationId, bytes32 role, bytes32 scope);
    error WritesArePaused();
    error AlreadySealed();
    error NotBootstrapper(address account);
    error AccountTaken(address account, uint24 personId);
    error GrantUnexpectedState(bytes32 grantId, GrantState current, GrantState required);
    error OrganisationUnknown(uint32 organisationId);
    error PersonUnknown(uint24 personId);
    error AccountUnknown(address account);

    enum GrantState { None, Waiting, Active, Cancelled, Revoked }

    struct OrganisationLine { uint32 organisationId; bool exercise; bytes32 contentDigest; }
    struct PersonLine { uint24 personId; uint32 organisationId; bytes32 contentDigest; }
    struct AccountLine { bytes32 linkId; uint24 personId; address account; }
    struct GrantLine { bytes32 grantId; uint24 personId; uint32 organisationId; bytes32 role; bytes32 scope; }

    function registerOrganisations(OrganisationLine[] calldata lines) external;
    function registerPersons(PersonLine[] calldata lines) external;
    function linkAccounts(AccountLine[] calldata lines) external;
    function unlinkAccount(bytes32 linkId) external;
    /// @notice The person itself replaces the calling account by a new one, at once.
    function rotateAccount(bytes32 linkId, address newAccount) external;
    function grantRoles(GrantLine[] calldata lines) external;
    function cancelGrant(bytes32 grantId) external;
    function revokeRole(bytes32 grantId) external;
    function namePart(bytes32 part, address contractAddress) external;
    function nameSuccessor(bytes32 part, address successor) external;
    function seal() external;
    function pause() external;
    function resume() external;

    /// @notice The person behind `account`; reverts {WritesArePaused} or {MissingRole}. What every write asks first.
    function requireRole(address account, uint32 organisationId, bytes32 role, bytes32 scope) external view returns (uint24 personId);
    /// @notice As {requireRole}, satisfied by either of two roles (organisation-wide scope).
    function requireEitherRole(address account, uint32 organisationId, bytes32 role, bytes32 otherRole) external view returns (uint24 personId);
    /// @notice The person behind `account`, whatever roles it holds; reverts {WritesArePaused} or {AccountUnknown}.
    function requirePerson(address account) external view returns (uint24 personId);
    /// @notice The person behind `account` when it holds any active role in the organisation (RELAYER is none: it has no
    /// authority); reverts {WritesArePaused} or {MissingRole} with role zero.
    function requireMember(address account, uint32 organisationId) external view returns (uint24 personId);
    function hasRole(uint24 personId, uint32 organisationId, bytes32 role, bytes32 scope) external view returns (bool);
    function personOf(address account) external view returns (uint24 personId);
    function organisationOf(uint24 personId) external view returns (uint32 organisationId);
    function isExercise(uint32 organisationId) external view returns (bool);
    function partAddress(bytes32 part) external view returns (address);
    /// @notice Name of the part at this address, zero when it is none.
    function partNameOf(address contractAddress) external view returns (bytes32 part);
    function successorOf(bytes32 part) external view returns (address);
    function grantState(bytes32 grantId) external view returns (GrantState);
    function paused() external view returns (bool);
    function isSealed() external view returns (bool);
}
