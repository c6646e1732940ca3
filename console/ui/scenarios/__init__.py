"""Several plans of the day beside the map: kept, searched for, compared, adopted."""
