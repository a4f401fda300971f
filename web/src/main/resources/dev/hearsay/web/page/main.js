// The page: listens to the dashboard and lets every part show what has changed.

import { showLoad, showReach } from '/charts.js';
import { Graph } from '/graph.js';
import { Inspector } from '/inspector.js';
import { Log } from '/log.js';
import { Network } from '/network.js';
import { NodeList, showLegend } from '/nodes.js';
import { Send } from '/send.js';
import { STATES, called, capital, clock, count, element, reach, title } from '/words.js';

const RETRY_MILLIS = 2000;
/** The dashboard says at least that it lives more often than this. */
const SILENCE_MILLIS = 12_000;
const THEMES = ['system', 'light', 'dark'];

const byId = (id) => document.getElementById(id);
const network = new Network();
let selected = -1;
let heardAt = 0;
let source = null;
let isLost = false;
let lastSaid = '';

const graph = new Graph(byId('graph'), byId('tip'), network, select);
const list = new NodeList(byId('nodes'), network, select);
const inspector = new Inspector(byId('inspector'), network, select);
const log = new Log(byId('log'), byId('filter'), network, select);
const send = new Send(network);

// --- The dashboard ------------------------------------------------------------------------------------------------------

function listen() {
  source?.close();
  source = new EventSource('/api/events');
  source.addEventListener('snapshot', (event) => heard(() => {
    network.replace(JSON.parse(event.data));
    show(true);
  }));
  source.addEventListener('update', (event) => heard(() => {
    const update = JSON.parse(event.data);
    graph.arrive(network.apply(update));
    graph.duplicate(update.copies);
    show(update.events.length > 0);
  }));
  source.addEventListener('alive', () => heard(() => {}));
  source.addEventListener('error', () => {
    isLost = true;
    tick();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY_MILLIS);
  });
}

function heard(then) {
  heardAt = Date.now();
  isLost = false;
  then();
  tick();
}

/** Stale is never shown as live. */
function tick() {
  const silence = Date.now() - heardAt;
  const isStale = isLost || (heardAt > 0 && silence > SILENCE_MILLIS);
  document.body.classList.toggle('stale', isStale);
  const line = byId('connection');
  line.classList.toggle('lost', isStale);
  const seconds = Math.max(0, Math.round(silence / 1000));
  const words = heardAt === 0
    ? (isLost ? 'The dashboard does not answer. Retrying …' : 'Connecting …')
    : isStale ? `Connection lost ${seconds} s ago; showing the last known state. Retrying …` : '● Live';
  if (line.textContent !== words) line.textContent = words;
  if (silence > 3 * SILENCE_MILLIS && source.readyState === EventSource.OPEN) {
    heardAt = Date.now() - SILENCE_MILLIS - 1000;
    listen();
  }
}

// --- Showing ------------------------------------------------------------------------------------------------------------

let isShowDue = false;
let isLogDue = true;

/** Shows everything anew with the next frame. */
function show(hasEvents = false) {
  isLogDue ||= hasEvents;
  if (isShowDue) return;
  isShowDue = true;
  // A page in the background has no frames, and must not fall behind.
  const later = document.hidden ? setTimeout : requestAnimationFrame;
  later(() => {
    isShowDue = false;
    showNow();
  });
}

function showNow() {
  byId('network').textContent = network.name === '' || network.name === 'default' ? '' : network.name;
  document.title = `Hearsay ${network.name}`;
  byId('node-count').textContent = network.nodes.length;
  graph.selected = selected;
  graph.place();
  graph.due();
  list.update(selected);
  inspector.update(selected);
  send.update();
  showMessages();
  showNotice();
  showReach(byId('reach'), byId('reach-words'), network);
  showLoad(byId('load'), byId('load-words'), network);
  if (isLogDue) log.update();
  isLogDue = false;
}

function showMessages() {
  const messages = [...network.messages.values()].sort((a, b) => b.at - a.at);
  const pick = byId('message');
  const key = messages.map((message) => `${title(message)} ${message.reached}/${message.of}`).join('\n');
  if (pick.dataset.key === key) return;
  pick.dataset.key = key;
  const option = (message) => element('option', { value: message.m, textContent: `${title(message)} – ${message.reached} of ${message.of}` });
  pick.replaceChildren(element('option', { value: 0, textContent: messages.length === 0 ? 'none yet' : `the latest: ${title(messages[0])}` }), ...messages.map(option));
  pick.value = network.messages.has(network.chosen) ? network.chosen : 0;
}

