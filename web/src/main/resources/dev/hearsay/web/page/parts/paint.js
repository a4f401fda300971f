// How nodes and links look in each state: on the graph, in the legend and in pictures that are exported. Okabe and Ito's colours, never alone.

const ARRIVALS = ['#00204D', '#31446B', '#666970', '#958F78', '#CBBA69', '#FFEA46'];

/** A colour of the map cividis (Nuñez, Anderton and Renslow 2018), for a share from 0 to 1. */
export function cividis(share) {
  const at = Math.min(1, Math.max(0, share)) * (ARRIVALS.length - 1);
  const low = Math.min(ARRIVALS.length - 2, Math.floor(at));
  const part = (i, from) => Number.parseInt(ARRIVALS[i].slice(from, from + 2), 16);
  const mixed = [1, 3, 5].map((from) => Math.round(part(low, from) + (part(low + 1, from) - part(low, from)) * (at - low)));
  return `rgb(${mixed.join(' ')})`;
}

function outline(g, x, y, r, node) {
  g.beginPath();
  if (node?.role === 'seed') g.rect(x - r, y - r, 2 * r, 2 * r);
  else g.arc(x, y, r, 0, 2 * Math.PI);
}

export function ring(g, x, y, r, colour, width) {
  g.beginPath();
  g.arc(x, y, r, 0, 2 * Math.PI);
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.stroke();
}

export function body(g, x, y, r, node, fill, stroke) {
  outline(g, x, y, r, node);
  g.fillStyle = fill;
  g.strokeStyle = stroke;
  g.fill();
  g.stroke();
}

export function sign(g, x, y, r, text, colour) {
  g.fillStyle = colour;
  g.font = `bold ${Math.round(r * 1.3)}px system-ui, sans-serif`;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillText(text, x, y + 1);
}

/** A link on which something goes wrong. */
export function zigzag(g, from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const teeth = Math.max(4, Math.round(length / 9));
  const side = { x: -(to.y - from.y) / Math.max(1, length), y: (to.x - from.x) / Math.max(1, length) };
  g.moveTo(from.x, from.y);
  for (let i = 1; i < teeth; i++) {
    const out = i % 2 === 0 ? 4 : -4;
    g.lineTo(from.x + ((to.x - from.x) * i) / teeth + side.x * out, from.y + ((to.y - from.y) * i) / teeth + side.y * out);
  }
  g.lineTo(to.x, to.y);
}

/** How each state is drawn. */
export const PAINT = {
  live: (g, x, y, r, ink, node) => body(g, x, y, r, node, ink.ground, ink.ring),
  hasNot: (g, x, y, r, ink, node) => body(g, x, y, r, node, ink.ground, ink.ring),
  coming(g, x, y, r, ink, node) {
    body(g, x, y, r, node, ink.ground, '#56B4E9');
    g.beginPath();
    g.arc(x, y, r, Math.PI / 2, (3 * Math.PI) / 2);
    g.fillStyle = '#56B4E9';
    g.fill();
  },
  has: (g, x, y, r, ink, node) => body(g, x, y, r, node, '#0072B2', '#0072B2'),
  origin(g, x, y, r, ink) {
    g.beginPath();
    for (let i = 0; i < 10; i++) {
      const length = i % 2 === 0 ? r * 1.35 : r * 0.6;
      const angle = (Math.PI * i) / 5 - Math.PI / 2;
      g.lineTo(x + length * Math.cos(angle), y + length * Math.sin(angle));
    }
    g.closePath();
    g.fillStyle = '#E69F00';
    g.strokeStyle = ink.text;
    g.lineWidth = 1;
    g.fill();
    g.stroke();
  },
  suspected(g, x, y, r, ink, node) {
    g.setLineDash([4, 3]);
    body(g, x, y, r, node, '#F0E442', ink.text);
    sign(g, x, y, r, '?', '#1b1b1b');
  },
  dead(g, x, y, r, ink, node) {
    body(g, x, y, r, node, '#D55E00', '#D55E00');
    sign(g, x, y, r, '×', '#ffffff');
  },
  removed(g, x, y, r, ink, node) {
    g.setLineDash([2, 4]);
    body(g, x, y, r, node, 'transparent', ink.ring);
  },
  paused(g, x, y, r, ink, node) {
    body(g, x, y, r, node, ink.ground, ink.text);
    g.fillStyle = ink.text;
    g.fillRect(x - r * 0.45, y - r * 0.5, r * 0.3, r);
    g.fillRect(x + r * 0.15, y - r * 0.5, r * 0.3, r);
  },
  unknown(g, x, y, r, ink, node) {
    g.setLineDash([1, 3]);
    body(g, x, y, r, node, ink.ground, ink.ring);
    sign(g, x, y, r, '…', ink.text);
  },
  beyond(g, x, y, r, ink, node) {
    g.setLineDash([1, 3]);
    body(g, x, y, r * 0.7, node, 'transparent', ink.ring);
  },
  applying(g, x, y, r, ink, node) {
    g.setLineDash([3, 3]);
    body(g, x, y, r, node, ink.ground, ink.ring);
    sign(g, x, y, r, '+', ink.text);
  },
  seed: (g, x, y, r, ink) => body(g, x, y, r, { role: 'seed' }, ink.ground, ink.ring),
};
