// The page Recordings: what is kept of the network, as a file to take along; or what is in the recording that is shown.

import { ask, authorize, token } from '../model/api.js';
import { save } from '../model/files.js';
import { capital, clock, count, element, number, quoted } from '../model/words.js';
import { offerCopy } from '../parts/copy.js';

const POLL_MILLIS = 5000;
const VERIFYING_MILLIS = 300;
const COLUMNS = ['Node', 'Address', 'Life', 'Inputs', 'Signals', 'Digest', 'Outcome'];

export class RecordingsPage {
  static id = 'recordings';
  static title = 'Recordings';

  constructor(root, app) {
    this.root = root;
    this.app = app;
    const find = (id) => root.querySelector(`#recordings-${id}`);
    this.parts = Object.fromEntries(
      ['live', 'kept', 'whole', 'form', 'last', 'token', 'token-label', 'button', 'result', 'command', 'replay', 'verify-command', 'shown', 'facts', 'verdict', 'verify', 'verification', 'head', 'rows', 'details'].map((id) => [id, find(id)]),
    );
    this.said = null;
    const { parts } = this;
    parts.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.record();
    });
    parts.last.addEventListener('change', () => this.words());
    parts.token.addEventListener('input', () => authorize(parts.token.value));
    parts.verify.addEventListener('click', () => this.verify());
    for (const button of root.querySelectorAll('button[data-copies]')) offerCopy(button, () => find(button.dataset.copies).textContent);
  }

  get isShown() {
    return this.app.page === this;
  }

  opened() {
    this.ask();
  }

  /** All that is here is asked for; the moment that is shown changes nothing. */
  update() {
    const { parts, app } = this;
    const isTokenWanted = app.network.control === 'token';
    parts.token.hidden = !isTokenWanted;
    parts['token-label'].hidden = !isTokenWanted;
    if (document.activeElement !== parts.token) parts.token.value = token;
    this.words();
  }

  async ask() {
    clearTimeout(this.polling);
    const { status, body, wrong } = await ask('api/recording');
    if (status === 200) this.show(body);
    else this.say(this.parts.kept, wrong);
    // Whoever goes elsewhere comes back through `opened`.
    if (!this.isShown) return;
    const isVerifying = this.said?.verification?.state === 'running';
    this.polling = setTimeout(() => this.isShown && this.ask(), isVerifying ? VERIFYING_MILLIS : POLL_MILLIS);
  }

  show(said) {
    this.said = said;
    this.parts.live.hidden = said.shown !== undefined;
    this.parts.shown.hidden = said.shown === undefined;
    if (said.shown !== undefined) {
      this.showShown(said);
      return;
    }
    for (const part of this.parts.form.elements) part.disabled = !said.can || this.isRecording;
    this.say(this.parts.kept, said.can ? keptWords(said) : [said.why, said.hint].filter(Boolean).join(' '));
    this.say(this.parts.whole, said.can ? wholeWords(said.kept) : '');
    this.words();
  }

  // --- Of a network ---------------------------------------------------------------------------------------------------

  get file() {
    const { name } = this.app.network;
    return `${name === '' ? 'network' : name}.recording.jsonl.gz`;
  }

  /** The same as commands. */
  words() {
    const { parts } = this;
    const last = parts.last.value === '' ? '' : ` --last ${parts.last.value}`;
    const file = quoted(this.file);
    this.say(parts.command, `gossip record${last} -o ${file}${this.said?.option ?? ''}`);
    this.say(parts.replay, `gossip replay ${file}`);
    this.say(parts['verify-command'], `gossip verify-replay ${file}`);
  }

  async record() {
    const { parts } = this;
    const last = parts.last.value;
    this.isRecording = true;
    parts.button.disabled = true;
    this.say(parts.result, 'Recording …');
    const { status, body, wrong } = await ask('api/recording', 'POST', last === '' ? {} : { last }, 'blob');
    if (wrong === '') {
      save(this.file, body);
      this.say(parts.result, `Saved as ${this.file}, ${number(Math.max(1, Math.round(body.size / 1024)))} KiB.`);
    } else {
      this.say(parts.result, status === 0 ? 'The recording broke off; nothing was saved.' : wrong, true);
    }
    this.isRecording = false;
    parts.button.disabled = false;
  }

  // --- Of a recording -------------------------------------------------------------------------------------------------

  showShown({ shown, verification }) {
    const { parts } = this;
    const whole = shown.lives.filter((life) => life.missing === '').length;
    const file = quoted(shown.file);
    const facts = [
      ['File', shown.file],
      ['From', `${day(shown.from)} ${clock(shown.from, true)}`],
      ['To', `${day(shown.to)} ${clock(shown.to, true)}`],
      ['Nodes', number(new Set(shown.lives.map((life) => life.address)).size || this.app.network.nodes.length)],
      ['Lives', shown.lives.length === 0 ? 'not known: a trace has none' : number(shown.lives.length)],
      ['Steps', number(shown.steps)],
      ['Signals', number(shown.signals)],
      ['Gaps', shown.gaps === 0 ? 'none' : number(shown.gaps)],
      ...shown.notes.map((note) => ['Note', note]),
    ];
    const key = JSON.stringify([facts, shown.lives.length]);
    if (key !== this.factsKey) {
      this.factsKey = key;
      parts.facts.replaceChildren(...facts.flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', { textContent: value })]));
    }
    this.say(parts.verdict, shown.steps === 0 ? 'It has no inputs, so it can be watched but not verified.' : verdict(whole, shown.lives.length));
    parts.verify.hidden = shown.steps === 0;
    parts.verify.disabled = verification.state === 'running';
    this.say(this.root.querySelector('#recordings-shown-command'), `gossip verify-replay ${file}`);
    this.showVerification(shown, verification);
  }

  async verify() {
    this.parts.verify.disabled = true;
    const { status, body, wrong } = await ask('api/recording/verification', 'POST', {});
    if (status === 200) this.show(body);
    else this.say(this.parts.verification, wrong, true);
    this.ask();
  }

  showVerification(shown, verification) {
    const { parts } = this;
    const lives = verification.lives ?? shown.lives.map((life) => ({ ...life, signals: null, digest: '', outcome: life.missing === '' ? 'can be verified' : `${life.missing} is missing` }));
    const key = JSON.stringify(lives);
    if (key !== this.livesKey) {
      this.livesKey = key;
      parts.head.replaceChildren(...COLUMNS.map((textContent) => element('th', { scope: 'col', textContent })));
      parts.rows.replaceChildren(...lives.map(row));
      parts.details.replaceChildren(...lives.filter((life) => life.detail).map((life) => element('li', { textContent: `${life.node}, life ${life.life}, ${life.outcome}: ${life.detail}.` })));
    }
    this.say(parts.verification, verificationWords(verification), verification.state === 'failed');
  }

  say(part, words, isWrong = false) {
    if (part.textContent !== words) part.textContent = words;
    part.classList.toggle('wrong', isWrong);
  }
}

