"""What it is worth: economic cases, from a contract's own records to a document that can be defended."""
