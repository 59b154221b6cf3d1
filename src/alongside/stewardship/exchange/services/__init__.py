"""Taking files in, reading them and using what was found; one module a step."""
