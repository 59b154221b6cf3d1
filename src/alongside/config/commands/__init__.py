"""The commands of `alongside`, a module each with `add_arguments(parser)` and `run(arguments)`, and what they share."""
