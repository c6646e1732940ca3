"use strict";
// Where many stops at rest share one spot, a disc with their number stands for them.
doorstep.clusters = (() => {
  const CELL = 44; // px
  const LEAST = 8; // stops in a cell
  const HIGHEST = 12.5; // zoom above which every stop stands for itself
  const TURN = 2 * Math.PI;

  // Only stops that nothing is said about: not picked, lit, late, waiting or changed.
  function isQuiet({ selected, lit, stop }) {
    return !selected && !lit && stop.state === "normal" && !stop.badge && !stop.tag && !stop.ring && !stop.dim;
  }

  function cells(places) {
    const found = new Map();
    for (const place of places.filter(isQuiet)) {
      const key = `${Math.floor(place.x / CELL)} ${Math.floor(place.y / CELL)}`;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(place);
    }
    return [...found.values()].filter((members) => members.length >= LEAST);
  }

  function radius(count, { r, at }) {
    return r[at.findLastIndex((least) => count >= least)];
  }

  function shares(members) {
    const counts = new Map();
    for (const { stop } of members) counts.set(stop.color, (counts.get(stop.color) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  }

  function cluster(members, marker) {
    const mean = (axis) => members.reduce((sum, place) => sum + place[axis], 0) / members.length;
    const r = radius(members.length, marker.cluster);
    return { x: mean("x"), y: mean("y"), r, members, shares: shares(members) };
  }

  // The fullest first; one that would touch another joins it.
  function merged(groups, marker) {
    const made = [];
    for (const members of groups.sort((a, b) => b.length - a.length)) {
      const one = cluster(members, marker);
      const i = made.findIndex((other) => Math.hypot(other.x - one.x, other.y - one.y) < other.r + one.r);
      if (i < 0) made.push(one);
      else made[i] = cluster([...made[i].members, ...members], marker);
    }
    return made;
  }

  // {places that stand for themselves, clusters}.
  function gather(places, view, scene) {
    if (view.zoom > HIGHEST || scene.selection.size > LEAST) return { places, clusters: [] };
    const clusters = merged(cells(places), scene.theme.marker);
    const hidden = new Set(clusters.flatMap(({ members }) => members));
    return { places: places.filter((place) => !hidden.has(place)), clusters };
  }

  function paintOne(ctx, { x, y, r, members, shares: parts }, theme) {
    const { ring } = theme.marker.cluster;
    ctx.beginPath();
    ctx.arc(x, y, r + theme.marker.stop.casing, 0, TURN);
    ctx.fillStyle = theme.map.land;
    ctx.fill();
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TURN);
    ctx.fillStyle = theme.color.surface;
    ctx.fill();
    ctx.lineWidth = ring;
    let from = -TURN / 4;
    for (const [color, count] of parts) {
      const to = from + (count / members.length) * TURN;
      ctx.beginPath();
      ctx.arc(x, y, r - ring / 2, from, to);
      ctx.strokeStyle = color;
      ctx.stroke();
      from = to;
    }
    ctx.font = `700 10px ${theme.families}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = theme.color.text;
    ctx.fillText(String(members.length), x, y + 3.6);
  }

  function paint(ctx, clusters, theme) {
    for (const each of clusters) paintOne(ctx, each, theme);
  }

  // The cluster at a point of the canvas.
  function at(clusters, { x, y }) {
    return clusters.findLast((each) => Math.hypot(each.x - x, each.y - y) <= each.r + 2) || null;
  }

  // Look so near that its stops stand for themselves.
  function open(map, { members }) {
    const box = L.latLngBounds(members.map(({ stop }) => [stop.lat, stop.lon]));
    const zoom = Math.max(HIGHEST + 0.5, Math.min(16, map.getBoundsZoom(box.pad(0.3))));
    map.setView(box.getCenter(), zoom);
  }

  return { gather, paint, at, open };
})();
