"""The input files: what is loaded from each, which are set aside, and the hashes that show what has changed."""
