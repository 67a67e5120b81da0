"""The pages of the site, a module each: what they ask of the marts, and how the answer is laid out."""
