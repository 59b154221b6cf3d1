"""The questionnaires that this program must not hold, known by their names: the family of the Outcomes Star."""

import re
import unicodedata

# The editions are named "<something> Star"; any other star, such as a school's star chart, is nobody's.
EDITIONS = (
    "attention|autism|build and share|carers?|community|concerns|drug (?:and|&) alcohol|empowerment|family|homelessness"
    "|integration|justice|life|music|my|my mind|new mum|parent and baby|pathway|planning|preparation|recovery|shooting"
    "|spectrum|student|support|teen|tenancy|well ?being|work|young person s|youth"
)
FAMILY = re.compile(rf"\boutcomes? stars?\b|^(?:the )?(?:{EDITIONS}) stars?(?: plus| app)?$")
WHY = (
    "The Outcomes Star may be used only by people its owner has trained, in software its owner has approved. This"
    " program has not been approved, so it cannot hold a Star. Use another questionnaire, or goals from 0 to 10."
)


def refused_by_name(title: str) -> str:
    """Return why a questionnaire of this title cannot be held here, in a sentence or two; nothing where it can.

    >>> refused_by_name("Outcomes Star™ for families")[:44]
    'The Outcomes Star may be used only by people'
    >>> refused_by_name("A star chart for bedtimes")
    ''
    """
    plain = unicodedata.normalize("NFKC", title.replace("™", " ").replace("®", " ")).casefold()
    words = re.sub(r"[^a-z0-9&]+", " ", plain).strip()
    return WHY if FAMILY.search(words) else ""
