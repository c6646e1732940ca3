"""Road engines behind one contract: OSRM, Valhalla, a depot's own servers, straight lines."""
