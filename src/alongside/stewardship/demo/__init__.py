"""Made-up agencies, families and work, for trying the program out and for measuring it: no real person is in it."""
