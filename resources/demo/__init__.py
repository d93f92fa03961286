"""The demo episode: its script, its sound and captions, and the programs that make them."""
