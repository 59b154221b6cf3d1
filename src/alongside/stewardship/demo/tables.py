"""The tables that are filled, in the order in which they are written, and the rows and log entries that wait for it."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from alongside.core.agencies.models import Agency, Team, User
from alongside.core.audit import bulk
from alongside.core.audit.chain import Fact
from alongside.core.base.bulk import Stored, write_rows
from alongside.insight.evaluation.models import AnalysisRun, Cohort, FrozenCohort, Protocol
from alongside.records.appointments.models import Appointment, Attendance
from alongside.records.cases.models import Case, Closure, Contact, Goal, Reading, Step
from alongside.records.concerns.models import Concern, ConcernStep
from alongside.records.letters.models import Letter, LetterPaper
from alongside.records.measures.models import AnswerSet, CheckInLink, Declaration, NotAsked, Pack
from alongside.records.oversight.models import (
    Absence,
    AgreedAction,
    CaseAudit,
    CaseTalk,
    Cover,
    Priority,
    Sample,
    Supervision,
)
from alongside.records.people.models import (
    Arrangement,
    Flag,
    Household,
    Kin,
    Membership,
    Partnership,
    Person,
    PlanStatus,
    Relationship,
    SafetyNote,
    SearchKey,
    Supporter,
)
from alongside.records.plans.models import (
    AgreedPlan,
    Allowance,
    AllowanceEntry,
    Need,
    OriginEvent,
    PlanSending,
    Promise,
    Strength,
)
from alongside.records.programmes.models import (
    AuthorityNote,
    Contract,
    Decision,
    Enrolment,
    Extension,
    FundAgreement,
    Group,
    GroupMember,
    Move,
    Pause,
    Support,
    TherapySession,
)
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.stewardship.demo.clocking import FIELDS
from alongside.stewardship.demo.columns import Table
from alongside.stewardship.demo.columns import owned as _owned
from alongside.stewardship.demo.columns import record as _record
from alongside.stewardship.demo.extract_tables import EXTRACT
from alongside.stewardship.demo.survey_tables import EDITION, KNOWN_TOTALS, RESPONSE, ROUND, SURVEY
from alongside.stewardship.demo.trial_tables import ALLOCATION, ASKED, ASSESSMENT, TRIAL

uuid = lru_cache(maxsize=8192)(UUID)

AGENCY = _record(Agency, "kind name code nation")
TEAM = _owned(Team, "name sits_with")
USER = _record(User, "password email name agency role team capacity languages is_active kinship_carer_too about")
CONTRACT = _owned(
    Contract,
    "purchaser programme name starts_on ends_on places price_pence payer arrangements looked_after_before_required"
    " first_contact_days review_weeks length_weeks sessions tier",
)
CONTRACT_AREA = Table(Contract.areas.through, ("contract", "agency"))
HOUSEHOLD = _owned(Household, "name address postcode no_fixed_address authority team worker")
_PERSON = "name known_as birth_date birth_precision phone email language needs_interpreter gender"
PERSON = _owned(Person, _PERSON)
CARER = _owned(Person, f"{_PERSON} ethnicity disability")
RELATIVE = _owned(Person, f"{_PERSON} has_died died_on died_precision")
MEMBERSHIP = _owned(Membership, "household person part since until")
KIN = _owned(Kin, "household person lives")
RELATIONSHIP = _owned(Relationship, "person relative kind")
PARTNERSHIP = _owned(Partnership, "person partner status started_precision ended_precision")
SUPPORTER = _owned(Supporter, "household carer name kind tie words")
ARRANGEMENT = _owned(
    Arrangement,
    "child carer kind stage proceedings looked_after_before looked_after_evidence authority"
    f" started_on started_precision ended_on {FIELDS}",
)
PLAN = _owned(PlanStatus, "child kind started_on ended_on said_by")
SAFETY_NOTE = _owned(SafetyNote, "household words not_told safe_times safe_words checked_on ended_on")
FLAG = _owned(Flag, "household kind words reason seen_by set_by review_on expires_on ended_on")
SEARCH_KEY = Table(SearchKey, ("agency", "person", "key"))
REFERRAL = _owned(
    Referral,
    "source source_agency made_by received_at carer_name carer_birth_date carer_birth_precision carer_phone carer_email"
    " carer_ethnicity carer_disability"
    " postcode no_fixed_address authority relationship children words safety_words consent consent_words"
    " programme_wanted their_reference status status_at answer",
)
REFERRAL_KEY = Table(ReferralKey, ("agency", "source_agency", "referral", "key"))
CASE = _owned(
    Case,
    "household referral authority team worker opened_on closed_on last_contact_on next_contact_due review_due"
    " next_appointment_at reply_since follow_up_on promise_due_on step_due_on last_met_on",
)
CLOSURE = _owned(
    Closure,
    "case closed_on reason words follow_up_on follow_up_words reopened_on reopened_words later later_person",
)
CONTACT = _owned(Contact, "case at channel outcome minutes note came_of_it by")
CONTACT_PERSON = Table(Contact.people.through, ("contact", "person"))
GOAL = _owned(Goal, "case words set_on start met_on left_on")
READING = _owned(Reading, "goal value on")
STEP = _owned(Step, "case goal words owner due_on done_on came_of_it")
NEED = _owned(Need, "case domain on going_well hard place one_step")
STRENGTH = _owned(Strength, "case words whose said_by noticed_on taken_down_on")
PROMISE = _owned(Promise, "case words made_by who made_on due_on outcome settled_on why")
ALLOWANCE = _owned(
    Allowance,
    "case child kind paid_by expected_pence_a_week difference review_due"
    " pence_a_week began_on amount_since reviewed_on ended_on",
)
ALLOWANCE_ENTRY = _owned(AllowanceEntry, "case allowance kind on pence every pence_a_week why")
AGREED_PLAN = _owned(AgreedPlan, "case number agreed_on agreed_with how words content by")
PLAN_SENDING = _owned(PlanSending, "case plan how sent_to at by")
APPOINTMENT = _owned(
    Appointment,
    "case worker person at minutes travel_minutes channel place link words tell status reminded_at",
)
ATTENDANCE = _owned(Attendance, "appointment person came")
LETTER = _owned(
    Letter,
    "case template edition about to_name to_address to_email subject body status by how sent_at paper_digest",
)
LETTER_PAPER = _owned(LetterPaper, "case letter content")
ORIGIN_EVENT = _owned(OriginEvent, "case child kind on precision who who_words authority_part words evidence")
_ANSWERED = "instrument edition occasion answered_on mode answers scores interpreter"
ANSWER_SET = _owned(AnswerSet, f"case person {_ANSWERED}")
CHECK_IN_LINK = _owned(
    CheckInLink,
    "case person occasion instruments answers token_hash expires_at"
    " way asked_on chased chases_left chase_days chase_on",
)
NOT_ASKED = _owned(NotAsked, "case occasion on why words")
CHILD_SCORES = _owned(AnswerSet, f"case person child {_ANSWERED}")
DECLARATION = _owned(Declaration, "instrument ground reference by")
PACK = _owned(Pack, "instrument edition title text by")
CONCERN = _owned(
    Concern,
    "case about words danger noticed_on source raised_by origin due_at seen_at decided_at told answered_at closed_at"
    " outcome",
)
CONCERN_STEP = _owned(ConcernStep, "concern kind at whom words by")
SUPERVISION = _owned(Supervision, "worker by held_on words next_on")
CASE_TALK = _owned(CaseTalk, "supervision case words")
SAMPLE = _owned(Sample, "team by drawn_on size seed pool fingerprint picked")
CASE_AUDIT = _owned(CaseAudit, "case sample by audited_on edition answers words followed_up_on followed_up_words")
AGREED_ACTION = _owned(AgreedAction, "supervision audit owner words due_on done_on came_of_it")
ABSENCE = _owned(Absence, "worker starts_on ends_on words by begun_on over_on")
COVER = _owned(Cover, "absence case worker handed_on back_on")
PRIORITY = _owned(Priority, "referral level reason set_on by")
ENROLMENT = _owned(Enrolment, "case contract started_on ended_on days_stopped stopped_since more_weeks more_sessions")
PAUSE = _owned(Pause, "enrolment since reason expected_on until")
EXTENSION = _owned(
    Extension, "enrolment weeks sessions reason asked_by asked_on answer answered_by answered_on answer_words"
)
MOVE = _owned(Move, "case left joined way moved_on reason agreement carer_words note worker_before worker_after by")
FUND_AGREEMENT = _owned(FundAgreement, "case child fund reference therapist starts_on ends_on pence over_words")
THERAPY_SESSION = _owned(TherapySession, "agreement on therapist outcome pence")
AUTHORITY_NOTE = _record(AuthorityNote, "agency provider case on said_by words by")
GROUP = _owned(Group, "name place times")
GROUP_MEMBER = _owned(GroupMember, "group case person joined_on left_on why")
SUPPORT = _owned(Support, "case kind on words reply")
DECISION = _owned(Decision, "referral contract outcome words eligibility decided_at by")
COHORT = _owned(Cohort, "title question definition made_by frozen_at freezing_since not_frozen")
PROTOCOL = _owned(Protocol, "cohort content fixed_at fixed_by fingerprint")
FROZEN_COHORT = _owned(FrozenCohort, "cohort at by content fingerprint shown editions")
ANALYSIS_RUN = _owned(AnalysisRun, "cohort method outcomes group standing seed program fingerprint result at by")

ORDER = (
    *(AGENCY, TEAM, USER, CONTRACT, CONTRACT_AREA, HOUSEHOLD, PERSON, CARER, RELATIVE, MEMBERSHIP, KIN),
    *(RELATIONSHIP, PARTNERSHIP, SUPPORTER, ARRANGEMENT, PLAN),
    *(SAFETY_NOTE, SEARCH_KEY, REFERRAL, REFERRAL_KEY, CASE, CLOSURE, CONTACT, CONTACT_PERSON, GOAL, READING, STEP),
    *(NEED, STRENGTH, PROMISE, ALLOWANCE, ALLOWANCE_ENTRY, ORIGIN_EVENT, AGREED_PLAN, PLAN_SENDING),
    *(LETTER, LETTER_PAPER, APPOINTMENT, ATTENDANCE),
    *(FLAG, CONCERN, CONCERN_STEP, SUPERVISION, CASE_TALK, SAMPLE, CASE_AUDIT, AGREED_ACTION, ABSENCE, COVER, PRIORITY),
    *(
        ANSWER_SET,
        CHECK_IN_LINK,
        NOT_ASKED,
        CHILD_SCORES,
        DECLARATION,
        PACK,
        ENROLMENT,
        PAUSE,
        EXTENSION,
        MOVE,
        FUND_AGREEMENT,
        THERAPY_SESSION,
        AUTHORITY_NOTE,
    ),
    *(SUPPORT, GROUP, GROUP_MEMBER, DECISION, TRIAL, ASSESSMENT, ASKED, ALLOCATION),
    *(COHORT, PROTOCOL, FROZEN_COHORT, ANALYSIS_RUN, EXTRACT, SURVEY, EDITION, ROUND, KNOWN_TOTALS, RESPONSE),
)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who signs in, as far as rows need to know."""

    id: str
    name: str
    agency: str


