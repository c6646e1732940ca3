"use strict";
// Wires map, scene and window. Messages come in order as (kind, JSON); a large one as its number.
const SMALLEST = 100; // px; a map still without its size cannot be fitted

doorstep.Console = class {
  constructor(map, bridge) {
    Object.assign(this, { map, bridge, glyphs: {}, quiet: 0, handled: 0 });
    this.scene = new doorstep.Scene();
    this.layer = new doorstep.CanvasLayer(this.scene).addTo(map);
    this.pointer = new doorstep.Pointer(map, this.layer, this.scene, bridge);
    this.controls = new doorstep.Controls(map, this.#actions());
    this.candidates = new doorstep.Candidates(this);
    this.ground = new doorstep.Ground(map, () => this.#settle());
    this.zones = new doorstep.Zones(map, bridge);
    this.layers = new doorstep.Layers(this.controls.root, bridge);
    this.queue = this.#loadGlyphs(["pin", "warehouse"]);
    this.layer.on("painted", () => this.#settle());
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      if (this.region) bridge.moved(lat, lng, map.getZoom());
    });
    // Until the user takes the camera, what was to be seen whole stays whole.
    this.whole = { keys: null };
    map.on("dragstart zoomstart", () => {
      if (!this.fitting) this.whole = null;
    });
    map.on("resize", () => {
      if (this.whole) this.#fit(this.whole.keys);
    });
    bridge.sent.connect((kind, body) => this.#enqueue(kind, body));
    bridge.loaded();
  }

  #actions() {
    return {
      fit: () => this.#fit(null),
      centre: () => this.#fit(this.scene.selection.size ? [...this.scene.selection] : null),
      layers: (button) => this.layers.toggle(button),
      area: (on) => this.pointer.setSelecting(on),
      unlight: () => this.bridge.unlit(),
      credit: () => this.bridge.credit_asked(),
      side: (key) => this.bridge.side_chosen(key),
    };
  }

  #enqueue(kind, body) {
    this.queue = this.queue
      .then(() => (body[0] === "@" ? fetch(`messages/${body.slice(1)}.json`).then((r) => r.json()) : JSON.parse(body)))
      .then((value) => this[`on_${kind}`](value))
      .catch((error) => console.error(`message ${kind}: ${error.stack || error}`))
      .then(() => {
        this.handled += 1;
        this.#settle();
      });
  }

  on_theme(theme) {
    this.scene.setTheme(Object.assign(theme, { glyphs: this.glyphs }));
    const style = document.documentElement.style;
    for (const [name, value] of Object.entries(theme.color)) {
      style.setProperty(`--${name.replaceAll("_", "-")}`, value);
    }
    for (const [name, value] of Object.entries(theme.map)) style.setProperty(`--map-${name}`, value);
    style.setProperty("--families", theme.families);
    style.setProperty("--scale", theme.scale);
    this.controls.setWords(theme.words, theme.bare, theme.mirrored);
    this.zones.setTheme(theme);
    this.layers.setWords(theme.words);
    this.controls.setLit(this.scene.routes.get(this.scene.lit));
    this.ground.setTheme(theme);
    this.layer.repaint();
  }

  on_region(region) {
    const fresh = !this.region || region.bounds.join() !== this.region.bounds.join();
    this.region = region;
    const [south, west, north, east] = region.bounds;
    const box = L.latLngBounds([south, west], [north, east]);
    if (fresh) {
      this.map.setMaxBounds(null);
      this.#fit(null);
      this.#byUs(() => this.map.setMaxBounds(box.pad(0.5)));
    }
    this.ground.setRegion(region);
  }

  on_routes(patch) {
    this.scene.patchRoutes(patch);
    this.controls.setLit(this.scene.routes.get(this.scene.lit));
    this.layer.repaint();
  }

  on_stops(patch) {
    const first = this.scene.stops.size === 0;
    this.scene.patchStops(patch);
    if (first && this.whole) this.#fit(this.whole.keys);
    this.layer.repaint();
  }

  on_depots(patch) {
    this.scene.patchDepots(patch);
    this.layer.repaint();
  }

  on_vans(vans) { this.scene.setVans(vans); this.layer.repaint(); }

  on_selection(keys) {
    this.scene.selection = new Set(keys);
    this.layer.repaint();
  }

  on_lit(key) {
    this.scene.lit = key;
    this.controls.setLit(this.scene.routes.get(key));
    this.layer.repaint();
  }

  on_zones(zones) { this.zones.setZones(zones); }

  on_draw({ tool, corners, prompt }) {
    this.zones.setTool(tool, corners);
    this.controls.setPrompt(tool ? prompt : "");
  }

  // What is shown: {on: {zones, stops, routes, heads, names, numbers}, style, styles, online}.
  on_layers(layers) {
    this.layers.show(layers);
    this.zones.setOn(layers.on.zones);
    this.scene.setShown(layers.on);
    this.controls.setCredit(layers.credit);
    this.ground.setLayers(layers);
    this.layer.repaint();
  }

  on_sides(sides) { this.controls.setSides(sides); }

  on_preview(points) {
    this.scene.setPreview(points);
    this.layer.repaint();
  }

  on_driven(lines) { this.scene.setDriven(lines); this.layer.repaint(); }

  on_dragging(on) { this.scene.setDragging(on); this.layer.repaint(); }

  // The window has a new size: go on once the page has it too.
  async on_size({ width, height }) {
    const off = () => Math.max(Math.abs(window.innerWidth - width), Math.abs(window.innerHeight - height));
    for (let tries = 0; tries < 20 && off() > 1; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    this.map.invalidateSize({ pan: false });
  }

  on_fit(keys) { this.#fit(keys); }

  on_camera({ lat, lon, zoom }) {
    this.whole = null;
    this.map.setView([lat, lon], zoom, { animate: false });
  }

  on_centre(key) {
    const mark = this.scene.stops.get(key) || this.scene.depots.get(key);
    this.whole = null;
    if (mark) this.map.panTo([mark.lat, mark.lon], { animate: !this.#still() });
  }

  on_pick({ on, prompt }) {
    this.pointer.setPicking(on);
    this.controls.setPrompt(on ? prompt : "");
  }

  on_area(on) {
    this.pointer.setSelecting(on);
    this.controls.setArea(on);
  }

  // For tests and pictures.
  counts() {
    return JSON.stringify({
      stops: this.scene.stops.size,
      routes: this.scene.routes.size,
      depots: this.scene.depots.size,
      vans: this.scene.vans.length,
      tiles: this.ground.loaded,
      discs: this.layer.places.filter((place) => !place.dot).length,
      tags: this.layer.tags,
      badges: this.layer.badges,
      candidates: this.candidates.pins.length,
    });
  }

  where(key) {
    const mark = this.scene.stops.get(key) || this.scene.depots.get(key);
    if (!mark) return JSON.stringify(null);
    const point = this.map.latLngToContainerPoint([mark.lat, mark.lon]);
    return JSON.stringify([point.x, point.y]);
  }

  #still() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  // Shows the keys, or everything, or the region where there is nothing yet.
  #fit(keys) {
    const box = this.scene.extent(keys) || this.region?.bounds;
    const size = this.map.getSize();
    this.whole = { keys };
    if (!box || Math.min(size.x, size.y) < SMALLEST) return;
    const room = { paddingTopLeft: [20, 40], paddingBottomRight: [20, 16] };
    this.#byUs(() =>
      this.map.fitBounds([box.slice(0, 2), box.slice(2)], { ...room, maxZoom: 16, animate: false }));
  }

  // A movement of the camera that is not the user's.
  #byUs(move) {
    this.fitting = true;
    move();
    this.fitting = false;
  }

  #loadGlyphs(names) {
    const load = async (name) => {
      const source = await (await fetch(`icons/${name}.svg`)).text();
      const drawing = new DOMParser().parseFromString(source, "image/svg+xml");
      const paths = [...drawing.querySelectorAll("path")].map((path) => path.getAttribute("d"));
      this.glyphs[name] = new Path2D(paths.join(" "));
    };
    return Promise.all(names.map(load));
  }

  // Says "settled" once nothing is waiting: no message, no tile, no frame.
  #settle() {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => {
      const busy = this.layer.isWaiting() || this.ground.isLoading();
      if (busy) this.#settle();
      else this.queue.then(() => this.bridge.settled(this.handled));
    }, 60);
  }
};

doorstep.boot = (map) => {
  map.attributionControl?.remove();
  map.boxZoom.disable();
  map.doubleClickZoom.disable();
  new QWebChannel(qt.webChannelTransport, (channel) => {
    window.doorstepConsole = new doorstep.Console(map, channel.objects.bridge);
  });
};
