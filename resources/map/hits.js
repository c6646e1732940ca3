"use strict";
// What lies under a point of the map's container, in the order it is seen.
doorstep.hits = (() => {
  const SLACK = 3;
  const LINE_REACH = 6;

  // Container point -> pixel of the canvas.
  function onCanvas(layer, point) {
    const corner = layer._map.containerPointToLayerPoint(point).add(layer._map.getPixelOrigin());
    return { x: corner.x - layer.view.left, y: corner.y - layer.view.top };
  }

  function stopAt(layer, point) {
    const { x, y } = onCanvas(layer, point);
    for (let i = layer.places.length - 1; i >= 0; i--) {
      const place = layer.places[i];
      if (Math.hypot(place.x - x, place.y - y) <= place.r + SLACK) return place.stop;
    }
    return null;
  }

  // The stop whose middle is nearest, whatever is painted on top of it.
  function stopNear(layer, point) {
    const { x, y } = onCanvas(layer, point);
    const off = (place) => Math.hypot(place.x - x, place.y - y);
    const near = layer.places.filter((place) => off(place) <= place.r + SLACK);
    near.sort((a, b) => off(a) - off(b));
    return near.length ? near[0].stop : null;
  }

  function routeAt(layer, scene, point, reach = LINE_REACH) {
    const { x, y } = onCanvas(layer, point);
    let best = null;
    let nearest = reach;
    for (const route of [...scene.routesInOrder(), scene.routes.get(scene.lit)]) {
      if (route?.kind !== "route" || route.zoom !== layer.view.zoom || !doorstep.lines.visible(route, layer.view)) continue;
      const left = route.world[0] * layer.view.size - layer.view.left;
      const top = route.world[1] * layer.view.size - layer.view.top;
      const distance = doorstep.geometry.distanceToLine(route.pixels, x - left, y - top);
      if (distance <= nearest) {
        nearest = distance;
        best = route;
      }
    }
    return best;
  }

  // Keys of the stops inside the rectangle of two container points.
  function stopsWithin(layer, scene, a, b) {
    const from = onCanvas(layer, L.point(Math.min(a.x, b.x), Math.min(a.y, b.y)));
    const to = onCanvas(layer, L.point(Math.max(a.x, b.x), Math.max(a.y, b.y)));
    return layer.all
      .filter(({ x, y }) => x >= from.x && x <= to.x && y >= from.y && y <= to.y)
      .map(({ stop }) => stop.key);
  }

  // Keys of the stops inside a closed line of container points (even-odd rule).
  function stopsInside(layer, points) {
    const corners = points.map((point) => onCanvas(layer, point));
    const inside = ({ x, y }) => {
      let odd = false;
      corners.forEach((a, i) => {
        const b = corners[(i + 1) % corners.length];
        if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
      });
      return odd;
    };
    return layer.all.filter(inside).map(({ stop }) => stop.key);
  }

  function clusterAt(layer, point) {
    return doorstep.clusters.at(layer.clusters, onCanvas(layer, point));
  }

  return { clusterAt, stopAt, stopNear, routeAt, stopsWithin, stopsInside };
})();
