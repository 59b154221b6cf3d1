"""The economic case of a contract, an authority or the country: its library, its scenarios and what they come to."""
