"""When a worker and a family will meet or speak, and how the carer is told."""
