"""Is everything that is kept for good still what it was? Every hash is taken anew."""
