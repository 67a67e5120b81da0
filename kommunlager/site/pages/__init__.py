"""The pages of the site, one module each: their queries and the layout of the answers."""
