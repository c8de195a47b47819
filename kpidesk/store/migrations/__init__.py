"""The ladder of schema versions, from an empty file to the newest."""
