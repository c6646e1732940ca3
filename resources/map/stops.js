"use strict";
// Paints arranged stops and depots.
doorstep.stops = (() => {
  const TURN = 2 * Math.PI;
  const BADGE = { height: 14, pad: 4, least: 26 };

  function disc(ctx, x, y, r, fill) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TURN);
    ctx.fillStyle = fill;
    ctx.fill();
  }

  function ring(ctx, x, y, r, width, color) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TURN);
    ctx.lineWidth = width;
    ctx.strokeStyle = color;
    ctx.stroke();
  }

  function text(ctx, theme, label, x, y, px, color) {
    ctx.font = `700 ${px}px ${theme.families}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = color;
    ctx.fillText(label, x, y + px * 0.36);
  }

  function cross(ctx, x, y, r, width, color) {
    ctx.beginPath();
    ctx.moveTo(x - r, y - r);
    ctx.lineTo(x + r, y + r);
    ctx.moveTo(x + r, y - r);
    ctx.lineTo(x - r, y + r);
    ctx.lineWidth = width;
    ctx.strokeStyle = color;
    ctx.stroke();
  }

  function halo(ctx, place, theme) {
    const { x, y } = place;
    ctx.globalAlpha = 0.28;
    disc(ctx, x, y, 17, theme.color.accent);
    ctx.globalAlpha = 1;
    disc(ctx, x, y, 14, theme.map.land);
    ring(ctx, x, y, 14, 2, theme.map.lit);
    ring(ctx, x, y, 15.5, 1, theme.color.accent);
  }

  function diamond(ctx, place, theme) {
    const { marker, color, map } = theme;
    const half = place.dot ? marker.stop.dot + 1 : marker.unassigned.side / Math.SQRT2;
    const stroke = place.dot ? 1.5 : marker.unassigned.stroke;
    ctx.beginPath();
    ctx.moveTo(place.x, place.y - half);
    ctx.lineTo(place.x + half, place.y);
    ctx.lineTo(place.x, place.y + half);
    ctx.lineTo(place.x - half, place.y);
    ctx.closePath();
    ctx.lineJoin = "round";
    ctx.lineWidth = stroke + 2 * marker.stop.casing;
    ctx.strokeStyle = map.land;
    ctx.stroke();
    ctx.fillStyle = color.surface;
    ctx.fill();
    ctx.lineWidth = stroke;
    ctx.strokeStyle = color.warn;
    ctx.stroke();
    if (!place.dot) text(ctx, theme, marker.unassigned.glyph, place.x, place.y, 10, color.warn);
  }

  function hollow(ctx, place, theme) {
    const { marker, map, color } = theme;
    const failed = place.stop.state === "failed";
    const spec = failed ? marker.failed : marker.done;
    const tint = failed ? color.bad : place.stop.color;
    disc(ctx, place.x, place.y, spec.r + marker.stop.casing, map.land);
    ring(ctx, place.x, place.y, spec.r, spec.stroke, tint);
    if (failed) cross(ctx, place.x, place.y, 2.6, 1.6, color.bad);
  }

  // A cased disc at rest, drawn once for each colour and size and stamped at whole pixels.
  const stamps = new Map();
  const MOST_STAMPS = 400;

  function stamp(ctx, x, y, r, casing, fill, ground) {
    const ratio = ctx.getTransform().a;
    const key = `${r} ${casing} ${fill} ${ground} ${ratio}`;
    if (stamps.size > MOST_STAMPS) stamps.clear(); // other themes' colours
    if (!stamps.has(key)) stamps.set(key, made(r, casing, fill, ground, ratio));
    const picture = stamps.get(key);
    const at = (middle) => Math.round(middle * ratio - picture.width / 2) / ratio;
    ctx.drawImage(picture, at(x), at(y), picture.width / ratio, picture.height / ratio);
  }

  function made(r, casing, fill, ground, ratio) {
    const half = Math.ceil((r + casing) * ratio) + 1;
    const canvas = new OffscreenCanvas(2 * half, 2 * half);
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, half, half);
    disc(ctx, 0, 0, r + casing, ground);
    disc(ctx, 0, 0, r, fill);
    return canvas.transferToImageBitmap(); // of a canvas every stamp would make another picture
  }

  function numbered(ctx, place, theme) {
    const { marker, map, color } = theme;
    const { stop, x, y, r } = place;
    stamp(ctx, x, y, r, marker.stop.casing, stop.color, map.land);
    if (stop.state === "at_risk") ring(ctx, x, y, r + 0.5, marker.at_risk_ring, color.bad);
    const label = String(stop.number ?? "");
    const squeeze = label.length > 2 ? 0.82 : 1;
    text(ctx, theme, label, x, y, (marker.stop.font / marker.stop.r) * r * squeeze, stop.ink);
  }

  function dot(ctx, place, theme) {
    stamp(ctx, place.x, place.y, place.r, 1.25, place.stop.color, theme.map.land);
  }

  function pin(ctx, place, theme) {
    const path = theme.glyphs.pin;
    if (!path) return;
    const reach = place.r * 0.72;
    ctx.save();
    ctx.translate(place.x - reach - 7, place.y - reach - 8);
    ctx.scale(10 / 24, 10 / 24);
    ctx.lineJoin = "round";
    ctx.lineCap = "round";
    ctx.strokeStyle = theme.map.land;
    ctx.lineWidth = 8;
    ctx.stroke(path);
    ctx.strokeStyle = theme.color.text;
    ctx.lineWidth = 3.2;
    ctx.stroke(path);
    ctx.restore();
  }

  // Where the minutes late stand: beside the disc, in the order in which they find room.
  function badgeBox(ctx, place, theme) {
    ctx.font = `700 9.5px ${theme.families}`;
    const width = Math.max(BADGE.least, ctx.measureText(place.stop.badge).width + 2 * BADGE.pad);
    return { left: place.x + place.r * 0.7, top: place.y - place.r - BADGE.height * 0.62, width, height: BADGE.height };
  }

  function badge(ctx, place, theme, { left, top, width }) {
    ctx.beginPath();
    ctx.roundRect(left, top, width, BADGE.height, 3);
    ctx.lineWidth = 2;
    ctx.strokeStyle = theme.map.land;
    ctx.stroke();
    ctx.fillStyle = theme.color.bad_fill;
    ctx.fill();
    text(ctx, theme, place.stop.badge, left + width / 2, top + BADGE.height / 2, 9.5, theme.color.on_bad);
  }

  const apart = (a, b) =>
    a.left > b.left + b.width || b.left > a.left + a.width || a.top > b.top + b.height || b.top > a.top + a.height;

  // A late stop whose minutes find no room has a red ring instead; the picked ones come first.
  function badges(ctx, places, theme) {
    const placed = [];
    for (const place of places.filter(({ stop, dot }) => stop.badge && !dot).reverse()) {
      const box = badgeBox(ctx, place, theme);
      if (placed.every((other) => apart(box, other.box))) placed.push({ place, box });
      else ring(ctx, place.x, place.y, place.r + 0.5, theme.marker.at_risk_ring, theme.color.bad);
    }
    for (const { place, box } of placed) badge(ctx, place, theme, box);
    return placed.length;
  }

  function paintStop(ctx, place, theme) {
    const { stop } = place;
    ctx.globalAlpha = stop.dim ? theme.opacity.stale : 1;
    if (place.selected) halo(ctx, place, theme);
    if (stop.state === "unassigned") diamond(ctx, place, theme);
    else if (stop.state === "done" || stop.state === "failed") hollow(ctx, place, theme);
    else if (place.dot) dot(ctx, place, theme);
    else numbered(ctx, place, theme);
    if (stop.ring) {
      ring(ctx, place.x, place.y, place.r + 3, 4.5, theme.map.land);
      ring(ctx, place.x, place.y, place.r + 3, 2.5, stop.ring);
    }
    if (stop.pinned && !place.dot) pin(ctx, place, theme);
    ctx.globalAlpha = 1;
  }

  function paintDepot(ctx, depot, view, theme) {
    const { side, radius } = theme.marker.depot;
    const x = depot.x * view.size - view.left - side / 2;
    const y = depot.y * view.size - view.top - side / 2;
    ctx.beginPath();
    ctx.roundRect(x, y, side, side, radius);
    ctx.lineWidth = 3;
    ctx.strokeStyle = theme.map.land;
    ctx.stroke();
    ctx.fillStyle = theme.color.text;
    ctx.fill();
    if (!theme.glyphs.warehouse) return;
    ctx.save();
    ctx.translate(x + (side - 16) / 2, y + (side - 16) / 2);
    ctx.scale(16 / 24, 16 / 24);
    ctx.lineJoin = "round";
    ctx.lineCap = "round";
    ctx.lineWidth = 2;
    ctx.strokeStyle = theme.color.surface;
    ctx.stroke(theme.glyphs.warehouse);
    ctx.restore();
  }

  // Answers how many late stops found room for their minutes.
  function paint(ctx, view, scene, places) {
    const { theme } = scene;
    for (const place of places) if (place.dot) paintStop(ctx, place, theme);
    for (const depot of scene.depots.values()) paintDepot(ctx, depot, view, theme);
    for (const place of places) if (!place.dot) paintStop(ctx, place, theme);
    return badges(ctx, places, theme);
  }

  return { paint };
})();
