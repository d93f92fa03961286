"""What the command line does: one module a family of commands, each with `add_to`, named in `player.cli`."""
