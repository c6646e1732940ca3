"use strict";
// Web Mercator and distances. A "world" point is 0..1 in both axes; times world size = pixels.
var doorstep = window.doorstep || {};

doorstep.geometry = (() => {
  const TILE = 256;
  const MIN_STEP = 1.2; // px between drawn points; finer detail cannot be seen

  const worldX = (lon) => lon / 360 + 0.5;
  const worldY = (lat) => {
    const sin = Math.sin((lat * Math.PI) / 180);
    return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
  };
  const worldSize = (zoom) => TILE * 2 ** zoom;

  // Flat [lat, lon, ...] -> flat world [x, y, ...].
  function project(flat) {
    const world = new Float64Array(flat.length);
    for (let i = 0; i < flat.length; i += 2) {
      world[i] = worldX(flat[i + 1]);
      world[i + 1] = worldY(flat[i]);
    }
    return world;
  }

  // Flat world points -> pixels relative to the first one (floats stay exact at any zoom).
  function toPixels(world, size) {
    const pixels = [];
    for (let i = 0; i < world.length; i += 2) {
      const x = (world[i] - world[0]) * size;
      const y = (world[i + 1] - world[1]) * size;
      const n = pixels.length;
      const far = n < 2 || Math.abs(x - pixels[n - 2]) + Math.abs(y - pixels[n - 1]) >= MIN_STEP;
      if (far || i === world.length - 2) pixels.push(x, y);
    }
    return Float32Array.from(pixels);
  }

  function toPath(pixels) {
    const path = new Path2D();
    for (let i = 0; i < pixels.length; i += 2) {
      if (i) path.lineTo(pixels[i], pixels[i + 1]);
      else path.moveTo(pixels[i], pixels[i + 1]);
    }
    return path;
  }

  function bounds(flat) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < flat.length; i += 2) {
      box[0] = Math.min(box[0], flat[i]);
      box[1] = Math.min(box[1], flat[i + 1]);
      box[2] = Math.max(box[2], flat[i]);
      box[3] = Math.max(box[3], flat[i + 1]);
    }
    return box;
  }

  function distanceToLine(pixels, x, y) {
    let best = Infinity;
    for (let i = 0; i + 3 < pixels.length; i += 2) {
      const dx = pixels[i + 2] - pixels[i];
      const dy = pixels[i + 3] - pixels[i + 1];
      const length = dx * dx + dy * dy;
      const along = length ? ((x - pixels[i]) * dx + (y - pixels[i + 1]) * dy) / length : 0;
      const t = Math.max(0, Math.min(1, along));
      best = Math.min(best, Math.hypot(pixels[i] + t * dx - x, pixels[i + 1] + t * dy - y));
    }
    return best;
  }

  return { worldX, worldY, worldSize, project, toPixels, toPath, bounds, distanceToLine };
})();
