"""What the benchmark of the accounts is made of: material, scoring, peers, table."""
