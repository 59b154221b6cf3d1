"""What every record needs, whatever it is about: ownership, audit, roles and the gate."""
