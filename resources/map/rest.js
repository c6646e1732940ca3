"use strict";
// The routes at rest as a picture of their own, made in slices, so that no frame waits for sixty
// routes. Until it is whole, the one before stands in, moved and scaled to where it belongs.
doorstep.Rest = class {
  constructor(scene) {
    Object.assign(this, { scene, shown: null, coming: null, spare: null });
  }

  // Makes what lacks for `most` milliseconds, one route at least; true once nothing lacks.
  make(view, ratio, most) {
    if (this.#fits(this.shown, view, ratio)) return true;
    if (!this.#fits(this.coming, view, ratio)) this.coming = this.#begin(view, ratio);
    const { ctx, left } = this.coming;
    const until = performance.now() + most;
    while (left.length) {
      const { line, box } = left.pop();
      ctx.save();
      ctx.beginPath();
      ctx.rect(box.left, box.top, box.width, box.height);
      ctx.clip();
      doorstep.lines.paintOne(ctx, line, view, this.scene);
      ctx.restore();
      ctx.getImageData(0, 0, 1, 1); // until it is asked for, a line is noted and not painted
      if (performance.now() >= until) break;
    }
    if (left.length) return false;
    this.spare = this.shown?.canvas;
    this.shown = this.coming;
    this.coming = null;
    return true;
  }

  draw(ctx, view) {
    if (!this.shown) return;
    const was = this.shown.view;
    const scale = view.size / was.size;
    const [left, top] = [was.left * scale - view.left, was.top * scale - view.top];
    ctx.drawImage(this.shown.canvas, left, top, was.width * scale, was.height * scale);
  }

  // Another picture is wanted, whatever is shown.
  forget() {
    this.coming = null;
    if (this.shown) this.shown.version = null;
  }

  #fits(made, view, ratio) {
    if (!made || made.ratio !== ratio || made.version !== this.scene.linesVersion) return false;
    return ["zoom", "left", "top", "width", "height"].every((side) => made.view[side] === view[side]);
  }

  #begin(view, ratio) {
    const canvas = this.coming?.canvas || this.spare || document.createElement("canvas");
    this.spare = null;
    const ctx = this.#cleared(canvas, Math.round(view.width * ratio), Math.round(view.height * ratio));
    const boxes = this.#moveOver(ctx, view, ratio) || [{ left: 0, top: 0, width: view.width, height: view.height }];
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.lineJoin = "round";
    const left = boxes.flatMap((box) => this.#within(box, view)).reverse();
    return { canvas, ctx, left, view, ratio, version: this.scene.linesVersion };
  }

  // An empty canvas of that size; one that has it keeps its memory.
  #cleared(canvas, width, height) {
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
    return ctx;
  }

  // The lines that touch a box of the view.
  #within(box, view) {
    if (!box.width || !box.height) return [];
    const part = { ...view, left: view.left + box.left, top: view.top + box.top, width: box.width, height: box.height };
    return doorstep.lines.atRest(part, this.scene).map((line) => ({ line, box }));
  }

  // After a pan: takes over what stays in sight; the boxes of what comes into it.
  #moveOver(ctx, view, ratio) {
    const was = this.shown?.view;
    if (!was || !this.#fits(this.shown, { ...view, left: was.left, top: was.top }, ratio)) return null;
    const [dx, dy] = [was.left - view.left, was.top - view.top];
    const { width, height } = view;
    const isWhole = [dx, dy, width, height].every((length) => Number.isInteger(length * ratio));
    if (!isWhole || Math.abs(dx) >= width || Math.abs(dy) >= height) return null;
    ctx.drawImage(this.shown.canvas, dx * ratio, dy * ratio);
    const high = height - Math.abs(dy); // the rows that the box across leaves
    return [
      { left: dx > 0 ? 0 : width + dx, top: Math.max(0, dy), width: Math.abs(dx), height: high },
      { left: 0, top: dy > 0 ? 0 : height + dy, width, height: Math.abs(dy) },
    ];
  }
};
