"""Values, errors, options and messages that every other package uses."""
