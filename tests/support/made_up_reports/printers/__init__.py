"""Print a made-up report as a file, one module per kind of file."""
