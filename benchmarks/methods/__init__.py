"""Each method of the evaluation against scipy, statsmodels and R on the same figures."""