/** What people should know at once, in words. */
function showNotice() {
  const nodes = network.nodes;
  const unknown = nodes.filter((node) => node.state === 'unknown');
  const isNobody = nodes.every((node) => node.heard === 0);
  const blank = byId('empty');
  blank.hidden = !isNobody;
  if (isNobody) blank.replaceChildren('No network is running. Start one: ', element('code', { textContent: 'gossip start-network' }));
  byId('notice').textContent = isNobody ? '' : notice(unknown);
  announce(nodes.filter((node) => node.state === 'dead' || node.state === 'suspected' || node.state === 'removed'));
}

function notice(unknown) {
  const said = [];
  const message = network.current();
  if (network.areSeedsShort) said.push(`Seeds cannot decide: ${network.areSeedsShort}. Messages still spread; joins and removals wait.`);
  if (unknown.length > 0) {
    const since = Math.min(...unknown.map((node) => node.heard));
    said.push(`${capital(count(unknown.length, 'node'))} ${unknown.length === 1 ? 'has' : 'have'} not reported${since > 0 ? ` since ${clock(since)}` : ' yet'}. (Unknown is not dead.)`);
  }
  if (message === null) {
    const live = network.nodes.filter((node) => node.state === 'live' && node.role !== 'seed').length;
    said.push(`${count(live, 'node')} ${live === 1 ? 'is' : 'are'} connected and quiet. Send the first message.`);
  } else if (message.reached >= message.of) {
    said.push(`Message ${title(message)}. ${reach(message)}`);
  } else {
    said.push(`Message ${title(message)}: ${message.reached} of ${count(message.of, 'node')}.`);
  }
  return said.join(' ');
}

/** Tells those who do not see the graph what has become of nodes. */
function announce(troubled) {
  const said = troubled.slice(0, 5).map((node) => `${capital(called(node))}: ${STATES[node.state]}.`).join(' ');
  if (said !== lastSaid) byId('live').textContent = said === '' ? 'All nodes are well again.' : said;
  lastSaid = said;
}

// --- People -------------------------------------------------------------------------------------------------------------

function select(i) {
  selected = i === selected ? -1 : i;
  show();
}

async function choose(m) {
  network.chosen = m;
  show();
  const way = network.way(m);
  if (m === 0 || way.isWhole) return;
  const response = await fetch(`/api/messages?number=${m}`);
  if (response.ok) {
    network.go(await response.json());
    way.isWhole = true;
    show();
  }
}

function find(text) {
  const wanted = text.trim().toLowerCase();
  const found = (node) => `${called(node)} ${node.address} ${STATES[network.state(node)]}`.toLowerCase().includes(wanted);
  list.found = graph.found = wanted === '' ? null : found;
  show();
}

function theme(next) {
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  byId('theme').textContent = `Theme: ${next}`;
  localStorage.setItem('theme', next);
  graph.colours();
  showLegend(byId('legend'), graph.ink);
}

function onKey(event) {
  const isTyping = event.target.closest('input, select, textarea');
  if (event.key === 'Escape' && !byId('keys').open) {
    if (isTyping) event.target.blur();
    else select(selected);
    return;
  }
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = { '/': () => byId('search').focus(), s: () => byId('text').focus(), f: () => graph.fit(), '?': () => byId('keys').showModal() }[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
}

byId('fit').addEventListener('click', () => graph.fit());
byId('help').addEventListener('click', () => byId('keys').showModal());
byId('theme').addEventListener('click', () => theme(THEMES[(THEMES.indexOf(localStorage.getItem('theme') ?? 'system') + 1) % THEMES.length]));
byId('search').addEventListener('input', (event) => find(event.target.value));
byId('message').addEventListener('change', (event) => choose(Number(event.target.value)));
document.addEventListener('keydown', onKey);
document.addEventListener('visibilitychange', () => show(true));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => theme(localStorage.getItem('theme') ?? 'system'));
theme(localStorage.getItem('theme') ?? 'system');
setInterval(tick, 1000);
listen();
