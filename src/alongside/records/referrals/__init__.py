"""Referrals, as they were told to the service by an agency or by the carer."""