function row(life) {
  const cells = [life.address, number(life.life), number(life.inputs), life.signals === null ? '' : number(life.signals), life.digest];
  return element(
    'tr',
    { className: life.outcome === 'differs' ? 'differ' : '' },
    element('th', { scope: 'row', textContent: life.node }),
    ...cells.map((textContent) => element('td', { textContent })),
    element('td', { textContent: life.outcome === 'differs' ? '≠ differs' : life.outcome === 'same' ? '✓ same' : life.outcome }),
  );
}

/** How far back, how many steps, of how many nodes, in how many processes. */
function keptWords({ kept, at }) {
  if (kept.inputs === 0) return `Nothing is kept yet of ${count(kept.nodes, 'node')}.`;
  const where = kept.processes === 1 ? '1 process' : `${number(kept.processes)} processes`;
  return `Kept in the memory of ${where}: the last ${ago(at - kept.since)}, ${count(kept.inputs, 'step')} of ${count(kept.nodes, 'node')}.`;
}

function wholeWords(kept) {
  const lives = kept.wholeLives === kept.lives ? `All ${count(kept.lives, 'life').replace('lifes', 'lives')}${kept.droppedLives === 0 ? '' : ' that are left'} from the beginning` : `${number(kept.wholeLives)} of ${number(kept.lives)} lives from the beginning, which can be verified`;
  const gapless = kept.gapless === 0 ? '' : `; of every node since ${clock(kept.gapless)}`;
  const dropped = kept.droppedLives === 0 ? '' : ` Nothing is left of ${count(kept.droppedLives, 'life').replace('lifes', 'lives')} that ended by ${clock(kept.dropped)}.`;
  return `${lives}${gapless}.${dropped}`;
}

function ago(micros) {
  const seconds = Math.max(1, Math.round(micros / 1_000_000));
  if (seconds < 120) return `${number(seconds)} s`;
  return seconds < 7200 ? `${number(Math.round(seconds / 60))} min` : `${number(Math.round(seconds / 3600))} h`;
}

/** As `clock`, where people are. */
function day(micros) {
  const date = new Date(micros / 1000);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

function verdict(whole, all) {
  if (whole === 0) return 'None of its lives can be verified to its end, for of each something is missing.';
  if (whole === all) return `All ${number(all)} lives can be verified.`;
  return `${number(whole)} of ${number(all)} lives can be verified to their end; of the others something is missing.`;
}

function verificationWords(verification) {
  switch (verification.state) {
    case 'running':
      return `Verifying … ${count(verification.lines, 'line')}`;
    case 'failed':
      return capital(verification.why);
    case 'done': {
      const of = (outcome) => verification.lives.filter((life) => life.outcome === outcome).length;
      const [differs, missing] = [of('differs'), of('not complete')];
      return `${number(of('same'))} of ${number(verification.lives.length)} lives told and sent the same again${differs === 0 ? '' : `, ${number(differs)} did not`}${missing === 0 ? '' : `, ${number(missing)} are not complete`}.`;
    }
    default:
      return '';
  }
}
