"""Benchmarks: ours and a yardstick side by side in the same run; ratios count, not seconds."""
