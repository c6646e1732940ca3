"""Order and fleet files and payloads become validated orders and rejects."""
