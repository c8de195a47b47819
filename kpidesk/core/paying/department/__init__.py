"""Pay of a department by task: base pay on condition, commission, the team's excess."""
