"""What a finished table tells against its own cells, whatever source it was read from.

Each check looks for one kind of evidence and names the places that it makes doubtful; none changes what was read.
"""
