"""Files as a council would hand them in, for tests."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.stewardship.exchange.models import Import
from alongside.stewardship.exchange.services.staging import GivenFile, start_import

HEADINGS = ("Your reference", "Carer name", "Carer postcode", "Child name", "Child date of birth", "Consent to share")
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"


def spreadsheet(*rows: Iterable[str], headings: Iterable[str] = HEADINGS) -> bytes:
    """A spreadsheet of families as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def many(number: int) -> bytes:
    """A spreadsheet of so many families, each of one carer and one child."""
    return spreadsheet(
        *(
            (f"F{n}", f"Carer{n} Name{n}", "HD1 2AB", f"Child{n} Name{n}", f"{n % 28 + 1:02}/03/2016", "Yes")
            for n in range(number)
        )
    )


def hand_in(content: bytes, by: User, name: str = "families.csv") -> Import:
    """Hand a spreadsheet in and give the import as it then stands."""
    made = start_import(submission=new_id(), kind=Import.Kind.FAMILIES, files=[GivenFile(name, content)], by=by)
    return Import.objects.get(pk=made.pk)


def a_return(*children: tuple[str, str]) -> list[GivenFile]:
    """A return of children, each with the reason for which they left care."""
    header = HEADER + "".join(f"{child},1,04/05/2019,WBRI,,0,\n" for child, _ in children)
    episodes = EPISODES + "".join(
        f"{child},01/06/2023,S,C2,N1,U1,PR1,{date(2024, 3, 15) - timedelta(place):%d/%m/%Y},{reason},,,,\n"
        for place, (child, reason) in enumerate(children)
    )
    return [GivenFile("ep.csv", episodes.encode()), GivenFile("head.csv", header.encode())]


def hand_in_return(files: list[GivenFile], by: User) -> Import:
    """Hand the files of a return in and give the import as it then stands."""
    made = start_import(submission=new_id(), kind=Import.Kind.RETURN, files=files, by=by)
    return Import.objects.get(pk=made.pk)
