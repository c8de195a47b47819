"""A pool of pay shared by contribution, its deductions, and the pay that comes of it."""
