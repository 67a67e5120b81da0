"""The commands that do more than run one step."""
