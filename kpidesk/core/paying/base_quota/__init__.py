"""The quarterly bonus over a base quota: shortfalls made up later, excess carried forward."""
