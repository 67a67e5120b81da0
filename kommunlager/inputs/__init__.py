"""The input files: what is loaded from each, which are set aside, and the hashes that say what has changed."""
