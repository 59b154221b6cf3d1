"""The records of the work itself: people, referrals, cases, measures and programmes."""
