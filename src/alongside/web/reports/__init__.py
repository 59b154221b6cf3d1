"""The reports of contracts: their quarters, what each figure means, what moved, and the files to take away."""
