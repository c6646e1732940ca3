"use strict";
// What floats on the map: tools, legend, the lit route, the prompt. Words come from the window.
doorstep.Controls = class {
  constructor(map, actions) {
    this.map = map;
    this.actions = actions;
    this.root = L.DomUtil.create("div", "doorstep-controls", map.getContainer());
    this.tools = this.#pill("tools");
    this.lit = this.#pill("lit");
    this.legend = this.#pill("legend");
    this.prompt = this.#pill("prompt");
    this.credit = this.#pill("credit");
    this.sides = this.#pill("sides");
    this.credit.addEventListener("click", () => actions.credit());
    for (const element of [this.tools, this.lit, this.legend, this.prompt, this.credit, this.sides]) {
      L.DomEvent.disableClickPropagation(element);
      L.DomEvent.disableScrollPropagation(element);
    }
  }

  // ``bare``: the map shows the ground alone, without stops to explain or to pick. ``mirrored``: the
  // words are read from the right, and all that floats changes sides.
  setWords(words, bare, mirrored) {
    this.words = words;
    this.root.dir = mirrored ? "rtl" : "ltr";
    const tools = [
      ["maximize", words.fit, () => this.actions.fit()],
      ["locate-fixed", words.centre, () => this.actions.centre()],
      ["layers", words.layers, (button) => this.actions.layers(button)],
      ["info", words.legend, () => this.#toggleLegend()],
      ["square-dashed-mouse-pointer", words.area, (button) => this.#toggle(button, this.actions.area)],
      ["plus", words.zoom_in, () => this.map.zoomIn()],
      ["minus", words.zoom_out, () => this.map.zoomOut()],
    ];
    this.tools.replaceChildren(...tools.map((tool) => this.#tool(...tool)));
    this.tools.children[3].classList.add("on");
    for (const element of [this.legend, this.tools.children[3], this.tools.children[4]]) {
      element.style.display = bare ? "none" : "";
    }
    this.#showLegend();
  }

  // Which of two plans is shown; null while there is only one.
  setSides(sides) {
    this.beside = sides;
    this.sides.classList.toggle("shown", Boolean(sides));
    this.map.getContainer().classList.toggle("beside", Boolean(sides));
    this.sides.replaceChildren(...(sides?.choices || []).map(([key, words]) => {
      const button = document.createElement("button");
      button.textContent = words;
      button.classList.toggle("on", key === sides.shown);
      button.setAttribute("aria-pressed", String(key === sides.shown));
      button.addEventListener("click", () => this.actions.side(key));
      return button;
    }));
    this.#showLegend();
  }

  #showLegend() {
    const { words } = this;
    const usual = [
      ["open", "?", words.unassigned], ["stop", "", words.stop], ["late", words.late_sample, words.late],
    ];
    const entries = this.beside?.legend.length ? this.beside.legend : usual;
    this.legend.replaceChildren(...entries.map(([kind, sample, words]) => this.#entry(kind, words, sample)));
  }

  // The lit route's name, or nothing.
  setLit(route) {
    this.lit.classList.toggle("shown", Boolean(route && route.name));
    if (!route) return;
    const chip = this.#span("chip", route.number);
    chip.style.background = route.color;
    chip.style.color = route.ink;
    const close = this.#tool("x", this.words.unlight, () => this.actions.unlight());
    this.lit.replaceChildren(
      this.#span("quiet", this.words.lit), chip, this.#span("strong", route.name),
      this.#span("summary", route.summary), close,
    );
  }

  setPrompt(text) {
    this.prompt.classList.toggle("shown", Boolean(text));
    this.prompt.replaceChildren(this.#icon("map-pin"), this.#span("", text || ""));
  }

  // Whose data is shown; nothing where it is nobody's.
  setCredit(text) {
    this.credit.textContent = text;
    this.credit.classList.toggle("hidden", !text);
  }

  setArea(on) {
    this.tools.children[4].classList.toggle("on", on);
  }

  #toggleLegend() {
    const hidden = this.legend.classList.toggle("hidden");
    this.tools.children[3].classList.toggle("on", !hidden);
  }

  #toggle(button, act) {
    act(button.classList.toggle("on"));
  }

  #pill(kind) {
    return L.DomUtil.create("div", `doorstep-pill ${kind}`, this.root);
  }

  #span(kind, text) {
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    return span;
  }

  #icon(name) {
    const icon = document.createElement("i");
    icon.style.maskImage = `url(icons/${name}.svg)`;
    return icon;
  }

  #tool(name, title, act) {
    const button = document.createElement("button");
    button.title = title;
    button.setAttribute("aria-label", title);
    button.append(this.#icon(name));
    button.addEventListener("click", () => act(button));
    return button;
  }

  #entry(kind, label, sample = "") {
    const entry = this.#span("entry", "");
    entry.append(this.#span(`sample ${kind}`, sample), this.#span("", label));
    return entry;
  }
};
