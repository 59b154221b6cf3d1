"""What a carer is asked so that a service can see whether it is there for everybody alike.

Blank is "nobody has asked", which is not the same as "they would rather not say".
"""

from django.db import models


class Ethnicity(models.TextChoices):
    """The groups of the 2021 census of England and Wales, or how somebody says it in words of their own."""

    BANGLADESHI = "bangladeshi", "Asian: Bangladeshi"
    CHINESE = "chinese", "Asian: Chinese"
    INDIAN = "indian", "Asian: Indian"
    PAKISTANI = "pakistani", "Asian: Pakistani"
    ANY_ASIAN = "any_asian", "Asian: any other background"
    BLACK_AFRICAN = "black_african", "Black: African"
    BLACK_CARIBBEAN = "black_caribbean", "Black: Caribbean"
    ANY_BLACK = "any_black", "Black: any other background"
    WHITE_AND_ASIAN = "white_and_asian", "Mixed: White and Asian"
    WHITE_AND_AFRICAN = "white_and_african", "Mixed: White and Black African"
    WHITE_AND_CARIBBEAN = "white_and_caribbean", "Mixed: White and Black Caribbean"
    ANY_MIXED = "any_mixed", "Mixed: any other background"
    WHITE_BRITISH = "white_british", "White: English, Welsh, Scottish, Northern Irish or British"
    IRISH = "irish", "White: Irish"
    TRAVELLER = "traveller", "White: Gypsy or Irish Traveller"
    ROMA = "roma", "White: Roma"
    ANY_WHITE = "any_white", "White: any other background"
    ARAB = "arab", "Arab"
    ANY_OTHER = "any_other", "Any other ethnic group"
    OWN_WORDS = "own_words", "In their own words"
    RATHER_NOT = "rather_not", "They would rather not say"


E = Ethnicity
# The census's five wide groups, which are few enough to be counted.
WIDE: dict[str, tuple[Ethnicity, ...]] = {
    "Asian or Asian British": (E.BANGLADESHI, E.CHINESE, E.INDIAN, E.PAKISTANI, E.ANY_ASIAN),
    "Black, Black British, Caribbean or African": (E.BLACK_AFRICAN, E.BLACK_CARIBBEAN, E.ANY_BLACK),
    "Mixed or multiple": (E.WHITE_AND_ASIAN, E.WHITE_AND_AFRICAN, E.WHITE_AND_CARIBBEAN, E.ANY_MIXED),
    "White": (E.WHITE_BRITISH, E.IRISH, E.TRAVELLER, E.ROMA, E.ANY_WHITE),
    "Another group": (E.ARAB, E.ANY_OTHER, E.OWN_WORDS),
}
WIDE_OF: dict[str, str] = {each: wide for wide, groups in WIDE.items() for each in groups}


class Disability(models.TextChoices):
    """Whether a disability, or a condition that lasts a year or more, makes somebody's days harder."""

    YES = "yes", "Yes"
    NO = "no", "No"
    RATHER_NOT = "rather_not", "They would rather not say"
