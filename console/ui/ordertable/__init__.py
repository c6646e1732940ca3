"""All orders of the day as a table: found, sorted, grouped, changed."""
