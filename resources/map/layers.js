"use strict";
// The panel in which one chooses what the map shows. The window keeps the choice.
doorstep.Layers = class {
  constructor(root, bridge) {
    this.bridge = bridge;
    this.panel = L.DomUtil.create("div", "doorstep-pill layers", root);
    this.panel.setAttribute("role", "group");
    L.DomEvent.disableClickPropagation(this.panel);
    L.DomEvent.disableScrollPropagation(this.panel);
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggle(this.button);
    });
  }

  toggle(button) {
    this.button = button;
    const on = this.panel.classList.toggle("shown");
    button.classList.toggle("on", on);
    button.setAttribute("aria-expanded", String(on));
    if (on) this.panel.querySelector("input")?.focus();
  }

  setWords(words) {
    this.words = words;
    this.panel.setAttribute("aria-label", words.layers);
    if (this.layers) this.show(this.layers);
  }

  show(layers) {
    this.layers = layers;
    if (!this.words) return;
    const held = this.panel.contains(document.activeElement) ? document.activeElement.value : null;
    this.panel.replaceChildren(
      this.#heading(this.words.shown),
      ...Object.entries(layers.on).map(([name, on]) => this.#box(name, on)),
      this.#heading(this.words.basemap),
      ...layers.styles.map((style) => this.#choice(style, style === layers.style)),
    );
    if (held) this.panel.querySelector(`input[value="${held}"]`)?.focus();
  }

  #heading(text) {
    const heading = document.createElement("span");
    heading.className = "heading";
    heading.textContent = text;
    return heading;
  }

  #box(name, on) {
    return this.#field("checkbox", name, on, (input) => this.bridge.layer_chosen(name, input.checked));
  }

  #choice(style, on) {
    const field = this.#field("radio", style, on, () => this.bridge.style_chosen(style));
    field.firstChild.name = "basemap";
    return field;
  }

  #field(type, value, on, act) {
    const field = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type, value, checked: on });
    input.addEventListener("change", () => act(input));
    field.append(input, this.words[`layer_${value}`] || value);
    return field;
  }
};
