"use strict";
// Paints who had a stop and who gets it: two numbers beside the stop, moved off other tags.
doorstep.tags = (() => {
  const EIGHTH = Math.PI / 4;
  const STEPS = [14, 24, 34];
  const MANY = 24; // from here on a tag stays close to its stop, or has to wait for more room
  const TURNS = [-2, -1, -3, 0, 4, 1, 3, 2]; // above first, below last

  const apart = (a, b, gap) =>
    a.left > b.left + b.width + gap || b.left > a.left + a.width + gap ||
    a.top > b.top + b.height + gap || b.top > a.top + a.height + gap;

  // Boxes around the stop, the nearest first.
  function* boxes({ x, y }, { width, height }, steps) {
    for (const step of steps) {
      for (const turn of TURNS) {
        const across = Math.cos(turn * EIGHTH) * (step + width / 2 - height / 2);
        const down = Math.sin(turn * EIGHTH) * step;
        yield { left: x + across - width / 2, top: y + down - height / 2, width, height, step };
      }
    }
  }

  function half(ctx, theme, box, right, label, fill, ink) {
    const { font } = theme.marker.tag;
    const width = box.width / 2;
    const left = right ? box.left + width : box.left;
    ctx.beginPath();
    ctx.roundRect(left, box.top, width, box.height, right ? [0, 3, 3, 0] : [3, 0, 0, 3]);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.font = `700 ${font}px ${theme.families}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = ink;
    ctx.fillText(label, left + width / 2, box.top + box.height / 2 + font * 0.36);
  }

  function leader(ctx, theme, { x, y }, box) {
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(box.left + box.width / 2, box.top + box.height / 2);
    ctx.lineWidth = 1;
    ctx.strokeStyle = theme.color.text;
    ctx.stroke();
  }

  function tag(ctx, theme, { stop }, box) {
    const { map, color } = theme;
    const [was, goes] = stop.tag;
    ctx.beginPath();
    ctx.roundRect(box.left, box.top, box.width, box.height, 3);
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = map.land;
    ctx.stroke();
    half(ctx, theme, box, false, was, map.old, map.old_ink);
    const served = stop.state !== "unassigned";
    half(ctx, theme, box, true, goes, served ? stop.color : color.warn, served ? stop.ink : color.surface);
  }

  // Answers how many found room; a stop without keeps its mark alone.
  function paint(ctx, theme, places) {
    const spec = theme.marker.tag;
    const placed = [];
    const tagged = places.filter(({ stop }) => stop.tag).sort((a, b) => a.y - b.y || a.x - b.x);
    const steps = tagged.length > MANY ? STEPS.slice(0, 1) : STEPS;
    for (const place of tagged) {
      const box = [...boxes(place, spec, steps)].find((tried) => placed.every((p) => apart(tried, p.box, 2)));
      if (box) placed.push({ place, box });
    }
    for (const { place, box } of placed) leader(ctx, theme, place, box);
    for (const { place, box } of placed) tag(ctx, theme, place, box);
    return placed.length;
  }

  return { paint };
})();
