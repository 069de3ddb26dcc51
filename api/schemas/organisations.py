"""Members, and who may act for them: persons as numbers and roles, never names (R17, R18, R25)."""

from datetime import datetime

from api.schemas.answers import Proof
from api.schemas.fields import Address, Code, Count, Digest, Flag, Id, Person, Text, View, about


class OrganisationView(View):
    """A member of the ledger."""

    organisation_id: Count = about("First 8 digits of the ids of its records, as a number.", 2)
    name: Text | None = about("As it calls itself; null while its document is missing.", "Hubei Red Cross")
    organisation_kind: Text | None = about("IATI OrganisationType; null: not published.", "21")
    country: Text | None = about("ISO 3166-1 alpha-2; null: not published.", "CN")
    exercise: Flag = about("Part of an exercise: outside every total of real records (R21).", False)
    persons: Count = about("Persons whose home it is.")
    url: Address = about("Where it is.", "/v1/organisations/2")
    grants: Address = about("Who may act for it, and who will.", "/v1/role-grants?organisation=2")
    content_digest: Digest = about("SHA-256 of its content document.")
    proof: Proof = about("Its raw log.")


class RoleGrantView(View):
    """A role of a person in an organisation; shown from its granting, before it takes effect (R18)."""

    grant_id: Id = about("Id of the grant.")
    person_id: Person | None = about("The person's number; null while the person's record is missing.")
    organisation_id: Count = about("Where the role holds.", 2)
    home_organisation_id: Count | None = about("The person's home.", 1)
    outside: Flag = about("The person's home is another organisation: an outside approver (R17).", False)
    role: Code = about("Name of the role.", "ALLOCATION_APPROVER")
    facility_id: Id | None = about("The facility a consignee is bound to; null: the whole organisation.")
    state: Code = about("waiting, in_effect, cancelled or revoked, as of this answer's block time.", "in_effect")
    takes_effect_at: datetime | None = about("When its delay has passed, by the chain's time.", "2026-11-22T10:00:00Z")
    proof: Proof = about("The raw log of the grant.")
    ended: Proof | None = about("The raw log of the cancelling or revocation; null: neither.")


class OrganisationDetail(OrganisationView):
    """A member with the first 200 grants of roles in it."""

    roles: list[RoleGrantView] = about("Who may act for it, and who will; the first 200.")
