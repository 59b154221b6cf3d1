"""How a manager looks after the work: supervision, audits and samples, absences and who stands in, and who is first."""
