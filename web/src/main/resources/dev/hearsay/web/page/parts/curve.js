// How a message came to more and more nodes: small in a table, and whole; and over how many hops.

import { HEIGHT, WIDTH, bar, empty, frame, label, svg } from './svg.js';
import { count, number, span } from '../model/words.js';

const POINTS_MAX = 300;
const LEFT = 42;
const TOP = 10;
const BOTTOM = HEIGHT - 22;

/** Microseconds from publication to each arrival, the shortest first. */
export function delays(message, arrivals) {
  return arrivals.map((arrival) => Math.max(0, arrival.at - message.at)).sort((a, b) => a - b);
}

/** A step for each arrival, or for some of them if they are many. */
function steps(all, x, y) {
  const stride = Math.max(1, Math.ceil(all.length / POINTS_MAX));
  let path = `M${x(0)} ${y(0)}`;
  for (let i = 0; i < all.length; i += stride) {
    const upTo = Math.min(all.length, i + stride);
    path += `H${x(all[upTo - 1]).toFixed(1)}V${y(upTo).toFixed(1)}`;
  }
  return path;
}

/** The same curve in a cell of a table, where the next cell says it in numbers. */
export function sparkline(all, of, most) {
  const [width, height] = [96, 22];
  const x = (delay) => 1 + (delay / Math.max(1, most)) * (width - 2);
  const y = (reached) => height - 2 - (reached / Math.max(1, of, all.length)) * (height - 4);
  return svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', class: 'spark' },
    svg('line', { x1: 0, y1: height - 1, x2: width, y2: height - 1, class: 'axis' }),
    svg('path', { d: `${steps(all, x, y)}H${width - 1}`, class: 'curve' }),
  );
}

/** The share of nodes over time. */
export function showCoverage(place, sentence, message, all) {
  if (all.length === 0) return empty(place, sentence, 'No node is known to have it.');
  const most = Math.max(1, all.at(-1));
  const of = Math.max(message.of, all.length);
  const x = (delay) => LEFT + (delay / most) * (WIDTH - LEFT - 6);
  const y = (reached) => BOTTOM - (reached / of) * (BOTTOM - TOP);
  const words = `${number(message.reached)} of ${count(message.of, 'node')}: half of them after ${span(message.t50)}, 90 % after ${span(message.t90)}, the last after ${span(message.t100)}.`;
  sentence.textContent = words;
  const marks = [['t50', message.t50], ['t90', message.t90], ['t100', message.t100]].map(([name, at], i) => {
    const isRight = x(at) > WIDTH * 0.6;
    return [
      svg('line', { x1: x(at), y1: TOP, x2: x(at), y2: BOTTOM, class: 'quantile' }),
      label(x(at) + (isRight ? -4 : 4), BOTTOM - 32 + i * 14, `${name} ${span(at)}`, isRight ? 'end' : 'start'),
    ];
  });
  place.replaceChildren(
    frame(
      words,
      svg('line', { x1: LEFT, y1: BOTTOM, x2: WIDTH, y2: BOTTOM, class: 'axis' }),
      ...marks.map(([line]) => line),
      svg('path', { d: steps(all, x, y), class: 'curve' }),
      ...marks.map(([, name]) => name),
      label(LEFT - 6, TOP + 4, '100 %', 'end'),
      label(LEFT - 6, BOTTOM, '0', 'end'),
      label(LEFT, HEIGHT - 6, '0', 'start'),
      label(WIDTH, HEIGHT - 6, span(most), 'end'),
    ),
  );
}

/** How many nodes it reached after how many hops. */
export function showHops(place, sentence, arrivals) {
  if (arrivals.length === 0) return empty(place, sentence, 'No node is known to have it.');
  const counts = [];
  for (const { hops } of arrivals) counts[hops] = (counts[hops] ?? 0) + 1;
  const bins = Array.from(counts, (value) => value ?? 0);
  const top = Math.max(...bins);
  const mean = arrivals.reduce((sum, { hops }) => sum + hops, 0) / arrivals.length;
  const words = `${(Math.round(mean * 10) / 10).toFixed(1)} hops on average, ${number(bins.length - 1)} at most.`;
  sentence.textContent = words;
  const width = Math.min(48, (WIDTH - LEFT) / bins.length);
  const every = Math.ceil(bins.length / 24);
  place.replaceChildren(
    frame(
      words,
      ...bins.flatMap((value, hops) => {
        const tall = (value / top) * (BOTTOM - TOP - 10);
        const x = LEFT + hops * width;
        const named = hops % every === 0 ? [label(x + width / 2 - 1, HEIGHT - 8, number(hops))] : [];
        const counted = width >= 22 && value > 0 ? [label(x + width / 2 - 1, BOTTOM - tall - 3, number(value))] : [];
        return [bar(x, BOTTOM - tall, width - 3, tall, 'new', `${count(value, 'node')} after ${count(hops, 'hop')}`), ...named, ...counted];
      }),
      svg('line', { x1: LEFT - 2, y1: BOTTOM, x2: WIDTH, y2: BOTTOM, class: 'axis' }),
    ),
  );
}
