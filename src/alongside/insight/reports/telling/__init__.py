"""From counts to words: every figure is made into text once, after what is too small has been withheld."""
