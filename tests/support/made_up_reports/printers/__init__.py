"""Print a made-up report as a file, one module a kind of file."""
