"""The family's picture: who belongs to it and how, who is around the carer, and the pages that change it."""
