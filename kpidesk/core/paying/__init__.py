"""Pay: the kinds of pay rule, and what each computes."""
