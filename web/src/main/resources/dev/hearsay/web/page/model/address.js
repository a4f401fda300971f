// What the address says of a lesson: all of it, so that a link shows the same to somebody else.
// story=NAME or lesson=TEXT, step=N, with=TEXT|TEXT for the other branches, beside=1 for the first of them beside the one that is shown.

const NAMES = ['story', 'lesson', 'with', 'beside', 'step'];
/** What parts the texts of branches; in a text it is written %7C. */
const BETWEEN = '|';

/** What is asked for; `key` is another one when anything else is. `beside` is empty if that is no branch, null if none is asked for. */
export function asked(route) {
  const [story, lesson, others, beside, step] = NAMES.map((name) => route.get(name));
  const texts = [lesson, ...(others === '' ? [] : others.split(BETWEEN))];
  return { key: [story, lesson, others, beside, step].join('\n'), story, texts, beside: beside === '' ? null : (texts[Number(beside)] ?? ''), step: /^\d+$/.test(step) ? Number(step) : -1 };
}

export function note(route, { all, shown, others, beside }, stories, step) {
  const story = all.length === 1 ? stories.find(({ text }) => text === shown.text) : undefined;
  route.note({
    ...{ node: '', message: '', link: '', at: '', as: '' },
    story: story?.name ?? '',
    lesson: story ? '' : shown.text,
    with: others.map(({ text }) => text.replaceAll(BETWEEN, '%7C')).join(BETWEEN),
    beside: beside === null ? '' : String(others.indexOf(beside) + 1),
    step: step < 0 ? '' : String(step),
  });
}
