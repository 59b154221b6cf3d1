"""What the tests of reports may ask for."""

from tests.insight.reports.quarters import summer, twelve

__all__ = ["summer", "twelve"]
