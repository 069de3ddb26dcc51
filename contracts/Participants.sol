// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerContract} from "./LedgerContract.sol";
import {Roles} from "./Roles.sol";
import {IParticipants} from "./interfaces/IParticipants.sol";

/// @title Participants
/// @notice See the documentation in {IParticipants}.
contract Participants is IParticipants, LedgerContract {
    /// @dev `activeAt` is zero once it is unlinked; the person stays, so that an account is never another's.
    struct Account {
        uint24 personId;
        uint40 activeAt;
        bytes32 linkId;
    }

    /// @dev Zero `organisationId`: no such person.
    struct Person {
        uint32 organisationId;
        bytes10 tag;
    }

    /// @dev `activeAt` is kept when the grant ends; the record's state tells whether it did.
    struct Grant {
        uint24 personId;
        uint32 organisationId;
        uint40 activeAt;
        bytes32 role;
        bytes32 scope;
    }

    uint32 private constant _DELAY_S = 86_400;

    /// @dev Kinds of record, and what `state` of one means.
    uint8 private constant _ORGANISATION = 1;
    uint8 private constant _LINK = 2;
    uint8 private constant _GRANT = 3;
    uint8 private constant _EXERCISE = 1;
    uint8 private constant _UNLINKED = 1;

    /// @dev Numbers of the records that name themselves, after the consortium's.
    uint256 private constant _SEAL = 1 << 192;
    uint256 private constant _PAUSE = 2 << 192;
    uint256 private constant _RESUME = 3 << 192;

    address private immutable _bootstrapper;

    bool private _isPaused;
    bool private _isSealed;
    uint64 private _pauses;

    mapping(address account => Account) private _accounts;
    mapping(uint24 personId => Person) private _persons;
    mapping(bytes32 linkId => address) private _linked;
    mapping(bytes32 grantId => Grant) private _grants;
    /// @dev When the role becomes active, by {_roleKey}; zero: not granted.
    mapping(bytes32 roleKey => uint40) private _activeAt;
    /// @dev Standing grants of a person in an organisation, RELAYER left out.
    mapping(uint24 personId => mapping(uint32 organisationId => bytes32[])) private _memberships;
    /// @dev How many hold a role in the consortium, waiting ones included.
    mapping(bytes32 role => uint256) private _consortiumHolders;
    mapping(bytes32 part => address) private _parts;
    mapping(address contractAddress => bytes32) private _partNames;
    mapping(bytes32 part => address) private _successors;

    constructor() LedgerContract(address(this)) {
        _bootstrapper = msg.sender;
    }

    /*//////////////////////////////////////////////////////////////
                       ORGANISATIONS AND PERSONS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IParticipants
    function registerOrganisations(OrganisationLine[] calldata lines) external {
        uint24 actorId = _registrar();
        _requireBatch(lines.length);
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            OrganisationLine calldata line = lines[i];
            bytes32 recordId = _organisationRecordId(line.organisationId);
            bytes10 tag = _tagOf(abi.encode(line.exercise, line.contentDigest));
            if (_isRecorded(recordId, _ORGANISATION, tag)) continue;
            if (line.organisationId == 0) _refuse(abi.encodeWithSelector(OrganisationUnknown.selector, 0));

            _put(recordId, _ORGANISATION, line.exercise ? _EXERCISE : 0, actorId, tag);
            bytes memory body = abi.encode(line.organisationId, line.exercise, line.contentDigest);
            _append(cursor, OrganisationRegistered.selector, recordId, 0, actorId, body);
        }
        _endBatch();
        _close(cursor);
    }

    /// @inheritdoc IParticipants
    function registerPersons(PersonLine[] calldata lines) external {
        uint24 actorId = _registrar();
        _requireBatch(lines.length);
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            _registerPerson(cursor, lines[i], actorId);
        }
        _endBatch();
        _close(cursor);
    }

    function _registerPerson(Cursor memory cursor, PersonLine calldata line, uint24 actorId) private {
        bytes32 recordId = _personRecordId(line.organisationId, line.personId);
        bytes10 tag = _tagOf(abi.encode(line.contentDigest));
        Person storage person = _persons[line.personId];
        if (person.organisationId != 0) {
            bool isSame = person.organisationId == line.organisationId && person.tag == tag;
            if (!isSame) _refuse(abi.encodeWithSelector(RecordConflict.selector, recordId));
            return;
        }
        if (line.personId == 0) _refuse(abi.encodeWithSelector(PersonUnknown.selector, 0));
        _requireOrganisation(line.organisationId);

        _persons[line.personId] = Person({organisationId: line.organisationId, tag: tag});
        bytes32 ref = _organisationRecordId(line.organisationId);
        _append(cursor, PersonRegistered.selector, recordId, ref, actorId, abi.encode(line.personId, line.contentDigest));
    }

    /*//////////////////////////////////////////////////////////////
                                ACCOUNTS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IParticipants
    function linkAccounts(AccountLine[] calldata lines) external {
        uint24 actorId = _registrar();
        _requireBatch(lines.length);
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            AccountLine calldata line = lines[i];
            if (_isRecorded(line.linkId, _LINK, _tagOf(abi.encode(line.personId, line.account)))) continue;
            _requirePersonKnown(line.personId);
            _link(cursor, line.linkId, line.personId, line.account, actorId, _delay_s());
        }
        _endBatch();
        _close(cursor);
    }

    /// @inheritdoc IParticipants
    function unlinkAccount(bytes32 linkId) external {
        uint24 actorId = _guardOver(_accounts[_linked[linkId]].personId);
        Record storage record = _records[linkId];
        if (record.kind != _LINK) revert RecordUnknown(linkId);
        if (record.state == _UNLINKED) return;

        Cursor memory cursor = _open();
        _unlink(cursor, linkId, actorId);
        _close(cursor);
    }

    /// @inheritdoc IParticipants
    function rotateAccount(bytes32 linkId, address newAccount) external {
        // An account that rotated is nobody's: its retry is told by the record before anybody asks who it is.
        if (newAccount != address(0) && _linked[linkId] == newAccount) return;
        uint24 personId = requirePerson(msg.sender);
        if (_records[linkId].kind != 0) revert RecordConflict(linkId);

        Cursor memory cursor = _open();
        _link(cursor, linkId, personId, newAccount, personId, 0);
        _unlink(cursor, _accounts[msg.sender].linkId, personId);
        _close(cursor);
    }

    function _link(Cursor memory cursor, bytes32 linkId, uint24 personId, address account, uint24 actorId, uint32 delay_s) private {
        uint32 organisationId = _persons[personId].organisationId;
        _requireOwnId(linkId, organisationId);
        if (account == address(0)) _refuse(abi.encodeWithSelector(AccountUnknown.selector, account));
        if (_accounts[account].personId != 0 || account == _bootstrapper) {
            _refuse(abi.encodeWithSelector(AccountTaken.selector, account, _accounts[account].personId));
        }

        _put(linkId, _LINK, 0, actorId, _tagOf(abi.encode(personId, account)));
        _linked[linkId] = account;
        _accounts[account] = Account({personId: personId, activeAt: uint40(block.timestamp) + delay_s, linkId: linkId});
        bytes32 ref = _personRecordId(organisationId, personId);
        _append(cursor, AccountLinked.selector, linkId, ref, actorId, abi.encode(account, delay_s));
    }

    function _unlink(Cursor memory cursor, bytes32 linkId, uint24 actorId) private {
        address account = _linked[linkId];
        uint24 personId = _accounts[account].personId;
        _records[linkId].state = _UNLINKED;
        _accounts[account].activeAt = 0;
        bytes32 ref = _personRecordId(_persons[personId].organisationId, personId);
        _append(cursor, AccountUnlinked.selector, linkId, ref, actorId, abi.encode(account));
    }

    /*//////////////////////////////////////////////////////////////
                                 ROLES
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IParticipants
    function grantRoles(GrantLine[] calldata lines) external {
        uint24 actorId = _registrar();
        _requireBatch(lines.length);
        Cursor memory cursor = _open();
        for (uint256 i = 0; i < lines.length; ++i) {
            _atLine(i);
            _grantRole(cursor, lines[i], actorId);
        }
        _endBatch();
        _close(cursor);
    }

    function _grantRole(Cursor memory cursor, GrantLine calldata line, uint24 actorId) private {
        bytes10 tag = _tagOf(abi.encode(line.personId, line.organisationId, line.role, line.scope));
        if (_isRecorded(line.grantId, _GRANT, tag)) return;
        _requireOwnId(line.grantId, line.organisationId);
        _requireOrganisation(line.organisationId);
        _requirePersonKnown(line.personId);
        if (line.role == Roles.CONSIGNEE || line.scope != 0) _requireOwnId(line.scope, line.organisationId);
        bytes32 key = _roleKey(line.personId, line.organisationId, line.role, line.scope);
        if (_activeAt[key] != 0) {
            GrantState current = _isActive(_activeAt[key]) ? GrantState.Active : GrantState.Waiting;
            _refuse(abi.encodeWithSelector(GrantUnexpectedState.selector, line.grantId, current, GrantState.None));
        }

        uint32 delay_s = _delay_s();
        uint40 activeAt = uint40(block.timestamp) + delay_s;
        _put(line.grantId, _GRANT, uint8(GrantState.Waiting), actorId, tag);
        _grants[line.grantId] = Grant({
            personId: line.personId, organisationId: line.organisationId, activeAt: activeAt, role: line.role, scope: line.scope
        });
        _activeAt[key] = activeAt;
        if (line.role != Roles.RELAYER) _memberships[line.personId][line.organisationId].push(line.grantId);
        if (line.organisationId == Roles.CONSORTIUM) ++_consortiumHolders[line.role];

        uint32 homeId = _persons[line.personId].organisationId;
        bytes memory body = abi.encode(line.organisationId, line.role, line.scope, homeId != line.organisationId, delay_s);
        _append(cursor, RoleGranted.selector, line.grantId, _personRecordId(homeId, line.personId), actorId, body);
    }

    /// @inheritdoc IParticipants
    function cancelGrant(bytes32 grantId) external {
        uint24 actorId = _guard(Roles.GUARDIAN, Roles.GUARDIAN);
        _endGrant(grantId, GrantState.Waiting, GrantState.Cancelled, RoleGrantCancelled.selector, actorId);
    }

    /// @inheritdoc IParticipants
    function revokeRole(bytes32 grantId) external {
        Grant storage grant = _grants[grantId];
        bool isGuardians = grant.role == Roles.GUARDIAN && grant.organisationId == Roles.CONSORTIUM;
        uint24 actorId = _guard(Roles.GUARDIAN, isGuardians ? Roles.GUARDIAN : Roles.REGISTRAR);
        _endGrant(grantId, GrantState.Active, GrantState.Revoked, RoleRevoked.selector, actorId);
    }

    function _endGrant(bytes32 grantId, GrantState required, GrantState next, bytes32 topic0, uint24 actorId) private {
        GrantState current = grantState(grantId);
        if (current == GrantState.None) revert RecordUnknown(grantId);
        if (current == next) return;
        if (current != required) revert GrantUnexpectedState(grantId, current, required);

        Grant storage grant = _grants[grantId];
        (uint24 personId, uint32 organisationId, bytes32 role) = (grant.personId, grant.organisationId, grant.role);
        _records[grantId].state = uint8(next);
        delete _activeAt[_roleKey(personId, organisationId, role, grant.scope)];
        if (role != Roles.RELAYER) _removeMembership(_memberships[personId][organisationId], grantId);
        if (organisationId == Roles.CONSORTIUM) --_consortiumHolders[role];
        _appendOne(topic0, grantId, _personRecordId(_persons[personId].organisationId, personId), actorId, "");
    }

    function _removeMembership(bytes32[] storage grantIds, bytes32 grantId) private {
        uint256 last = grantIds.length - 1;
        for (uint256 i = 0; i < last; ++i) {
            if (grantIds[i] != grantId) continue;
            grantIds[i] = grantIds[last];
            break;
        }
        grantIds.pop();
    }

    /*//////////////////////////////////////////////////////////////
                            PARTS AND PAUSE
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IParticipants
    function namePart(bytes32 part, address contractAddress) external {
        _requireBootstrap();
        if (part == 0 || contractAddress.code.length == 0) revert NotPart(contractAddress, part);
        if (_parts[part] == contractAddress) return;
        if (_parts[part] != address(0) || _partNames[contractAddress] != 0) revert RecordConflict(part);

        _parts[part] = contractAddress;
        _partNames[contractAddress] = part;
        _appendOne(PartNamed.selector, part, 0, 0, abi.encode(contractAddress));
    }

    /// @inheritdoc IParticipants
    function nameSuccessor(bytes32 part, address successor) external {
        uint24 actorId = _registrar();
        if (_parts[part] == address(0)) revert RecordUnknown(part);
        if (successor.code.length == 0) revert NotPart(successor, part);
        if (_successors[part] == successor) return;
        if (_successors[part] != address(0)) revert RecordConflict(part);

        _successors[part] = successor;
        _appendOne(SuccessorNamed.selector, part, 0, actorId, abi.encode(successor));
    }

    /// @inheritdoc IParticipants
    function seal() external {
        _requireBootstrap();
        // Without the two nobody could ever grant or pause again.
        if (_consortiumHolders[Roles.REGISTRAR] == 0) revert MissingRole(address(0), Roles.CONSORTIUM, Roles.REGISTRAR, 0);
        if (_consortiumHolders[Roles.GUARDIAN] == 0) revert MissingRole(address(0), Roles.CONSORTIUM, Roles.GUARDIAN, 0);

        _isSealed = true;
        _appendOne(Sealed.selector, _ownRecordId(_SEAL), 0, 0, "");
    }

    /// @inheritdoc IParticipants
    function pause() external {
        uint24 actorId = _guard(Roles.GUARDIAN, Roles.GUARDIAN);
        if (_isPaused) return;

        _isPaused = true;
        ++_pauses;
        _appendOne(WritesPaused.selector, _ownRecordId(_PAUSE | _pauses), 0, actorId, "");
    }

    /// @inheritdoc IParticipants
    function resume() external {
        uint24 actorId = _guard(Roles.GUARDIAN, Roles.GUARDIAN);
        if (!_isPaused) return;

        _isPaused = false;
        _appendOne(WritesResumed.selector, _ownRecordId(_RESUME | _pauses), _ownRecordId(_PAUSE | _pauses), actorId, "");
    }

    /*//////////////////////////////////////////////////////////////
                                 READS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IParticipants
    function requireRole(address account, uint32 organisationId, bytes32 role, bytes32 scope) public view returns (uint24 personId) {
        if (_isPaused) revert WritesArePaused();
        personId = personOf(account);
        if (personId == 0 || !hasRole(personId, organisationId, role, scope)) revert MissingRole(account, organisationId, role, scope);
    }

    /// @inheritdoc IParticipants
    function requireEitherRole(address account, uint32 organisationId, bytes32 role, bytes32 otherRole) external view returns (uint24 personId) {
        if (_isPaused) revert WritesArePaused();
        personId = _holderOfEither(account, organisationId, role, otherRole);
    }

    /// @inheritdoc IParticipants
    function requirePerson(address account) public view returns (uint24 personId) {
        if (_isPaused) revert WritesArePaused();
        personId = personOf(account);
        if (personId == 0) revert AccountUnknown(account);
    }

    /// @inheritdoc IParticipants
    function requireMember(address account, uint32 organisationId) external view returns (uint24 personId) {
        if (_isPaused) revert WritesArePaused();
        personId = personOf(account);
        bytes32[] storage grantIds = _memberships[personId][organisationId];
        uint256 count = personId == 0 ? 0 : grantIds.length;
        for (uint256 i = 0; i < count; ++i) {
            if (_isActive(_grants[grantIds[i]].activeAt)) return personId;
        }
        revert MissingRole(account, organisationId, 0, 0);
    }

    /// @inheritdoc IParticipants
    function hasRole(uint24 personId, uint32 organisationId, bytes32 role, bytes32 scope) public view returns (bool) {
        return _isActive(_activeAt[_roleKey(personId, organisationId, role, scope)]);
    }

    /// @inheritdoc IParticipants
    function personOf(address account) public view returns (uint24 personId) {
        Account storage linked = _accounts[account];
        return _isActive(linked.activeAt) ? linked.personId : 0;
    }

    /// @inheritdoc IParticipants
    function organisationOf(uint24 personId) external view returns (uint32 organisationId) {
        return _persons[personId].organisationId;
    }

    /// @inheritdoc IParticipants
    function isExercise(uint32 organisationId) external view returns (bool) {
        return _records[_organisationRecordId(organisationId)].state == _EXERCISE;
    }

    /// @inheritdoc IParticipants
    function partAddress(bytes32 part) external view returns (address) {
        return _parts[part];
    }

    /// @inheritdoc IParticipants
    function partNameOf(address contractAddress) external view returns (bytes32 part) {
        return _partNames[contractAddress];
    }

    /// @inheritdoc IParticipants
    function successorOf(bytes32 part) external view returns (address) {
        return _successors[part];
    }

    /// @inheritdoc IParticipants
    function grantState(bytes32 grantId) public view returns (GrantState) {
        Record storage record = _records[grantId];
        if (record.kind != _GRANT) return GrantState.None;
        GrantState state = GrantState(record.state);
        return state == GrantState.Waiting && _isActive(_grants[grantId].activeAt) ? GrantState.Active : state;
    }

    /// @inheritdoc IParticipants
    function paused() external view returns (bool) {
        return _isPaused;
    }

    /// @inheritdoc IParticipants
    function isSealed() external view returns (bool) {
        return _isSealed;
    }

    /*//////////////////////////////////////////////////////////////
                                 SHARED
    //////////////////////////////////////////////////////////////*/

    function _requireBootstrap() private view {
        if (_isSealed) revert AlreadySealed();
        if (msg.sender != _bootstrapper) revert NotBootstrapper(msg.sender);
    }

    /// @dev Who registers and grants: nobody's number (0) is the bootstrapper's.
    function _registrar() private view returns (uint24 actorId) {
        if (_isSealed) return requireRole(msg.sender, Roles.CONSORTIUM, Roles.REGISTRAR, 0);
        _requireBootstrap();
    }

    /// @dev Who takes rights away: unlike {_registrar} also while writes are paused.
    function _guard(bytes32 role, bytes32 otherRole) private view returns (uint24 actorId) {
        if (_isSealed) return _holderOfEither(msg.sender, Roles.CONSORTIUM, role, otherRole);
        _requireBootstrap();
    }

    /// @dev A REGISTRAR has no say over a GUARDIAN: who could remove the one that cancels could grant without a delay that counts.
    function _guardOver(uint24 personId) private view returns (uint24 actorId) {
        bool isGuardian = hasRole(personId, Roles.CONSORTIUM, Roles.GUARDIAN, 0);
        return _guard(Roles.GUARDIAN, isGuardian ? Roles.GUARDIAN : Roles.REGISTRAR);
    }

    function _holderOfEither(address account, uint32 organisationId, bytes32 role, bytes32 otherRole) private view returns (uint24 personId) {
        personId = personOf(account);
        if (personId != 0) {
            if (hasRole(personId, organisationId, role, 0)) return personId;
            if (hasRole(personId, organisationId, otherRole, 0)) return personId;
        }
        revert MissingRole(account, organisationId, role, 0);
    }

    function _requireOrganisation(uint32 organisationId) private view {
        if (_records[_organisationRecordId(organisationId)].kind != _ORGANISATION) {
            _refuse(abi.encodeWithSelector(OrganisationUnknown.selector, organisationId));
        }
    }

    function _requirePersonKnown(uint24 personId) private view {
        if (_persons[personId].organisationId == 0) _refuse(abi.encodeWithSelector(PersonUnknown.selector, personId));
    }

    function _put(bytes32 recordId, uint8 kind, uint8 state, uint24 authorId, bytes10 tag) private {
        _records[recordId] = Record({amount: 0, reduced: 0, link: 0, authorId: authorId, kind: kind, state: state, tag: tag});
    }

    /// @dev R18: what the bootstrap grants holds at once, all that comes later waits.
    function _delay_s() private view returns (uint32) {
        return _isSealed ? _DELAY_S : 0;
    }

    function _isActive(uint40 activeAt) private view returns (bool) {
        return activeAt != 0 && activeAt <= block.timestamp;
    }

    function _roleKey(uint24 personId, uint32 organisationId, bytes32 role, bytes32 scope) private pure returns (bytes32) {
        return keccak256(abi.encode(personId, organisationId, role, scope));
    }

    function _organisationRecordId(uint32 organisationId) private pure returns (bytes32) {
        return bytes32(uint256(organisationId) << 224);
    }

    function _personRecordId(uint32 organisationId, uint24 personId) private pure returns (bytes32) {
        return bytes32((uint256(organisationId) << 224) | personId);
    }

    function _ownRecordId(uint256 number) private pure returns (bytes32) {
        return bytes32((uint256(Roles.CONSORTIUM) << 224) | number);
    }
}
