"""Files in and out: scheme files and trials as TOML."""
