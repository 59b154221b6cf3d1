"""Every component in every state, for those who make pages and for the accessibility checks."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse

from alongside.core.access import open_to_all
from alongside.web.forms import DayField, PartialDate, PartialDateField, ScaleField
from alongside.web.rendering import page

BRINGING_UP = [
    ("grandchild", "My grandchild or grandchildren"),
    ("niece_or_nephew", "My niece or nephew"),
    ("sibling", "My brother or sister"),
    ("other", "A friend’s child, or someone else"),
]
HELP = [("money", "Money"), ("school", "School"), ("behaviour", "Worry about a child"), ("company", "Company")]


class ControlsForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="E-mail address", required=False)
    phone = forms.CharField(
        label="Phone", help_text="We only ring when you say it is safe.", widget=forms.TextInput({"type": "tel"})
    )
    minutes = forms.IntegerField(label="How many minutes?", min_value=1)
    words = forms.CharField(label="What would help?", max_length=500, widget=forms.Textarea({"rows": 4}))
    seen_on = DayField(label="When did you last see them?", help_text="For example, 27 3 2026", past_only=True)
    born = PartialDateField(
        label="When was the child born?",
        required=False,
        help_text="Leave the day or the month blank if you do not know them.",
    )
    channel = forms.ChoiceField(
        label="How did you talk?", choices=[("", "Choose one"), ("phone", "Phone"), ("video", "Video call")]
    )
    bringing_up = forms.ChoiceField(label="Who are you bringing up?", choices=BRINGING_UP, widget=forms.RadioSelect)
    order = forms.ChoiceField(
        label="Is there an order?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    help_with = forms.MultipleChoiceField(
        label="What would you like help with?", choices=HELP, widget=forms.CheckboxSelectMultiple
    )
    safe = forms.BooleanField(label="It is safe to leave a message", help_text="Leave blank if you are not sure.")
    file = forms.FileField(label="The council’s file", help_text="A spreadsheet or CSV file, up to 2 MB.")
    alone = ScaleField(label="How alone have you felt this week?", low="Not at all", high="Completely")


FILLED = {
    "name": "Grace Okafor",
    "phone": "07700 900123",
    "minutes": 35,
    "words": "Bedtimes without a battle,\nthree nights a week.",
    "seen_on": date(2026, 11, 20),
    "born": PartialDate(date(2019, 3, 1), "month"),
    "channel": "video",
    "bringing_up": "niece_or_nephew",
    "order": "yes",
    "help_with": ["money", "company"],
    "safe": True,
    "alone": 7,
}
WRONG = {
    "wrong-email": "grace at home",
    "wrong-minutes": "a while",
    "wrong-seen_on_day": "31",
    "wrong-seen_on_month": "2",
    "wrong-seen_on_year": "2026",
    "wrong-born_day": "12",
    "wrong-born_about": "on",
}


@open_to_all("it shows components on invented words, and nobody's record")
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the controls empty, filled and wrong, then everything else."""
    context = {
        "empty_form": ControlsForm(prefix="empty"),
        "filled_form": ControlsForm(initial=FILLED, prefix="filled"),
        "wrong_form": ControlsForm(WRONG, prefix="wrong"),
        "today": date(2026, 11, 21),
    }
    return page(request, "gallery/gallery.html", context)
