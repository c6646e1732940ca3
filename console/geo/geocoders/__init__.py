"""Address services by HTTP, asked where a user wants them: Nominatim, Photon, Pelias."""
