"""Safety: concerns, what to know of a family before acting, and who may know of it at all."""
