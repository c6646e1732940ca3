"use strict";
// The dispatcher's hand on the map: stops dragged away, and the lasso.
doorstep.Hands = class {
  static FAR = 5; // px from where a press becomes a drag

  constructor(map, layer, scene, bridge) {
    Object.assign(this, { map, layer, scene, bridge });
  }

  // A press on a stop: dragged far enough, the window takes it from here.
  grab(stop, start) {
    this.map.dragging.disable();
    const move = (event) => {
      if (event.buttons === 0) return release();
      const now = this.map.mouseEventToContainerPoint(event);
      if (now.distanceTo(start) < doorstep.Hands.FAR) return undefined;
      release();
      return this.bridge.stop_dragged(stop.key);
    };
    const release = () => {
      document.removeEventListener("mousemove", move);
      document.removeEventListener("mouseup", release);
      this.map.dragging.enable();
    };
    document.addEventListener("mousemove", move);
    document.addEventListener("mouseup", release);
  }

  // A line drawn by hand around stops; `done` hears the keys inside it.
  lasso(start, done) {
    const sheet = L.DomUtil.create("div", "doorstep-lasso", this.map.getContainer());
    sheet.innerHTML = "<svg><polygon/></svg>";
    const loop = sheet.querySelector("polygon");
    this.map.dragging.disable();
    const points = [start];
    const add = (event) => {
      const now = this.map.mouseEventToContainerPoint(event);
      if (now.distanceTo(points.at(-1)) >= 3) points.push(now);
    };
    const move = (event) => {
      event.getCoalescedEvents().forEach(add);
      add(event);
      loop.setAttribute("points", points.map(({ x, y }) => `${x},${y}`).join(" "));
    };
    const release = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("mouseup", release);
      sheet.remove();
      this.map.dragging.enable();
      if (points.length > 2) done(doorstep.hits.stopsInside(this.layer, points));
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("mouseup", release);
  }

  // What stops dropped at this point would land on, as JSON: {route, stop}, null where nothing is near.
  under(x, y) {
    const point = L.point(x, y);
    const stop = doorstep.hits.stopNear(this.layer, point);
    if (stop?.route_key) return JSON.stringify({ route: stop.route_key, stop: stop.key });
    const route = doorstep.hits.routeAt(this.layer, this.scene, point, 22);
    return JSON.stringify({ route: route ? route.key : null, stop: null });
  }
};
