"""Documents of a whole period: targets, results for approval, the annual report, the archive."""
