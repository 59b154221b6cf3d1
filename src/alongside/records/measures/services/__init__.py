"""Writing what is asked and answered: answers, links, chasing, and forms that are half filled in."""
