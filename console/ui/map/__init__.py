"""The map: Leaflet on canvas in a web view, drawn from the region's own vector tiles."""
