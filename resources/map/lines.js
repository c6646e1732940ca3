"use strict";
// Paints routes and the drop preview. `view` = {zoom, size, left, top, width, height} in pixels.
doorstep.lines = (() => {
  const MARGIN = 12;
  const HEADS = 130; // px from one arrow to the next
  const HEADS_FROM = 13; // the zoom at which they begin to help

  function visible(line, view) {
    const left = line.box[0] * view.size - view.left;
    const top = line.box[1] * view.size - view.top;
    const right = line.box[2] * view.size - view.left;
    const bottom = line.box[3] * view.size - view.top;
    return (
      right > -MARGIN && bottom > -MARGIN && left < view.width + MARGIN && top < view.height + MARGIN
    );
  }

  function stroke(ctx, line, view, { color, width, opacity = 1, dash = [] }) {
    ctx.save();
    ctx.translate(line.world[0] * view.size - view.left, line.world[1] * view.size - view.top);
    ctx.globalAlpha = opacity;
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.stroke(line.at(view.zoom).path);
    ctx.restore();
  }

  function paintRoute(ctx, route, view, { theme, shown, dragging }, lit) {
    const { line, opacity, map } = theme;
    const faint = route.dim || (dragging && !lit);
    const width = lit ? line.lit : line.route;
    const rest = route.locked ? Math.min(opacity.locked, opacity.route_rest) : opacity.route_rest;
    const strength = lit ? 1 : faint ? opacity.route_dim : rest;
    const cased = width + 2 * line.casing;
    if (lit) stroke(ctx, route, view, { color: map.lit, width: cased + 1.2 });
    stroke(ctx, route, view, { color: map.land, width: cased, opacity: faint ? strength : 1 });
    stroke(ctx, route, view, { color: route.color, width, opacity: strength, dash: route.pattern });
    if (shown.heads && !faint && view.zoom >= HEADS_FROM) paintHeads(ctx, route, view, theme, lit);
  }

  // Arrows along a route, where there is room to see which way it goes.
  function paintHeads(ctx, route, view, theme, lit) {
    const { pixels } = route.at(view.zoom);
    const size = lit ? 5 : 4;
    const left = route.world[0] * view.size - view.left;
    const top = route.world[1] * view.size - view.top;
    ctx.save();
    ctx.translate(left, top);
    ctx.fillStyle = theme.map.lit;
    ctx.strokeStyle = route.color;
    let next = HEADS / 2;
    for (let i = 2; i + 1 < pixels.length; i += 2) {
      const dx = pixels[i] - pixels[i - 2];
      const dy = pixels[i + 1] - pixels[i - 1];
      const length = Math.hypot(dx, dy);
      for (; next < length; next += HEADS) {
        const x = pixels[i - 2] + (dx * next) / length;
        const y = pixels[i - 1] + (dy * next) / length;
        if (x + left > -MARGIN && y + top > -MARGIN && x + left < view.width + MARGIN && y + top < view.height + MARGIN) {
          head(ctx, x, y, Math.atan2(dy, dx), size);
        }
      }
      next -= length;
    }
    ctx.restore();
  }

  function head(ctx, x, y, angle, size) {
    const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
    ctx.beginPath();
    ctx.moveTo(x + cos, y + sin);
    ctx.lineTo(x - 0.8 * cos - 0.8 * sin, y - 0.8 * sin + 0.8 * cos);
    ctx.lineTo(x - 0.8 * cos + 0.8 * sin, y - 0.8 * sin - 0.8 * cos);
    ctx.closePath();
    ctx.lineWidth = 1;
    ctx.fill();
    ctx.stroke();
  }

  // What a proposal leaves behind and what it brings, beside the routes themselves.
  function paintPiece(ctx, piece, view, { line, map }) {
    const width = piece.kind === "old" ? line.old : line.new_piece;
    stroke(ctx, piece, view, { color: map.land, width: width + 2 * line.casing });
    const color = piece.kind === "old" ? map.old : piece.color;
    stroke(ctx, piece, view, { color, width, dash: piece.pattern });
  }

  function drawable(route, view) {
    return route && route.world.length >= 4 && visible(route, view);
  }

  // The lines in view as they are at rest, faint while stops are dragged, the lowest first.
  function atRest(view, scene) {
    return scene.routesInOrder().filter((route) => drawable(route, view));
  }

  function paintOne(ctx, route, view, scene) {
    if (route.kind === "route") paintRoute(ctx, route, view, scene, false);
    else paintPiece(ctx, route, view, scene.theme);
  }

  // What lies above: the lit route, a way that was driven, the line of a drop that is being considered.
  function paintRaised(ctx, view, scene) {
    ctx.lineJoin = "round";
    const lit = scene.routes.get(scene.lit);
    if (drawable(lit, view)) paintRoute(ctx, lit, view, scene, true);
    for (const piece of scene.driven) {
      stroke(ctx, piece, view, { color: scene.theme.map.lit, width: 6 });
      stroke(ctx, piece, view, { color: scene.theme.color.accent, width: 3 });
    }
    if (scene.preview) {
      const { line, map, color } = scene.theme;
      stroke(ctx, scene.preview, view, { color: map.lit, width: 6 });
      const dash = line.preview_dash;
      stroke(ctx, scene.preview, view, { color: color.accent, width: 2.5, dash });
    }
  }

  return { atRest, paintOne, paintRaised, visible };
})();
