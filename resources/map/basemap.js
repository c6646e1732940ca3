"use strict";
// How the region's vector tiles are drawn: kinds to tokens, widths by zoom.
doorstep.basemap = (() => {
  const P = protomapsL;

  const LAND = {
    residential: "res", industrial: "ind", commercial: "com", military: "ind", wood: "wood",
    farmland: "farm", grass: "grass", scrub: "grass", wetland: "grass", orchard: "grass",
    allotments: "grass", park: "park", cemetery: "park", pitch: "park", golf: "park",
    school: "sch", hospital: "sch", sand: "sand", rock: "rock", glacier: "rock", parking: "res",
    pedestrian: "res",
  };
  const ROAD = {
    highway: "hw", major_road: "maj", medium_road: "med", minor_road: "min", pedestrian: "min",
    service: "min",
  };
  // Widths in px at zooms; between them linear.
  const WIDTH = {
    highway: [[8, 1], [12, 2.6], [14, 5], [16, 11], [18, 24]],
    major_road: [[9, 0.6], [12, 1.8], [14, 4.2], [16, 9.5], [18, 22]],
    medium_road: [[11, 0.8], [13, 2], [14, 3.6], [16, 8.5], [18, 20]],
    minor_road: [[12, 0.5], [13, 1.1], [14, 2.2], [15, 4], [16, 7], [18, 16]],
    pedestrian: [[13, 0.8], [14, 1.8], [15, 3.2], [16, 6], [18, 13]],
    service: [[13, 0.4], [14, 0.9], [15, 1.7], [16, 3.4], [18, 9]],
    path: [[13, 0.3], [15, 0.9], [18, 2]],
  };
  const UPWARDS = ["service", "pedestrian", "minor_road", "medium_road", "major_road", "highway"];
  const SPACE = 110; // px between arrows
  const CLEAR = "rgba(0,0,0,0)";

  function between(stops, zoom) {
    if (zoom <= stops[0][0]) return stops[0][1] * (zoom < stops[0][0] ? 0.5 : 1);
    for (let i = 1; i < stops.length; i++) {
      const [z1, w1] = stops[i];
      const [z0, w0] = stops[i - 1];
      if (zoom <= z1) return w0 + ((w1 - w0) * (zoom - z0)) / (z1 - z0);
    }
    return stops[stops.length - 1][1];
  }
  const width = (kind, extra = 0) => (zoom) => between(WIDTH[kind], zoom) + extra;
  const is = (...kinds) => (_zoom, feature) => kinds.includes(feature.props.kind);

  function grounds(map) {
    const fill = (_zoom, feature) => map[LAND[feature?.props.kind]] || CLEAR;
    const area = (_zoom, feature) => feature.geomType === 3;
    const stream = (_zoom, feature) => feature.geomType === 2 && feature.props.kind === "stream";
    const river = (_zoom, feature) => feature.geomType === 2 && feature.props.kind !== "stream";
    const flow = (zoom) => Math.max(0.8, (zoom - 10) * 0.9);
    return [
      { dataLayer: "landuse", symbolizer: new P.PolygonSymbolizer({ perFeature: true, fill }) },
      { dataLayer: "water", filter: area, symbolizer: new P.PolygonSymbolizer({ fill: map.water }) },
      { dataLayer: "water", filter: river, symbolizer: new P.LineSymbolizer({ color: map.water, width: flow }) },
      { dataLayer: "water", filter: stream, minzoom: 14, symbolizer: new P.LineSymbolizer({ color: map.water, width: 1 }) },
      {
        dataLayer: "buildings", minzoom: 14,
        symbolizer: new P.PolygonSymbolizer({ fill: map.bld, stroke: map.bldS, width: 0.6 }),
      },
    ];
  }

  function dashed(color, dash, dashWidth, lineWidth) {
    return new P.LineSymbolizer({ color, width: lineWidth, dash, dashColor: color, dashWidth });
  }

  function roads(map) {
    const line = (color, lineWidth) =>
      new P.LineSymbolizer({ color, width: lineWidth, lineCap: "round", lineJoin: "round" });
    const casings = UPWARDS.map((kind) => ({
      dataLayer: "roads", minzoom: kind === "service" ? 14 : 11, filter: is(kind),
      symbolizer: line(map.case, width(kind, 1.4)),
    }));
    const fills = UPWARDS.map((kind) => ({
      dataLayer: "roads", filter: is(kind), symbolizer: line(map[ROAD[kind]], width(kind)),
    }));
    return [
      { dataLayer: "roads", minzoom: 15, filter: is("path"), symbolizer: dashed(map.path, [3, 2], 1, 0) },
      ...casings,
      ...fills,
      { dataLayer: "roads", minzoom: 12, filter: is("rail"), symbolizer: dashed(map.rail, [6, 4], 1.4, 0.8) },
      { dataLayer: "boundaries", symbolizer: dashed(map.rail, [8, 4], 1.4, 0) },
    ];
  }

  // Tiles of a half zoom are drawn smaller than life; their labels are drawn larger for it.
  const enlarge = { by: 1 };
  function follow(zoom) {
    const by = 2 ** (Math.round(zoom) - zoom);
    if (by === enlarge.by) return false;
    enlarge.by = by;
    return true;
  }

  function labels(map, families) {
    const font = (px, weight = 400) => `${weight} ${px * enlarge.by}px ${families}`;
    const ink = { fill: map.lab, stroke: map.halo, width: () => 2 * enlarge.by };
    const town = { city: 19, town: 16, village: 14 };
    const place = (_zoom, feature) => font(town[feature?.props.kind] || 12, 700);
    const street = (px) => new P.LineLabelSymbolizer({
      labelProps: ["name"], ...ink, width: () => 3 * enlarge.by, font: () => font(px), position: 2, repeatDistance: 320,
    });
    return [
      { dataLayer: "places", filter: is("city", "town", "village"), symbolizer: new P.CenteredTextSymbolizer({ labelProps: ["name"], ...ink, font: place }) },
      { dataLayer: "places", minzoom: 13, filter: (z, f) => !is("city", "town", "village")(z, f), symbolizer: new P.CenteredTextSymbolizer({ labelProps: ["name"], ...ink, font: () => font(11.5) }) },
      { dataLayer: "roads", minzoom: 13, filter: is("highway", "major_road", "medium_road"), symbolizer: street(11.5) },
      { dataLayer: "roads", minzoom: 15, filter: is("minor_road", "pedestrian", "service", "path"), symbolizer: street(11) },
      { dataLayer: "addr", minzoom: 17, symbolizer: new P.CenteredTextSymbolizer({ labelProps: ["hnr"], ...ink, font: () => font(10) }) },
    ];
  }

  // Small arrows along one-way streets, a street's width apart from each other.
  class OneWays {
    constructor(color, halo) {
      Object.assign(this, { color, halo });
    }

    draw(ctx, geom, _zoom, feature) {
      const back = feature.props.oneway < 0;
      for (const line of geom) {
        let left = SPACE / 2;
        for (let i = 1; i < line.length; i++) left = this.#along(ctx, line[i - 1], line[i], left, back);
      }
    }

    #along(ctx, from, to, left, back) {
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const length = Math.hypot(dx, dy);
      const angle = Math.atan2(dy, dx) + (back ? Math.PI : 0);
      let at = left;
      for (; at < length; at += SPACE) this.#arrow(ctx, from.x + (dx * at) / length, from.y + (dy * at) / length, angle);
      return at - length;
    }

    #arrow(ctx, x, y, angle) {
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(angle);
      ctx.lineCap = "round";
      ctx.lineJoin = "round";
      ctx.beginPath();
      ctx.moveTo(-5, 0);
      ctx.lineTo(5, 0);
      ctx.moveTo(2, -2.5);
      ctx.lineTo(5, 0);
      ctx.lineTo(2, 2.5);
      for (const [color, wide] of [[this.halo, 3.4], [this.color, 1.2]]) {
        ctx.strokeStyle = color;
        ctx.lineWidth = wide;
        ctx.stroke();
      }
      ctx.restore();
    }
  }

  function oneways(map) {
    return {
      dataLayer: "roads", minzoom: 16, filter: (_zoom, feature) => Boolean(feature.props.oneway),
      symbolizer: new OneWays(map.lab, map.halo),
    };
  }

  // Pictures of tiles from a server that the user chose, fetched by the window.
  function online({ version, max_zoom }) {
    return L.tileLayer(`online/${version}/{z}/{x}/{y}`, { maxNativeZoom: max_zoom, maxZoom: 19, keepBuffer: 1 });
  }

  // A tile layer in the theme's colours; `version` keeps one region's tiles from another's.
  function layer(theme, version, on = { names: true, numbers: true, oneways: true }) {
    const said = labels(theme.map, theme.families);
    const kinds = { addr: on.numbers };
    return P.leafletLayer({
      url: `tiles/${version}/{z}/{x}/{y}.mvt`,
      maxDataZoom: theme.tiles.max_zoom,
      paintRules: [...grounds(theme.map), ...roads(theme.map), ...(on.oneways ? [oneways(theme.map)] : [])],
      labelRules: said.filter((rule) => kinds[rule.dataLayer] ?? on.names),
      backgroundColor: theme.map.land,
      attribution: "",
      keepBuffer: 1,
    });
  }

  return { layer, online, follow };
})();
