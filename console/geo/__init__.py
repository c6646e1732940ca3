"""Regions: streets, travel matrices, route geometry, basemap and addresses."""
