"""The check-up (体检): contradictions, gaps and slips in a scheme, each with what would mend it."""
