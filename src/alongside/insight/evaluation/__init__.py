"""What changed for people, and how sure one may be: an analyst's own figures, by the methods of the reports."""
