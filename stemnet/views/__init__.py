"""Pages of the ground: how far a job is, the health of the process, and the demo's mail."""
