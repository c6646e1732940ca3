"use strict";
// The Leaflet layer that carries our canvas: placed, scaled and repainted with the map.
doorstep.CanvasLayer = L.Layer.extend({
  initialize(scene) {
    this._scene = scene;
    this._frame = 0;
    this.all = []; // with those that a cluster stands for
    this.places = [];
    this.clusters = [];
    this.tags = 0;
    this.view = null;
  },

  onAdd(map) {
    this._map = map;
    this._rest = document.createElement("canvas");
    this._restOf = "";
    this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated doorstep-canvas");
    this.getPane().appendChild(this._canvas);
    this.repaint();
  },

  onRemove() {
    cancelAnimationFrame(this._frame);
    this._frame = 0;
    this._canvas.remove();
  },

  getEvents() {
    return {
      viewreset: this.repaint,
      moveend: this.repaint,
      move: this._follow,
      resize: this.repaint,
      zoomanim: this._animate,
    };
  },

  // Paints before the next frame, once however often it is asked.
  repaint() {
    if (!this._frame) this._frame = requestAnimationFrame(() => this._paint());
  },

  isWaiting() {
    return this._frame !== 0;
  },

  _follow() {
    if (!this.view) return;
    const moved = this._map.containerPointToLayerPoint([0, 0]).distanceTo(this._shownAt);
    if (moved > 0.8 * this._pad && !this._map._animatingZoom) this.repaint();
  },

  _animate(event) {
    if (!this.view) return;
    const scale = this._map.getZoomScale(event.zoom, this.view.zoom);
    const corner = this._map._latLngToNewLayerPoint(this._corner, event.zoom, event.center);
    L.DomUtil.setTransform(this._canvas, corner, scale);
  },

  _place() {
    const map = this._map;
    const size = map.getSize();
    this._pad = Math.round(0.2 * Math.max(size.x, size.y));
    this._shownAt = map.containerPointToLayerPoint([0, 0]);
    const corner = this._shownAt.subtract([this._pad, this._pad]).round();
    const origin = map.getPixelOrigin().add(corner);
    const zoom = map.getZoom();
    const width = size.x + 2 * this._pad;
    const height = size.y + 2 * this._pad;
    this._corner = map.layerPointToLatLng(corner);
    L.DomUtil.setPosition(this._canvas, corner);
    this.view = {
      zoom, size: doorstep.geometry.worldSize(zoom), left: origin.x, top: origin.y, width, height,
    };
  },

  _resize() {
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = this.view;
    if (this._canvas.width !== Math.round(width * ratio) || this._canvas.height !== Math.round(height * ratio)) {
      this._canvas.width = Math.round(width * ratio);
      this._canvas.height = Math.round(height * ratio);
      this._canvas.style.width = `${width}px`;
      this._canvas.style.height = `${height}px`;
    }
    return ratio;
  },

  // The routes at rest, painted again only when they or the view have changed.
  _restPicture(ratio) {
    const { zoom, left, top, width, height } = this.view;
    const of = [zoom, left, top, width, height, ratio, this._scene.linesVersion].join();
    if (of === this._restOf) return this._rest;
    this._restOf = of;
    this._rest.width = this._canvas.width;
    this._rest.height = this._canvas.height;
    const ctx = this._rest.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    doorstep.lines.paintRest(ctx, this.view, this._scene);
    return this._rest;
  },

  _paint() {
    this._frame = 0;
    if (!this._map || !this._scene.theme) return;
    this._place();
    if (!this.view.width || !this.view.height) return;
    const ratio = this._resize();
    const ctx = this._canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, this.view.width, this.view.height);
    if (this._scene.routes.size) ctx.drawImage(this._restPicture(ratio), 0, 0, this.view.width, this.view.height);
    doorstep.lines.paintRaised(ctx, this.view, this._scene);
    const all = this._scene.shown.stops ? doorstep.arrange(this._scene, this.view) : [];
    const { places, clusters } = doorstep.clusters.gather(all, this.view, this._scene);
    Object.assign(this, { all, places, clusters });
    doorstep.clusters.paint(ctx, clusters, this._scene.theme);
    doorstep.stops.paint(ctx, this.view, this._scene, places);
    doorstep.vans.paint(ctx, this.view, this._scene);
    this.tags = doorstep.tags.paint(ctx, this._scene.theme, this.places);
    this.fire("painted");
  },
});
