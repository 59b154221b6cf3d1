"""Settings, addresses and commands: the only place that knows every floor of the house."""
