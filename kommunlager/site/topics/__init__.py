"""What the site answers about a committee or a municipality, a module for each question."""
