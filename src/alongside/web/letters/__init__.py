"""Letters to a family or about one: choosing a template, writing, reading and sending."""
