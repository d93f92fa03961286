"""The heavy jobs: each takes an order, tells how far it is, and can be cancelled; a process of its own runs it."""
