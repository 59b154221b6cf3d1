"""What is asked of a next step, wherever one is agreed: under a goal, or in the plan."""

from django import forms

from alongside.records.cases.models import Step
from alongside.web.forms import DayField


class StepForm(forms.Form):
    """A next step."""

    words = forms.CharField(
        label="What will be done?", max_length=300, error_messages={"required": "Write down what will be done"}
    )
    owner = forms.ChoiceField(
        label="Who will do it?",
        choices=Step.Owner.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who will do it"},
    )
    due_on = DayField(label="By when?", required=False)
