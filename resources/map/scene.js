"use strict";
// What is on the map, by key. It knows values and where they lie, nothing about painting.
doorstep.Line = class {
  constructor(mark) {
    Object.assign(this, mark);
    this.world = doorstep.geometry.project(mark.points);
    this.box = doorstep.geometry.bounds(this.world);
    this.zoom = null;
  }

  at(zoom) {
    if (this.zoom !== zoom) {
      this.zoom = zoom;
      this.pixels = doorstep.geometry.toPixels(this.world, doorstep.geometry.worldSize(zoom));
      this.path = doorstep.geometry.toPath(this.pixels);
    }
    return this;
  }
};

doorstep.Scene = class {
  constructor() {
    this.theme = null;
    this.routes = new Map();
    this.stops = new Map();
    this.depots = new Map();
    this.vans = [];
    this.selection = new Set();
    this.lit = null;
    this.preview = null;
    this.driven = [];
    this.dragging = false;
    this.shown = { stops: true, routes: true, heads: true };
    this.linesVersion = 0; // grows whenever the lines at rest look different
  }

  patchRoutes({ upsert, remove }) {
    remove.forEach((key) => this.routes.delete(key));
    upsert.forEach((mark) => this.routes.set(mark.key, new doorstep.Line(mark)));
    this.linesVersion += 1;
  }

  patchStops(patch) {
    this.#patchPoints(this.stops, patch);
  }

  patchDepots(patch) {
    this.#patchPoints(this.depots, patch);
  }

  setVans(vans) {
    for (const van of vans) {
      van.x = doorstep.geometry.worldX(van.lon);
      van.y = doorstep.geometry.worldY(van.lat);
    }
    this.vans = vans;
  }

  setPreview(points) {
    this.preview = points && points.length ? new doorstep.Line({ points }) : null;
  }

  setDriven(lines) {
    this.driven = lines.map((points) => new doorstep.Line({ points }));
  }

  setDragging(on) {
    this.dragging = on;
    this.linesVersion += 1;
  }

  // Lines from the lowest to the highest painted.
  routesInOrder() {
    if (!this.shown.routes) return [];
    const height = { old: 0, route: 1, piece: 2 };
    return [...this.routes.values()].sort(
      (a, b) => height[a.kind] - height[b.kind] || a.number - b.number);
  }

  setShown(on) {
    this.shown = on;
    this.linesVersion += 1;
  }

  setTheme(theme) {
    this.theme = theme;
    this.linesVersion += 1;
  }

  // [south, west, north, east] of the keys, or of everything; null when there is nothing.
  extent(keys) {
    const wanted = keys && new Set(keys);
    const chosen = (mark) => !wanted || wanted.has(mark.key);
    const flat = [];
    for (const marks of [this.stops, this.depots]) {
      for (const mark of marks.values()) if (chosen(mark)) flat.push(mark.lat, mark.lon);
    }
    for (const route of this.routes.values()) {
      if (chosen(route)) for (const value of route.points) flat.push(value);
    }
    return flat.length ? doorstep.geometry.bounds(flat) : null;
  }

  #patchPoints(marks, { upsert, remove }) {
    remove.forEach((key) => marks.delete(key));
    for (const mark of upsert) {
      mark.x = doorstep.geometry.worldX(mark.lon);
      mark.y = doorstep.geometry.worldY(mark.lat);
      marks.set(mark.key, mark);
    }
  }
};
