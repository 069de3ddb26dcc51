// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRecords} from "./IRecords.sol";

/// @title IParticipants
/// @notice Who may act: organisations, the persons behind accounts, their roles per organisation, and the pause.
///
/// A role is granted to a person in an organisation and a scope (zero: the whole organisation; for CONSIGNEE the id of the
/// facility it is bound to). A person whose home is another organisation acts from outside and is shown as such (R17).
/// Organisation 0 and person 0 are nobody. Names are never here: content documents hold what is public.
///
/// State machine of a grant (any other transition reverts with {GrantUnexpectedState}); what is cancelled or revoked can be
/// granted again under a new id:
///
///   None --grantRoles[REGISTRAR]--> Waiting --24 h (none of it in the bootstrap)--> Active --revokeRole--> Revoked (final)
///                                      \------cancelGrant[GUARDIAN]------> Cancelled (final)
///
/// State machine of an account; what was unlinked once is never linked again, so a lost key stays lost:
///
///   None --linkAccounts[REGISTRAR]--> Waiting --24 h (as above)--> Active --rotateAccount[its person], unlinkAccount--> Unlinked (final)
///                                        \-------------unlinkAccount[GUARDIAN or REGISTRAR]-------------> Unlinked (final)
///
/// Before {seal} only the bootstrapper, who deployed this, writes here; it holds no role, no person stands behind it, and it is
/// nobody afterwards. After it REGISTRAR of the consortium (organisation 1) registers and grants, GUARDIAN of it pauses and
/// cancels. A pause stops every write of every part, never a read, and never what takes rights away: cancelling, revoking,
/// unlinking, pausing and resuming still work in it. A REGISTRAR has no say over a GUARDIAN, so that whoever took a
/// registrar's key cannot remove first who would cancel what he grants.
interface IParticipants is IRecords {
    enum GrantState { None, Waiting, Active, Cancelled, Revoked }

    /// @param exercise Its records are fictional and outside every total (R21); for good.
    /// @param contentDigest SHA-256 of the canonical public content: the organisation's name and what it is.
    struct OrganisationLine { uint32 organisationId; bool exercise; bytes32 contentDigest; }
    /// @param organisationId The person's home. @param contentDigest As in {PersonRegistered}.
    struct PersonLine { uint24 personId; uint32 organisationId; bytes32 contentDigest; }
    /// @param linkId An id of the person's home organisation.
    struct AccountLine { bytes32 linkId; uint24 personId; address account; }
    /// @param grantId An id of the organisation in which the role is granted. @param scope As in {RoleGranted}.
    struct GrantLine { bytes32 grantId; uint24 personId; uint32 organisationId; bytes32 role; bytes32 scope; }

    /// @notice An organisation may now have persons, roles and records.
    /// @param organisationRecordId The organisation's number in the first four bytes, the others zero. @param ref Zero.
    /// @param actorId The registrar, 0 in the bootstrap; likewise in every event below.
    event OrganisationRegistered(
        bytes32 indexed organisationRecordId, bytes32 indexed ref, uint24 indexed actorId, uint32 organisationId, bool exercise, bytes32 contentDigest
    );

    /// @notice A person has a number, which stays the same whatever account it acts from.
    /// @param personRecordId The home organisation's number in the first four bytes, the person's in the last three.
    /// @param contentDigest SHA-256 of the canonical public content; a person's name is never in it.
    event PersonRegistered(
        bytes32 indexed personRecordId, bytes32 indexed organisationRecordId, uint24 indexed actorId, uint24 personId, bytes32 contentDigest
    );

    /// @notice An account is the person's.
    /// @param delay_s Seconds from this block until the account may act: 0 in the bootstrap and when the person itself rotates.
    event AccountLinked(bytes32 indexed linkId, bytes32 indexed personRecordId, uint24 indexed actorId, address account, uint32 delay_s);

    /// @notice The account may act no more, from this block on.
    event AccountUnlinked(bytes32 indexed linkId, bytes32 indexed personRecordId, uint24 indexed actorId, address account);

    /// @notice A person holds a role, once the delay has passed.
    /// @param role The role's name in ASCII. @param scope Zero, or the facility that a CONSIGNEE is bound to.
    /// @param outside The person's home is another organisation. @param delay_s Seconds from this block until it holds.
    event RoleGranted(
        bytes32 indexed grantId, bytes32 indexed personRecordId, uint24 indexed actorId,
        uint32 organisationId, bytes32 role, bytes32 scope, bool outside, uint32 delay_s
    );

    /// @notice A waiting grant will not take effect.
    event RoleGrantCancelled(bytes32 indexed grantId, bytes32 indexed personRecordId, uint24 indexed actorId);

    /// @notice The person holds the role no more, from this block on.
    event RoleRevoked(bytes32 indexed grantId, bytes32 indexed personRecordId, uint24 indexed actorId);

    /// @notice The contract at this address is the part of that name.
    event PartNamed(bytes32 indexed part, bytes32 indexed ref, uint24 indexed actorId, address contractAddress);

