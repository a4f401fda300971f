// Small charts, as SVG, each with a sentence that says the same.

import { delays, showCoverage } from './curve.js';
import { HEIGHT, WIDTH, bar, empty, frame, label, svg } from './svg.js';
import { byName, called, capital, count, number, span } from '../model/words.js';

const BARS = 12;
const LEFT = 38;
const NODES_MAX = 40;

/** How long the current message took to each node. */
export function showReach(place, sentence, scene) {
  const message = scene.current();
  const all = message === null ? [] : delays(message, scene.arrivals(message.m).filter((arrival) => arrival.from >= 0));
  if (all.length === 0) return empty(place, sentence, 'No message yet.');
  const most = Math.max(1, all.at(-1));
  const bins = new Array(BARS).fill(0);
  for (const delay of all) bins[Math.min(BARS - 1, Math.floor((delay / most) * BARS))]++;
  const top = Math.max(...bins);
  const words = `Half of the nodes had it after ${span(message.t50)}, 90 % after ${span(message.t90)}, the last of ${number(message.reached)} after ${span(message.t100)}.`;
  sentence.textContent = words;
  const width = (WIDTH - LEFT - 2) / BARS;
  const height = HEIGHT - 34;
  place.replaceChildren(
    frame(
      words,
      ...bins.map((value, i) => {
        const tall = (value / top) * height;
        const from = span((most * i) / BARS);
        return bar(LEFT + i * width, 12 + height - tall, width - 3, tall, 'new', `${count(value, 'node')} from ${from} to ${span((most * (i + 1)) / BARS)}`);
      }),
      svg('line', { x1: LEFT - 2, y1: 12 + height, x2: WIDTH, y2: 12 + height, class: 'axis' }),
      label(LEFT - 6, 20, number(top), 'end'),
      label(LEFT - 6, 12 + height, '0', 'end'),
      label(LEFT, HEIGHT - 6, '0', 'start'),
      label(WIDTH, HEIGHT - 6, span(most), 'end'),
    ),
  );
}

/** The share of nodes that have the current message, over time. */
export function showCurve(place, sentence, scene) {
  const message = scene.current();
  if (message === null) return empty(place, sentence, 'No message yet.');
  showCoverage(place, sentence, message, delays(message, scene.arrivals(message.m)));
}

/** How many messages each node got: new ones, and copies it had already. Of the past only the message that is shown is known. */
export function showLoad(place, sentence, scene) {
  const message = scene.moment === null ? null : scene.current();
  const counted = scene.moment === null ? scene.nodes : message === null ? [] : loads(scene, message);
  const all = counted.filter((node) => node.role !== 'seed' && node.received + node.duplicates + node.published > 0);
  if (all.length === 0) return empty(place, sentence, 'No message yet.');
  const nodes = [...all]
    .sort((a, b) => b.received + b.duplicates - a.received - a.duplicates)
    .slice(0, NODES_MAX)
    .sort(byName);
  const fresh = all.reduce((sum, node) => sum + node.received, 0);
  const copies = all.reduce((sum, node) => sum + node.duplicates, 0);
  const some = nodes.length < all.length ? ` The ${NODES_MAX} busiest of ${number(all.length)} nodes are drawn.` : '';
  const which = message === null ? '' : `Of message ${message.m} by then: `;
  const words = `${which}${number(fresh)} new (solid), ${count(copies, 'duplicate')} (hatched).${some}`;
  sentence.textContent = words;
  const top = Math.max(1, ...nodes.map((node) => node.received + node.duplicates));
  const width = (WIDTH - LEFT - 2) / nodes.length;
  const height = HEIGHT - 34;
  const bars = nodes.flatMap((node, i) => {
    const x = LEFT + i * width;
    const solid = (node.received / top) * height;
    const hatched = (node.duplicates / top) * height;
    const said = `${capital(called(node))}: ${number(node.received)} new, ${count(node.duplicates, 'duplicate')}`;
    return [
      bar(x, 12 + height - solid, width - 2, solid, 'new', said),
      bar(x, 12 + height - solid - hatched, width - 2, hatched, 'copy', said),
      ...(nodes.length <= 16 ? [label(x + width / 2, HEIGHT - 6, node.name.length > 5 ? node.name.slice(-5) : node.name)] : []),
    ];
  });
  const stripes = svg(
    'pattern',
    { id: 'stripes', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { width: 5, height: 5, class: 'stripe-ground' }),
    svg('rect', { width: 2.5, height: 5, class: 'stripe' }),
  );
  place.replaceChildren(
    frame(
      words,
      svg('defs', {}, stripes),
      ...bars,
      svg('line', { x1: LEFT - 2, y1: 12 + height, x2: WIDTH, y2: 12 + height, class: 'axis' }),
      label(LEFT - 6, 20, number(top), 'end'),
      label(LEFT - 6, 12 + height, '0', 'end'),
    ),
  );
}

/** What of one message had come to each node by the moment of the scene. */
function loads(scene, message) {
  const copies = [...scene.way(message.m).copies.values()].filter((copy) => copy.at <= scene.moment);
  const got = new Map();
  for (const { to } of copies) got.set(to, (got.get(to) ?? 0) + 1);
  return scene.nodes.map((node) => {
    const arrival = scene.arrival(message.m, node.i);
    const isOwn = node.i === message.origin;
    return { ...node, received: arrival && !isOwn ? 1 : 0, duplicates: got.get(node.i) ?? 0, published: isOwn ? 1 : 0 };
  });
}
