"use strict";
// Zones on the map, and the pencil that draws and mends one. It knows shapes, no rules.
doorstep.Zones = class {
  constructor(map, bridge) {
    Object.assign(this, { map, bridge, shown: [], on: true, draft: null, tool: "", marks: [] });
    map.createPane("zones").style.zIndex = 350;
    map.createPane("pencil").style.zIndex = 650;
    for (const name of ["zones", "pencil"]) map.getPane(name).style.pointerEvents = "none";
    this.under = L.svg({ pane: "zones", padding: 0.5 });
    this.over = L.svg({ pane: "pencil", padding: 0.5 });
    this.layer = L.layerGroup().addTo(map);
    this.pencil = L.layerGroup().addTo(map);
    const container = map.getContainer();
    for (const kind of ["mousedown", "click", "dblclick", "contextmenu"]) {
      container.addEventListener(kind, (event) => this.#hand(kind, event), true);
    }
    container.addEventListener("mousemove", (event) => this.#hover(event), true);
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  setTheme(theme) {
    this.theme = theme;
    this.#paint();
    this.#paintDraft();
  }

  setZones(zones) {
    this.zones = zones;
    this.#paint();
  }

  setOn(on) {
    this.on = on;
    this.#paint();
  }

  // tool: "polygon", "rectangle", "circle" draw; "edit" mends `corners` [lat, lon, ...]; "" stops.
  setTool(tool, corners) {
    this.tool = tool;
    this.draft = [];
    for (let i = 0; i < (corners || []).length; i += 2) this.draft.push(L.latLng(corners[i], corners[i + 1]));
    this.map.getContainer().classList.toggle("drawing", Boolean(tool));
    this.#paint();
    this.#paintDraft();
  }

  #style(zone) {
    const color = this.theme.color[zone.tone] || this.theme.color.accent;
    return {
      renderer: this.under, pane: "zones", interactive: false, color, weight: zone.lit ? 3 : 1.6,
      dashArray: zone.dash || null, opacity: zone.idle ? 0.6 : 1, fillColor: color,
      fillOpacity: zone.idle ? 0.05 : 0.16, className: `zone ${zone.key}`,
    };
  }

  #paint() {
    this.layer.clearLayers();
    if (!this.on || !this.theme) return;
    for (const zone of this.zones || []) {
      if (this.tool === "edit" && zone.lit) continue;
      const points = [];
      for (let i = 0; i < zone.corners.length; i += 2) points.push([zone.corners[i], zone.corners[i + 1]]);
      const shape = L.polygon(points, this.#style(zone)).addTo(this.layer);
      this.#name(zone, shape.getBounds());
    }
  }

  #name(zone, bounds) {
    const icon = L.divIcon({ className: `doorstep-zone ${zone.tone}`, html: "", iconSize: null });
    const mark = L.marker([bounds.getNorth(), bounds.getCenter().lng], {
      icon, pane: "zones", interactive: false, keyboard: false,
    }).addTo(this.layer);
    mark.getElement().textContent = zone.label;
  }

  #paintDraft() {
    this.pencil.clearLayers();
    this.marks = [];
    if (!this.tool || !this.theme || !this.draft.length) return;
    const color = this.theme.color.accent;
    const style = { renderer: this.over, pane: "pencil", interactive: false, color, weight: 2, fillOpacity: 0.14 };
    const line = this.tool === "polygon" && this.ahead ? [...this.draft, this.ahead] : this.draft;
    if (line.length > 2) L.polygon(line, style).addTo(this.pencil);
    else L.polyline(line, style).addTo(this.pencil);
    if (this.tool === "rectangle" || this.tool === "circle") return;
    this.draft.forEach((at, i) => this.#vertex(at, { i, radius: 5.5, fill: this.theme.color.surface }));
    if (this.tool === "edit") this.draft.forEach((at, i) => this.#middle(at, i));
  }

  #middle(at, i) {
    const next = this.draft[(i + 1) % this.draft.length];
    const middle = L.latLng((at.lat + next.lat) / 2, (at.lng + next.lng) / 2);
    this.#vertex(middle, { i, radius: 3.5, fill: this.theme.color.accent, between: true });
  }

  #vertex(at, mark) {
    const style = { renderer: this.over, pane: "pencil", interactive: false, radius: mark.radius };
    const { accent } = this.theme.color;
    L.circleMarker(at, { ...style, color: accent, weight: 2, fillColor: mark.fill, fillOpacity: 1 }).addTo(this.pencil);
    this.marks.push({ ...mark, at });
  }

  #markAt(point) {
    const near = (mark) => this.map.latLngToContainerPoint(mark.at).distanceTo(point) <= mark.radius + 5;
    return this.marks.find((mark) => !mark.between && near(mark)) || this.marks.find(near);
  }

  // All of the mouse that is ours while a tool is out; the rest goes on to the map.
  #hand(kind, event) {
    if (!this.tool || event.target.closest(".doorstep-pill")) return;
    const point = this.map.mouseEventToContainerPoint(event);
    const takes = { mousedown: () => this.#press(event, point), click: () => this.#click(point) };
    takes.dblclick = () => this.tool === "polygon" && this.#finish();
    takes.contextmenu = () => this.#takeOut(point);
    const kept = takes[kind]();
    if (kind !== "mousedown" || kept) {
      event.stopPropagation();
      event.preventDefault();
    }
  }

  #press(event, point) {
    this.pressedAt = point;
    if (event.button !== 0) return false;
    if (this.tool === "rectangle" || this.tool === "circle") {
      this.#pull(point);
      return true;
    }
    const mark = this.#markAt(point);
    if (!mark || (this.tool === "polygon" && mark.i === 0)) return false;
    if (mark.between) this.draft.splice(mark.i + 1, 0, mark.at);
    this.#drag(mark.between ? mark.i + 1 : mark.i);
    return true;
  }

  #drag(i) {
    this.#follow((event) => {
      this.draft[i] = this.map.mouseEventToLatLng(event);
      this.#paintDraft();
    }, () => this.tool === "edit" && this.#tell());
  }

  #pull(start) {
    this.#follow((event) => {
      const end = this.map.mouseEventToContainerPoint(event);
      const points = this.tool === "circle" ? this.#ring(start, end) : this.#box(start, end);
      this.draft = points.map((point) => this.map.containerPointToLatLng(point));
      this.#paintDraft();
    }, () => this.#finish());
  }

  #box(a, b) {
    return [[a.x, a.y], [b.x, a.y], [b.x, b.y], [a.x, b.y]];
  }

  #ring(centre, end) {
    const radius = centre.distanceTo(end);
    const angles = Array.from({ length: 24 }, (_, i) => (i / 24) * 2 * Math.PI);
    return angles.map((angle) => [centre.x + radius * Math.cos(angle), centre.y + radius * Math.sin(angle)]);
  }

  #follow(move, done) {
    const release = () => {
      document.removeEventListener("mousemove", move);
      document.removeEventListener("mouseup", release);
      done();
    };
    document.addEventListener("mousemove", move);
    document.addEventListener("mouseup", release);
  }

  #click(point) {
    if (this.tool !== "polygon" || (this.pressedAt && this.pressedAt.distanceTo(point) > 4)) return;
    const mark = this.#markAt(point);
    if (mark && mark.i === 0 && this.draft.length > 2) this.#finish();
    else if (!mark) {
      this.draft.push(this.map.containerPointToLatLng(point));
      this.#paintDraft();
    }
  }

  #takeOut(point) {
    const mark = this.#markAt(point);
    if (!mark || mark.between || this.draft.length < (this.tool === "edit" ? 4 : 1)) return;
    this.draft.splice(mark.i, 1);
    this.#paintDraft();
    if (this.tool === "edit") this.#tell();
  }

  #hover(event) {
    if (this.tool !== "polygon" || !this.draft.length) return;
    this.ahead = this.map.mouseEventToLatLng(event);
    this.#paintDraft();
  }

  #key(event) {
    if (!this.tool) return;
    if (event.key === "Escape") this.bridge.drawing_ended();
    else if (event.key === "Enter" && this.tool === "polygon") this.#finish();
    else if (event.key === "Backspace" && this.tool === "polygon") {
      this.draft.pop();
      this.#paintDraft();
    }
  }

  // A shape is whole: three corners or more, not all in one place.
  #finish() {
    this.ahead = null;
    const box = L.latLngBounds(this.draft);
    const [from, to] = this.draft.length
      ? [box.getNorthWest(), box.getSouthEast()].map((at) => this.map.latLngToContainerPoint(at)) : [];
    if (this.draft.length < 3 || from.distanceTo(to) < 6) {
      this.draft = this.tool === "polygon" ? this.draft : [];
      this.#paintDraft();
      return;
    }
    this.#tell();
  }

  #tell() {
    this.bridge.zone_drawn(this.draft.flatMap(({ lat, lng }) => [lat, lng]));
  }
};
