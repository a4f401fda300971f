// Where nodes are drawn. The same network always looks the same. Runs in a worker, as forces take their time.
// Nodes are numbers from 0; places are {x, y} in [-1, 1].

const ROUNDS_MAX = 300;
const WORK_MAX = 60_000_000;
const SHELLS_MAX = 6;

/** On a circle in the order that is given, those inside on a smaller one. */
export function circle(order, inside) {
  const places = [];
  ring(places, inside, 0.35);
  ring(places, order, 1);
  return places;
}

/** The more links, the nearer to the middle; on each shell beside those one is linked to. */
export function shells(count, links) {
  const near = neighbours(count, links);
  const order = [...near.keys()].sort((a, b) => near[b].length - near[a].length || a - b);
  const degrees = [...new Set(order.map((i) => near[i].length))];
  const places = [];
  // Outer shells have room for more: if degrees are many, shell s takes s + 1 parts of all nodes.
  const parts = (SHELLS_MAX * (SHELLS_MAX + 1)) / 2;
  const byRank = (rank) => Math.floor((Math.sqrt(1 + (8 * parts * rank) / count) - 1) / 2);
  const members = [];
  order.forEach((i, rank) => (members[degrees.length <= SHELLS_MAX ? degrees.indexOf(near[i].length) : byRank(rank)] ??= []).push(i));
  members.forEach((nodes, s) => {
    const angle = (i) => {
      const known = near[i].map((j) => places[j]).filter(Boolean);
      return known.length === 0 ? (2 * Math.PI * i) / count : Math.atan2(sum(known, 'y'), sum(known, 'x'));
    };
    const sorted = nodes.map((i) => [angle(i), i]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const isAlone = nodes.length === 1 && s === 0;
    ring(places, sorted.map(([, i]) => i), isAlone ? 0 : (s + (nodes.length > 1 && s === 0 ? 0.6 : 1)) / members.length);
  });
  return places;
}

function sum(places, axis) {
  return places.reduce((total, place) => total + place[axis], 0);
}

function ring(places, nodes, radius) {
  nodes.forEach((node, i) => {
    const angle = (2 * Math.PI * i) / nodes.length - Math.PI / 2;
    places[node] = { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}

function neighbours(count, links) {
  const near = Array.from({ length: count }, () => []);
  for (const [a, b] of links) {
    near[a]?.push(b);
    near[b]?.push(a);
  }
  return near;
}

/** Springs along links, repulsion between all (Fruchterman and Reingold 1991), from a sunflower as the beginning. */
export function forces(count, links) {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const radius = Math.sqrt((i + 0.5) / count);
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    x[i] = radius * Math.cos(angle);
    y[i] = radius * Math.sin(angle);
  }
  const rounds = Math.max(30, Math.min(ROUNDS_MAX, Math.floor(WORK_MAX / (count * count))));
  const ideal = 1.6 / Math.sqrt(count);
  for (let round = 0; round < rounds; round++) {
    step(x, y, links, ideal, 0.12 * (1 - round / rounds));
  }
  return fitted(x, y);
}

function step(x, y, links, ideal, farthest) {
  const count = x.length;
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const ax = x[i] - x[j];
      const ay = y[i] - y[j];
      const push = (ideal * ideal) / Math.max(1e-6, ax * ax + ay * ay);
      dx[i] += ax * push;
      dy[i] += ay * push;
      dx[j] -= ax * push;
      dy[j] -= ay * push;
    }
  }
  for (const [a, b] of links) {
    const ax = x[a] - x[b];
    const ay = y[a] - y[b];
    const pull = Math.hypot(ax, ay) / ideal;
    dx[a] -= ax * pull;
    dy[a] -= ay * pull;
    dx[b] += ax * pull;
    dy[b] += ay * pull;
  }
  for (let i = 0; i < count; i++) {
    // A little gravity keeps parts that are not linked in sight.
    dx[i] -= x[i] * 0.05;
    dy[i] -= y[i] * 0.05;
    const length = Math.max(1e-9, Math.hypot(dx[i], dy[i]));
    const far = Math.min(length, farthest);
    x[i] += (dx[i] / length) * far;
    y[i] += (dy[i] / length) * far;
  }
}

function fitted(x, y) {
  let wide = 1e-9;
  let tall = 1e-9;
  for (let i = 0; i < x.length; i++) {
    wide = Math.max(wide, Math.abs(x[i]));
    tall = Math.max(tall, Math.abs(y[i]));
  }
  return Array.from(x, (value, i) => ({ x: value / wide, y: y[i] / tall }));
}

if (typeof WorkerGlobalScope !== 'undefined') {
  self.onmessage = ({ data: { kind, count, links } }) => self.postMessage((kind === 'shells' ? shells : forces)(count, links));
}
