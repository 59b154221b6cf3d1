"""From rows to counts: plain values only, so that a small quarter can be checked on paper."""
