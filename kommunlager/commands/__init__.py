"""The commands of the command line that do more than run one step."""
