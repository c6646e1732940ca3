"use strict";
// Where a doubtful address may be: numbered pins to click or drag, and all of them in sight.
doorstep.Candidates = class {
  static CLOSEST = 17; // zoom

  constructor(console) {
    Object.assign(this, { console, map: console.map, bridge: console.bridge, pins: [] });
    console.on_candidates = (spots) => this.show(spots);
  }

  show(spots) {
    this.pins.forEach((pin) => pin.remove());
    this.pins = spots.map((spot, number) => this.#pin(spot, number));
    if (!spots.length) return;
    this.console.whole = null;
    const box = L.latLngBounds(spots.map(({ lat, lon }) => [lat, lon]));
    const room = { paddingTopLeft: [40, 60], paddingBottomRight: [40, 40] };
    this.map.fitBounds(box, { ...room, maxZoom: doorstep.Candidates.CLOSEST, animate: false });
  }

  #pin({ lat, lon, label }, number) {
    const badge = document.createElement("b");
    badge.textContent = number + 1;
    const icon = L.divIcon({ className: "doorstep-guess", iconSize: [22, 22], iconAnchor: [11, 11], html: badge });
    const pin = L.marker([lat, lon], { icon, title: label, riseOnHover: true, zIndexOffset: -number, draggable: true, autoPan: true });
    pin.on("click dragend", () => this.bridge.candidate_put(pin.getLatLng().lat, pin.getLatLng().lng));
    return pin.addTo(this.map);
  }
};
