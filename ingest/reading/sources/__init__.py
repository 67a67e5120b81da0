"""One module for each kind of file that a report comes in; what a file holds decides which one reads it."""
