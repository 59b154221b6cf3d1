"""What a contract's own records say of the inputs of a case: counts rounded so that they tell of nobody, or nothing."""
