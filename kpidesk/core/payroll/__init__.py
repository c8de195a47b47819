"""Payroll: groups of people whose pay is computed together, settled period by period."""
