"""What happens to results once they are recorded: calibrated, approved, made public, appealed."""
