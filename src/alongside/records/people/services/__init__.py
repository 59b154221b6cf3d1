"""Writing people, households and what is true of them; one module a verb's subject."""
