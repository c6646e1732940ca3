"use strict";
// Decides which stops have room for a disc with a number and which become dots.
doorstep.arrange = (() => {
  const CELL = 32;
  const MARGIN = 20;
  const GAP = 1;

  const RANK = { selected: 0, late: 1, held: 2, lit: 3, open: 4, rest: 5, dim: 6 };

  function rank(stop, scene) {
    if (scene.selection.has(stop.key)) return RANK.selected;
    if (stop.dim) return RANK.dim;
    if (stop.ring && stop.state === "normal") return RANK.held;
    if (stop.state === "late" || stop.state === "at_risk" || stop.state === "failed") {
      return RANK.late;
    }
    if (scene.lit !== null && stop.route_key === scene.lit) return RANK.lit;
    return stop.state === "unassigned" ? RANK.open : RANK.rest;
  }

  function radius(stop, stopRank, marker) {
    if (stopRank === RANK.selected) return marker.stop.selected;
    if (stop.state === "unassigned") return marker.unassigned.side / Math.SQRT2;
    if (stop.state === "done") return marker.done.r;
    if (stop.state === "failed") return marker.failed.r;
    return stopRank === RANK.lit ? marker.stop.lit : marker.stop.r;
  }

  class Room {
    constructor() {
      this.cells = new Map();
    }

    // Takes the place and answers true when no disc taken before overlaps it.
    take(x, y, r) {
      const column = Math.floor(x / CELL);
      const row = Math.floor(y / CELL);
      for (let i = column - 1; i <= column + 1; i++) {
        for (let j = row - 1; j <= row + 1; j++) {
          for (const other of this.cells.get(i * 65536 + j) || []) {
            if (Math.hypot(other.x - x, other.y - y) < other.r + r + GAP) return false;
          }
        }
      }
      const key = column * 65536 + row;
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push({ x, y, r });
      return true;
    }
  }

  function inView(scene, view) {
    const placed = [];
    for (const stop of scene.stops.values()) {
      const x = Math.round(stop.x * view.size - view.left); // whole pixels: discs are stamped
      const y = Math.round(stop.y * view.size - view.top);
      if (x < -MARGIN || y < -MARGIN || x > view.width + MARGIN || y > view.height + MARGIN) continue;
      placed.push({ stop, x, y, rank: rank(stop, scene) });
    }
    return placed;
  }

  // Stops in view, lowest painted first: {stop, x, y, rank, r, dot, selected, lit}.
  function arrange(scene, view) {
    const { marker } = scene.theme;
    const room = new Room();
    const placed = inView(scene, view).sort((a, b) => a.rank - b.rank);
    for (const depot of scene.depots.values()) {
      room.take(
        depot.x * view.size - view.left, depot.y * view.size - view.top, marker.depot.side / 2);
    }
    for (const place of placed) {
      place.selected = place.rank === RANK.selected;
      place.lit = scene.lit !== null && place.stop.route_key === scene.lit;
      place.r = radius(place.stop, place.rank, marker);
      const always = place.rank <= RANK.late;
      const never = place.rank === RANK.dim || (place.stop.small && !always);
      place.dot = never || (!room.take(place.x, place.y, place.r) && !always);
      if (place.dot) place.r = marker.stop.dot;
    }
    const height = (place) => (place.dot ? 10 : 0) + place.rank;
    return placed.sort((a, b) => height(b) - height(a));
  }

  return arrange;
})();
