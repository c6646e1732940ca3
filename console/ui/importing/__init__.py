"""What a file's columns are: taught once, by hand."""
