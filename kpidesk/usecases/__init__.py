"""Everything a user can do, one function each; one transaction; returns what changed."""
