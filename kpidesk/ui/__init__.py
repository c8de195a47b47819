"""The window: pages, dialogs, models. It shows values of the core and asks use cases to act."""
