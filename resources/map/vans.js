"use strict";
// Paints drivers where they were last: a drop whose nose points where they go.
doorstep.vans = (() => {
  const TURN = 2 * Math.PI;

  function drop(ctx, x, y, heading, spec) {
    ctx.beginPath();
    if (heading === null) {
      ctx.arc(x, y, spec.r, 0, TURN);
      return;
    }
    const nose = (heading * TURN) / 360 - TURN / 4;
    const open = Math.acos(spec.r / spec.nose);
    ctx.arc(x, y, spec.r, nose + open, nose - open + TURN);
    ctx.lineTo(x + spec.nose * Math.cos(nose), y + spec.nose * Math.sin(nose));
    ctx.closePath();
  }

  function label(ctx, theme, van, x, y) {
    const px = 10 * theme.scale;
    ctx.font = `700 ${px}px ${theme.families}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    const width = ctx.measureText(van.label).width + 12;
    ctx.beginPath();
    ctx.roundRect(x + 17, y - 10, width, 20, 4);
    ctx.fillStyle = theme.color.surface;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = van.trouble ? theme.color.bad : theme.color.border;
    ctx.stroke();
    ctx.fillStyle = van.trouble ? theme.color.bad : theme.color.text;
    ctx.fillText(van.label, x + 23, y + px * 0.36);
  }

  function paintVan(ctx, van, view, theme) {
    const spec = theme.marker.van;
    const x = van.x * view.size - view.left;
    const y = van.y * view.size - view.top;
    if (van.trouble) {
      ctx.beginPath();
      ctx.arc(x, y, 17, 0, TURN);
      ctx.lineWidth = 2.5;
      ctx.strokeStyle = theme.color.bad;
      ctx.stroke();
    }
    const isKnown = van.age === "fresh";
    drop(ctx, x, y, isKnown ? van.heading : null, spec);
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    ctx.strokeStyle = theme.map.land;
    ctx.stroke();
    ctx.fillStyle = isKnown ? van.color : theme.color.text3;
    ctx.fill();
    if (van.age === "lost") {
      ctx.beginPath();
      ctx.arc(x, y, spec.r + 4, 0, TURN);
      ctx.setLineDash([3, 3]);
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = theme.color.text3;
      ctx.stroke();
      ctx.setLineDash([]);
    }
    ctx.font = `700 ${spec.font}px ${theme.families}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = isKnown ? van.ink : theme.color.surface;
    ctx.fillText(String(van.number), x, y + spec.font * 0.36);
    if (van.label) label(ctx, theme, van, x, y);
  }

  function paint(ctx, view, scene) {
    for (const van of scene.vans) paintVan(ctx, van, view, scene.theme);
  }

  return { paint };
})();
