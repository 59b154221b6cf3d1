"""How much work each worker holds, who is close to a family, what is late and why, and how long people wait."""
