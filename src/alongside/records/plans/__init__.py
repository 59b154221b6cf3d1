"""What is agreed with a family, promised to them and paid to them: needs, strengths, plans, promises, money, origin."""