    /// @notice New records of that part go to another contract; the old ones stay readable where they are.
    event SuccessorNamed(bytes32 indexed part, bytes32 indexed ref, uint24 indexed actorId, address successor);

    /// @notice The bootstrap is over, for good.
    /// @param recordId The consortium's number in the first four bytes, then 1 in the next four.
    event Sealed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    /// @notice Every write of every part is refused from here on.
    /// @param recordId The consortium's number in the first four bytes, 2 in the next four, the number of the pause in the last eight.
    event WritesPaused(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    /// @notice Writes are accepted again.
    /// @param recordId As of the pause, with 3 in place of 2. @param ref The pause that ends.
    event WritesResumed(bytes32 indexed recordId, bytes32 indexed ref, uint24 indexed actorId);

    /// @notice The account's person, if there is one, does not hold the role in the organisation and scope, or not yet.
    /// @param account Zero in {seal}: nobody holds it. @param role Zero: any role.
    error MissingRole(address account, uint32 organisationId, bytes32 role, bytes32 scope);

    /// @notice The guardian paused all writes.
    error WritesArePaused();

    /// @notice What only the bootstrap may do was asked after it.
    error AlreadySealed();

    /// @notice Only the account that deployed this may write here before {seal}.
    error NotBootstrapper(address account);

    /// @notice The account is or was linked to `personId`; or, with person 0, it is the bootstrapper's.
    error AccountTaken(address account, uint24 personId);

    /// @notice The grant is not in the state that this action needs; for a new grant, the person already has that role
    /// (`current` says whether it holds or waits).
    error GrantUnexpectedState(bytes32 grantId, GrantState current, GrantState required);

    /// @notice No organisation has this number.
    error OrganisationUnknown(uint32 organisationId);

    /// @notice No person has this number.
    error PersonUnknown(uint24 personId);

    /// @notice No person stands behind this account, or not yet, or no more.
    error AccountUnknown(address account);

    /// @notice Registers organisations under numbers of the consortium's choice.
    ///
    /// @dev Emits an {OrganisationRegistered} event for each that is new.
    ///
    /// Requirements:
    /// - the caller must hold `REGISTRAR` in the consortium; before {seal} it must be the bootstrapper.
    /// - 1 to 400 lines; a number that is not 0, and was not registered with other content ({RecordConflict}).
    function registerOrganisations(OrganisationLine[] calldata lines) external;

    /// @notice Registers persons under numbers of the consortium's choice, each in its home organisation.
    ///
    /// @dev Emits a {PersonRegistered} event for each that is new.
    ///
    /// Requirements:
    /// - the caller must hold `REGISTRAR` in the consortium; before {seal} it must be the bootstrapper.
    /// - 1 to 400 lines; a number that is not 0, and was not registered with another home or content ({RecordConflict}).
    /// - the home organisation must be registered.
    function registerPersons(PersonLine[] calldata lines) external;

    /// @notice Links accounts to persons; each may act after 24 hours, before {seal} at once.
    ///
    /// @dev Emits an {AccountLinked} event for each that is new.
    ///
    /// Requirements:
    /// - the caller must hold `REGISTRAR` in the consortium; before {seal} it must be the bootstrapper.
    /// - 1 to 400 lines; the person must be registered and the link's id be one of its home organisation.
    /// - the account must never have been linked, and be neither zero nor the bootstrapper's.
    function linkAccounts(AccountLine[] calldata lines) external;

    /// @notice Takes an account from its person at once; one that still waits never becomes active.
    ///
    /// @dev Emits an {AccountUnlinked} event. Does nothing when it is unlinked already. Works while writes are paused.
    ///
    /// Requirements:
    /// - the caller must hold `GUARDIAN` or `REGISTRAR` in the consortium, for an account of a GUARDIAN of it `GUARDIAN`; before
    ///   {seal} it must be the bootstrapper.
    /// - the link must be recorded.
    function unlinkAccount(bytes32 linkId) external;

    /// @notice The person itself replaces the calling account by a new one, at once; its roles stay its own.
    ///
    /// @dev Emits an {AccountLinked} and then an {AccountUnlinked} event. Does nothing when this very rotation was recorded,
    /// whoever repeats it: the account that made it is nobody's since.
    ///
    /// Requirements:
    /// - the caller must be an active account.
    /// - the link's id must be new and of the person's home organisation, the account one as in {linkAccounts}.
    function rotateAccount(bytes32 linkId, address newAccount) external;

    /// @notice Grants roles; each holds after 24 hours, before {seal} at once (R18).
    ///
    /// @dev Emits a {RoleGranted} event for each that is new.
    ///
    /// Requirements:
    /// - the caller must hold `REGISTRAR` in the consortium; before {seal} it must be the bootstrapper.
    /// - 1 to 400 lines; organisation and person must be registered, the grant's id be one of the organisation.
    /// - the scope must be an id of the organisation for `CONSIGNEE` (its facility), and for others that or zero.
    /// - the person must not have that role in that scope already, holding or waiting.
    function grantRoles(GrantLine[] calldata lines) external;

    /// @notice Keeps a waiting grant from taking effect.
    ///
    /// @dev Emits a {RoleGrantCancelled} event. Does nothing when it is cancelled already. Works while writes are paused.
    ///
    /// Requirements:
    /// - the caller must hold `GUARDIAN` in the consortium; before {seal} it must be the bootstrapper.
    /// - the grant must be `Waiting`.
    function cancelGrant(bytes32 grantId) external;

    /// @notice Ends an active grant at once.
    ///
    /// @dev Emits a {RoleRevoked} event. Does nothing when it is revoked already. Works while writes are paused.
    ///
    /// Requirements:
    /// - the caller must hold `GUARDIAN` or `REGISTRAR` in the consortium, for the grant of GUARDIAN in it `GUARDIAN`; before
    ///   {seal} it must be the bootstrapper.
    /// - the grant must be `Active`.
    function revokeRole(bytes32 grantId) external;

    /// @notice Says which contract is the part of this name; parts find each other here, and nothing changes it.
    ///
    /// @dev Emits a {PartNamed} event. Does nothing when it is named so already.
    ///
    /// Requirements:
    /// - the caller must be the bootstrapper, before {seal}.
    /// - there must be a contract at the address; neither the name nor the address may be taken ({RecordConflict}).
    function namePart(bytes32 part, address contractAddress) external;

    /// @notice Points to the contract that takes a part's new records; nothing changes it.
    ///
    /// @dev Emits a {SuccessorNamed} event. Does nothing when it is named so already.
    /// Warning: the pointer is for readers; the old contract goes on accepting writes until they are paused.
    ///
    /// Requirements:
    /// - the caller must hold `REGISTRAR` in the consortium; before {seal} it must be the bootstrapper.
    /// - the part must be named, there must be a contract at the address, and no other successor ({RecordConflict}).
    function nameSuccessor(bytes32 part, address successor) external;

    /// @notice Ends the bootstrap for good.
    ///
    /// @dev Emits a {Sealed} event.
    ///
    /// Requirements:
    /// - the caller must be the bootstrapper, once.
    /// - somebody must have been granted `REGISTRAR` and `GUARDIAN` in the consortium, or nobody could grant or pause again.
    function seal() external;

    /// @notice Refuses every write of every part until {resume}.
    ///
    /// @dev Emits a {WritesPaused} event. Does nothing when they are paused already.
    ///
    /// Requirements:
    /// - the caller must hold `GUARDIAN` in the consortium; before {seal} it must be the bootstrapper.
    function pause() external;

    /// @notice Accepts writes again.
    ///
    /// @dev Emits a {WritesResumed} event. Does nothing when they are not paused.
    ///
    /// Requirements:
    /// - the caller must hold `GUARDIAN` in the consortium; before {seal} it must be the bootstrapper.
    function resume() external;

    /// @notice The person behind `account`, which holds the role; reverts {WritesArePaused} or {MissingRole}. What every write asks first.
    function requireRole(address account, uint32 organisationId, bytes32 role, bytes32 scope) external view returns (uint24 personId);

    /// @notice As {requireRole}, satisfied by either of two roles in the whole organisation; the error names the first.
    function requireEitherRole(address account, uint32 organisationId, bytes32 role, bytes32 otherRole) external view returns (uint24 personId);

    /// @notice The person behind `account`, whatever roles it holds; reverts {WritesArePaused} or {AccountUnknown}.
    function requirePerson(address account) external view returns (uint24 personId);

    /// @notice The person behind `account`, when it holds any active role in the organisation, in whatever scope; RELAYER is
    /// none, since it has no authority. Reverts {WritesArePaused} or {MissingRole} with role zero.
    function requireMember(address account, uint32 organisationId) external view returns (uint24 personId);

    /// @notice Whether the person holds the role now; a grant that waits does not count.
    function hasRole(uint24 personId, uint32 organisationId, bytes32 role, bytes32 scope) external view returns (bool);

    /// @notice The person that may act from `account` now, or 0.
    function personOf(address account) external view returns (uint24 personId);

    /// @notice The person's home organisation, or 0.
    function organisationOf(uint24 personId) external view returns (uint32 organisationId);

    /// @notice Whether the organisation's records are an exercise (R21).
    function isExercise(uint32 organisationId) external view returns (bool);

    /// @notice Where the part of this name is, or zero.
    function partAddress(bytes32 part) external view returns (address);

    /// @notice Name of the part at this address, or zero.
    function partNameOf(address contractAddress) external view returns (bytes32 part);

    /// @notice Where the part's new records go, or zero: to the part itself.
    function successorOf(bytes32 part) external view returns (address);

    /// @notice The grant's state now.
    function grantState(bytes32 grantId) external view returns (GrantState);

    /// @notice Whether writes are refused.
    function paused() external view returns (bool);

    /// @notice Whether the bootstrap is over.
    function isSealed() external view returns (bool);
}
