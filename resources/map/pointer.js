"use strict";
// Mouse: clicks, hovering, the selection rectangle, and placing an address.
doorstep.Pointer = class {
  constructor(map, layer, scene, bridge) {
    Object.assign(this, { map, layer, scene, bridge });
    this.hands = new doorstep.Hands(map, layer, scene, bridge);
    this.picking = false;
    this.selecting = false;
    this.candidate = null;
    this.under = "";
    this.tip = L.DomUtil.create("div", "doorstep-tip doorstep-pill", map.getContainer());
    map.on("click", (event) => this.#click(event));
    map.on("dblclick", (event) => this.#doubleClick(event));
    map.on("contextmenu", (event) => this.#menu(event));
    map.on("mousemove", (event) => this.#hover(event));
    map.on("mouseout", () => this.#leave());
    map.on("mousedown", (event) => this.#press(event));
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  // What the page takes does not close the dialog around it.
  #key(event) {
    if (!this.picking || event.key !== "Escape") return;
    event.preventDefault();
    this.bridge.drawing_ended();
  }

  setPicking(on) {
    this.picking = on;
    this.#cursor();
    if (!on) this.#dropCandidate();
  }

  setSelecting(on) {
    this.selecting = on;
    this.#cursor();
  }

  #modifiers({ shiftKey, ctrlKey, altKey, metaKey }) {
    return (shiftKey ? 1 : 0) | (ctrlKey ? 2 : 0) | (altKey ? 4 : 0) | (metaKey ? 8 : 0);
  }

  #find(point) {
    const stop = doorstep.hits.stopAt(this.layer, point);
    const route = stop ? null : doorstep.hits.routeAt(this.layer, this.scene, point);
    return { stop, route };
  }

  #click({ containerPoint, latlng, originalEvent }) {
    if (this.picking) {
      this.#place(latlng);
      return;
    }
    const { stop, route } = this.#find(containerPoint);
    const keys = this.#modifiers(originalEvent);
    const cluster = stop ? null : doorstep.hits.clusterAt(this.layer, containerPoint);
    if (stop) this.bridge.stop_clicked(stop.key, keys);
    else if (cluster) doorstep.clusters.open(this.map, cluster);
    else if (route) this.bridge.route_clicked(route.key, keys);
    else this.bridge.map_clicked(latlng.lat, latlng.lng);
  }

  #doubleClick({ containerPoint }) {
    const { stop } = this.#find(containerPoint);
    if (stop) this.bridge.stop_double_clicked(stop.key);
    else if (!this.picking) this.map.zoomIn();
  }

  #menu({ containerPoint }) {
    const { stop, route } = this.#find(containerPoint);
    const key = (stop || route || { key: "" }).key;
    this.bridge.menu_asked(key, Math.round(containerPoint.x), Math.round(containerPoint.y));
  }

  #hover({ containerPoint }) {
    if (!this.layer.view || this.map.dragging.moving()) return;
    const { stop, route } = this.#find(containerPoint);
    const key = (stop || route || { key: "" }).key;
    this.#tell(stop, containerPoint);
    if (key === this.under) return;
    this.under = key;
    this.#cursor();
    this.bridge.hovered(key);
  }

  #leave() {
    this.tip.classList.remove("shown");
    if (!this.under) return;
    this.under = "";
    this.#cursor();
    this.bridge.hovered("");
  }

  #tell(stop, point) {
    this.tip.classList.toggle("shown", Boolean(stop && stop.label));
    if (!stop || !stop.label) return;
    this.tip.textContent = stop.label;
    const right = point.x > this.map.getSize().x - this.tip.offsetWidth - 24;
    const left = right ? point.x - this.tip.offsetWidth - 14 : point.x + 16;
    this.tip.style.transform = `translate(${left}px, ${Math.max(4, point.y - 12)}px)`;
  }

  #cursor() {
    const style = this.map.getContainer().style;
    style.cursor = this.picking || this.selecting ? "crosshair" : this.under ? "pointer" : "";
  }

  #press({ containerPoint, originalEvent }) {
    if (this.picking || originalEvent.button !== 0) return;
    const keys = this.#modifiers(originalEvent);
    if (originalEvent.altKey) {
      this.hands.lasso(containerPoint, (inside) => this.#select(inside, keys));
    } else if (this.selecting || originalEvent.shiftKey) this.#frame(containerPoint, keys);
    else {
      const { stop } = this.#find(containerPoint);
      if (stop) this.hands.grab(stop, containerPoint);
    }
  }

  #frame(start, keys) {
    const box = L.DomUtil.create("div", "doorstep-frame", this.map.getContainer());
    this.map.dragging.disable();
    let end = start;
    const move = (event) => {
      end = this.map.mouseEventToContainerPoint(event);
      box.style.transform = `translate(${Math.min(start.x, end.x)}px, ${Math.min(start.y, end.y)}px)`;
      box.style.width = `${Math.abs(end.x - start.x)}px`;
      box.style.height = `${Math.abs(end.y - start.y)}px`;
    };
    const release = () => {
      document.removeEventListener("mousemove", move);
      document.removeEventListener("mouseup", release);
      box.remove();
      this.map.dragging.enable();
      if (end.distanceTo(start) < 4) return;
      this.#select(doorstep.hits.stopsWithin(this.layer, this.scene, start, end), keys);
    };
    document.addEventListener("mousemove", move);
    document.addEventListener("mouseup", release);
  }

  // The click that ends a frame or a lasso means nothing else.
  #select(inside, keys) {
    const once = { capture: true, once: true };
    document.addEventListener("click", this.#swallow, once);
    setTimeout(() => document.removeEventListener("click", this.#swallow, once), 150);
    this.bridge.area_selected(inside, keys);
  }

  #swallow(event) {
    event.stopPropagation();
  }

  #place(latlng) {
    this.#dropCandidate();
    const icon = L.divIcon({ className: "doorstep-candidate", iconSize: [28, 36], iconAnchor: [14, 34] });
    this.candidate = L.marker(latlng, { icon, draggable: true, autoPan: true }).addTo(this.map);
    this.candidate.on("dragend", () => this.#picked());
    this.#picked();
  }

  #picked() {
    const { lat, lng } = this.candidate.getLatLng();
    this.bridge.point_picked(lat, lng);
  }

  #dropCandidate() {
    if (this.candidate) this.candidate.remove();
    this.candidate = null;
  }
};
