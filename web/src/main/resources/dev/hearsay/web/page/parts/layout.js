// Where nodes are drawn: a circle if they are few, else forces between them, computed in a worker. The same network always looks the same.

export const CIRCLE_MAX = 24;
const ROUNDS_MAX = 300;
const WORK_MAX = 60_000_000;

/** Nodes on a circle, seeds on a smaller one within. Positions are in [-1, 1]. */
export function circle(nodes) {
  const places = new Map();
  const put = (list, radius) =>
    list.forEach((node, i) => {
      const angle = (2 * Math.PI * i) / list.length - Math.PI / 2;
      places.set(node.i, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
    });
  const sorted = [...nodes].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  put(sorted.filter((node) => node.role === 'seed'), 0.35);
  put(sorted.filter((node) => node.role !== 'seed'), 1);
  return places;
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
  self.onmessage = ({ data }) => self.postMessage(forces(data.count, data.links));
}
