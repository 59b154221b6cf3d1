"""A trial as a cohort: planned before it closes, frozen once everybody was asked again, counted with its flow."""
