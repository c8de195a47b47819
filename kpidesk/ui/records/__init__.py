"""操作记录: what was done, by whom, when, from what to what."""
