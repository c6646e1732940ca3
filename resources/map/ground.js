"use strict";
// The basemap under everything: our own tiles in the theme's colours, or the user's online ones.
doorstep.Ground = class {
  constructor(map, settled) {
    Object.assign(this, { map, settled, tiles: null, loaded: 0 });
    map.on("zoomanim", ({ zoom }) => this.#resizeLabels(zoom));
    map.on("zoom", () => this.#resizeLabels(map.getZoom()));
    map.on("zoomend", () => this.#redraw());
  }

  setTheme(theme) {
    this.theme = theme;
    this.#show();
  }

  setRegion(region) {
    this.region = region;
    this.#show();
  }

  setLayers(layers) {
    const drawn = (l) => l && [l.on.names, l.on.numbers, l.on.oneways, l.online?.version].join();
    const same = drawn(layers) === drawn(this.layers);
    this.layers = layers;
    if (!same) this.#show();
  }

  isLoading() {
    return Boolean(this.tiles && this.tiles.isLoading());
  }

  #show() {
    if (!this.region || !this.theme) return;
    if (this.tiles) this.tiles.remove();
    this.loaded = 0;
    this.tiles = this.layers?.online
      ? doorstep.basemap.online(this.layers.online)
      : doorstep.basemap.layer(this.theme, this.region.version, this.layers?.on);
    this.tiles.on("tileload", () => {
      this.loaded += 1;
    });
    this.tiles.on("load", () => this.settled());
    this.tiles.addTo(this.map);
  }

  // Tiles of a half zoom are drawn smaller than life, their labels larger for it.
  #resizeLabels(zoom) {
    if (!doorstep.basemap.follow(zoom) || !this.tiles?.clearLayout) return;
    this.stale = true;
    this.tiles.clearLayout();
  }

  #redraw() {
    if (this.stale) this.tiles?.rerenderTiles?.();
    this.stale = false;
  }
};
