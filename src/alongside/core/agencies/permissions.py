"""Who may do what: the one table of roles and permissions."""

from django.db.models import TextChoices


class Permission(TextChoices):
    """One thing that a role may do."""

    SIGNED_IN = "signed_in", "use pages that everybody who signs in may use"
    REFERRAL_MAKE = "referral_make", "refer families and see what became of one's own agency's referrals"
    REFERRAL_SEE = "referral_see", "see referrals that one's agency sent or was sent"
    REFERRAL_TRIAGE = "referral_triage", "see the queue and decide"
    CASE_SEE = "case_see", "see the families of one's team"
    CASE_EDIT = "case_edit", "keep the record of those families"
    CASE_ALLOCATE = "case_allocate", "give a family a worker"
    TEAM_LEAD = "team_lead", "see how a team's work stands, supervise and audit it"
    SUPERVISED = "supervised", "see one's own supervision and the families one looks after for others"
    CASE_CLOSE = "case_close", "close and reopen"
    CASE_RESTRICT = "case_restrict", "say who alone may know of a family"
    CONCERN_RAISE = "concern_raise", "record a concern that somebody may be at risk"
    CONCERN_LEAD = "concern_lead", "read concerns within the hour and decide on them"
    EXTENSION_AGREE = "extension_agree", "agree to more weeks or sessions with a family"
    PEOPLE_SEARCH = "people_search", "search people by name"
    CONTRACT_SEE = "contract_see", "see one's own contracts and their places"
    REPORT_SEE = "report_see", "see the reports of one's own contracts"
    REPORT_FREEZE = "report_freeze", "freeze a quarter"
    WATCH_SEE = "watch_see", "see how the service runs over time, between teams and for whom"
    WATCH_OWN = "watch_own", "see how one's own authority stands among the others"
    EVALUATION_SEE = "evaluation_see", "see cohorts, protocols and results, never a name"
    EVALUATION_EDIT = "evaluation_edit", "define a cohort, fix a protocol and run it"
    ECONOMICS_SEE = "economics_see", "see economic cases of one's own agency, and those given to it"
    ECONOMICS_EDIT = "economics_edit", "make economic cases, and give them to who pays"
    EXTRACT_ASK = "extract_ask", "ask for a pseudonymised extract, and take it once approved"
    EXTRACT_APPROVE = "extract_approve", "approve an extract, for a purpose and until a day"
    SURVEY_MAKE = "survey_make", "make surveys, send them out and see their results"
    LICENCE_DECLARE = "licence_declare", "declare the licence of a questionnaire, and load its words"
    TRIAL_RUN = "trial_run", "set up a pilot trial and see how it fills"
    RECORDS_EXPORT = "records_export", "take records away as a file"
    CONTRACT_EDIT = "contract_edit", "set up contracts"
    STAFF_MANAGE = "staff_manage", "invite people who sign in and set their roles"
    KNOWER_NAME = "knower_name", "name a manager for a restricted family of which no manager left may know"
    AUDIT_SEE = "audit_see", "read the log"


class Role(TextChoices):
    """What somebody who signs in is here for."""

    FAMILY_WORKER = "family_worker", "Family worker"
    MANAGER = "manager", "Team manager"
    COORDINATOR = "coordinator", "Group coordinator"
    GROUP_LEADER = "group_leader", "Volunteer group leader"
    VOLUNTEER = "volunteer", "Someone Like Me volunteer"
    REFERRER = "referrer", "Referrer"
    COMMISSIONER = "commissioner", "Commissioner"
    EVALUATOR = "evaluator", "Evaluator"
    PRIVACY_LEAD = "privacy_lead", "Data protection lead"
    ADMINISTRATOR = "administrator", "Administrator"


P = Permission
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.FAMILY_WORKER: frozenset(
        {P.SIGNED_IN, P.CASE_SEE, P.CASE_EDIT, P.CASE_CLOSE, P.PEOPLE_SEARCH, P.SUPERVISED, P.CONCERN_RAISE}
    ),
    Role.MANAGER: frozenset(
        {
            P.SIGNED_IN,
            P.REFERRAL_SEE,
            P.REFERRAL_TRIAGE,
            P.CASE_SEE,
            P.CASE_EDIT,
            P.CASE_ALLOCATE,
            P.TEAM_LEAD,
            P.CASE_CLOSE,
            P.CONCERN_RAISE,
            P.CONCERN_LEAD,
            P.CASE_RESTRICT,
            P.EXTENSION_AGREE,
            P.PEOPLE_SEARCH,
            P.CONTRACT_SEE,
            P.CONTRACT_EDIT,
            P.REPORT_SEE,
            P.REPORT_FREEZE,
            P.RECORDS_EXPORT,
            P.WATCH_SEE,
            P.EVALUATION_SEE,
            P.ECONOMICS_SEE,
            P.ECONOMICS_EDIT,
            P.SURVEY_MAKE,
            P.LICENCE_DECLARE,
        }
    ),
    Role.COORDINATOR: frozenset({P.SIGNED_IN, P.CONCERN_RAISE}),
    Role.GROUP_LEADER: frozenset({P.SIGNED_IN, P.CONCERN_RAISE}),
    Role.VOLUNTEER: frozenset({P.SIGNED_IN, P.CONCERN_RAISE}),
    Role.REFERRER: frozenset({P.SIGNED_IN, P.REFERRAL_SEE, P.REFERRAL_MAKE}),
    Role.COMMISSIONER: frozenset(
        {P.SIGNED_IN, P.CONTRACT_SEE, P.REPORT_SEE, P.WATCH_OWN, P.ECONOMICS_SEE, P.ECONOMICS_EDIT}
    ),
    Role.EVALUATOR: frozenset(
        {
            P.SIGNED_IN,
            P.WATCH_SEE,
            P.EVALUATION_SEE,
            P.EVALUATION_EDIT,
            P.ECONOMICS_SEE,
            P.ECONOMICS_EDIT,
            P.EXTRACT_ASK,
            P.SURVEY_MAKE,
            P.TRIAL_RUN,
        }
    ),
    Role.PRIVACY_LEAD: frozenset({P.SIGNED_IN, P.CONCERN_RAISE, P.AUDIT_SEE, P.EXTRACT_APPROVE}),
    Role.ADMINISTRATOR: frozenset({P.SIGNED_IN, P.CONCERN_RAISE, P.STAFF_MANAGE, P.KNOWER_NAME}),
}

# Staff of the provider work with families' records, so a setting can require their second step at sign-in.
STAFF = frozenset(Role) - {Role.REFERRER, Role.COMMISSIONER, Role.GROUP_LEADER, Role.VOLUNTEER}

# Which roles somebody of an agency of each kind may have.
ROLES_OF: dict[str, tuple[Role, ...]] = {
    "provider": tuple(role for role in Role if role not in {Role.REFERRER, Role.COMMISSIONER}),
    "authority": (Role.REFERRER, Role.COMMISSIONER),
    "adoption_agency": (Role.REFERRER, Role.COMMISSIONER),
    "other": (Role.REFERRER, Role.COMMISSIONER, Role.EVALUATOR),
}