class Rows:
    """Rows and entries of one agency that wait to be written."""

    def __init__(self, agency: str) -> None:
        self.agency = agency
        self.held: dict[Table, list[tuple[Stored, ...]]] = {table: [] for table in ORDER}
        self.facts: list[Fact] = []
        self.digest = sha256()
        self.random_ids: dict[str, str] = {}
        """Ids that were not made up here and what was sealed, with what stands for each in the digest."""

    def plain(self, table: Table, *values: Stored) -> None:
        """Add a row of a table that has no id of its own to give."""
        self.held[table].append(values)

    def record(self, table: Table, row: str, at: str, *values: Stored) -> None:
        """Add a record that no agency holds."""
        self.held[table].append((row, at, 1, *values))

    def owned(self, table: Table, row: str, at: str, *values: Stored) -> None:
        """Add a record that the agency holds."""
        self.held[table].append((row, at, 1, self.agency, *values))

    def change_last(self, table: Table, **values: Stored) -> None:
        """Say otherwise what the row of a table says that was added last."""
        row = self.held[table][-1]
        self.held[table][-1] = tuple(values.get(name, value) for name, value in zip(table.fields, row, strict=True))

    def log(self, what: str, table: Table, row: str, at: datetime, by: Worker | None) -> None:
        """Enter in the log that somebody wrote a row. What they wrote is left out: it can be seen in the row."""
        self.facts.append(
            Fact(
                at=at,
                kind="write",
                what=what,
                actor=uuid(by.id) if by else None,
                agency=uuid(by.agency) if by else None,
                model=table.model._meta.label,
                row=f"{row[:8]}-{row[8:12]}-{row[12:16]}-{row[16:20]}-{row[20:]}",
                changes_digest="",
            )
        )

    def take(self) -> "Block":
        """Give everything that waits, to be written, and begin anew."""
        block = Block({table: rows for table, rows in self.held.items() if rows}, self.facts)
        for rows in block.rows.values():
            self.digest.update(self._told(rows))
        self.held = {table: [] for table in ORDER}
        self.facts = []
        return block

    def _told(self, rows: list[tuple[Stored, ...]]) -> bytes:
        told = repr(rows)
        for found, stands_for in self.random_ids.items():
            told = told.replace(found, stands_for)
        return told.encode()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and entries on their way to the database."""

    rows: dict[Table, list[tuple[Stored, ...]]]
    facts: list[Fact]

    def write(self) -> int:
        """Write it all, inside a transaction, and give how many rows that were."""
        written = sum(write_rows(table.model, table.fields, rows) for table, rows in self.rows.items())
        self.facts.sort(key=lambda fact: (fact.at, fact.row, fact.what))
        return written + bulk.append([(fact, None) for fact in self.facts])
