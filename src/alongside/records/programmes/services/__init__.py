"""Writing programmes, contracts, enrolments and decisions; one module a verb's subject."""
