"use strict";
// The Leaflet layer that carries our canvas: placed, scaled and repainted with the map.
const SLICE = 8; // ms of a frame for routes at rest

doorstep.CanvasLayer = L.Layer.extend({
  initialize(scene) {
    this._scene = scene;
    this._rest = new doorstep.Rest(scene);
    this._frame = 0;
    this._isStale = false; // something but the routes at rest waits to be painted
    this.all = []; // with those that a cluster stands for
    this.places = [];
    this.clusters = [];
    this.tags = 0;
    this.badges = 0;
    this.view = null;
  },

  onAdd(map) {
    this._map = map;
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
    this._isStale = true;
    this._wait();
  },

  _wait() {
    if (!this._frame) this._frame = requestAnimationFrame(() => this._paintOrGoOn());
  },

  // A frame of its own for the routes at rest, where nothing else is to be painted.
  _paintOrGoOn() {
    this._frame = 0;
    const { width } = this.view || {};
    if (this._isStale || !width || this._makeRest(window.devicePixelRatio || 1)) this._paint();
    else this._wait();
  },

  _makeRest(ratio) {
    return !this._scene.routes.size || this._rest.make(this.view, ratio, SLICE);
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

  _paint() {
    this._isStale = false;
    if (!this._map || !this._scene.theme) return;
    this._place();
    if (!this.view.width || !this.view.height) return;
    const ratio = this._resize();
    if (!this._makeRest(ratio)) this._wait();
    const ctx = this._canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, this.view.width, this.view.height);
    if (this._scene.routes.size) this._rest.draw(ctx, this.view);
    doorstep.lines.paintRaised(ctx, this.view, this._scene);
    const all = this._scene.shown.stops ? doorstep.arrange(this._scene, this.view) : [];
    const { places, clusters } = doorstep.clusters.gather(all, this.view, this._scene);
    Object.assign(this, { all, places, clusters });
    doorstep.clusters.paint(ctx, clusters, this._scene.theme);
    this.badges = doorstep.stops.paint(ctx, this.view, this._scene, places);
    doorstep.vans.paint(ctx, this.view, this._scene);
    this.tags = doorstep.tags.paint(ctx, this._scene.theme, this.places);
    this.fire("painted");
  },
});
