"""KPI Desk (绩效考核台): the year of performance appraisal, on screen and on paper."""

__version__ = "0.1.0"
