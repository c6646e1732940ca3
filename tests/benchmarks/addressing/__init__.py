"""What the benchmark of the address search asks, and of which towns."""
