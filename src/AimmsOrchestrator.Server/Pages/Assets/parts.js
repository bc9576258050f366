// What the pages are made of. Texts become text nodes: nothing that a batch says is ever markup.

export function element(name, text = '', style = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (style) { made.className = style; }
  return made;
}

/** Calls the interface; a problem becomes an error with its sentence. */
export async function call(method, path, body) {
  const isForm = body instanceof FormData;
  const response = await fetch(path, {
    method,
    body: body === undefined || isForm ? body : JSON.stringify(body),
    headers: body === undefined || isForm ? {} : { 'Content-Type': 'application/json' },
  });
  if (response.ok) {
    return response.status === 204 ? null : response.json();
  }
  const problem = await response.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? `the server answered ${response.status}`), { status: response.status, mistakes: problem.mistakes });
}

/** A table, whose rows are cards on a phone; headers that begin with # are of numbers, and those of the given indexes are left out there. */
export function table(headers, wide) {
  const box = element('div', '', 'scroll');
  const made = element('table');
  const head = element('tr');
  const body = element('tbody');
  const styles = headers.map((header, index) => `${header.startsWith('#') ? 'number' : ''} ${wide.includes(index) ? 'wide' : ''}`.trim());
  headers.forEach((header, index) => {
    const cell = element('th', header.replace('#', ''), styles[index]);
    cell.scope = 'col';
    head.append(cell);
  });
  const top = element('thead');
  top.append(head);
  made.append(top, body);
  box.append(made);
  return {
    box,
    fill(rows, none) {
      body.replaceChildren(...rows.map(cells => {
        const row = element('tr');
        cells.forEach((cell, index) => {
          const data = element('td', '', styles[index]);
          data.dataset.name = headers[index].replace('#', '');
          data.append(cell);
          row.append(data);
        });
        return row;
      }));
      if (rows.length === 0 && none) {
        const cell = element('td', none, 'quiet');
        cell.colSpan = headers.length;
        const row = element('tr');
        row.append(cell);
        body.append(row);
      }
    },
  };
}

export function cards(pairs) {
  const box = element('div', '', 'cards');
  for (const [name, value, note] of pairs) {
    const card = element('div', '', 'card');
    card.append(element('span', name), element('b', value), element('span', note ?? ''));
    box.append(card);
  }
  return box;
}

/** Asks before something is done; Escape is no. */
export function ask(question) {
  const dialog = document.getElementById('question');
  document.getElementById('question-text').textContent = question;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

let quiet = 0;

export function say(sentence) {
  const box = document.getElementById('said');
  box.textContent = sentence;
  clearTimeout(quiet);
  quiet = setTimeout(() => { box.textContent = ''; }, 8000);
}

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const number = value => (value == null ? '–' : numbers.format(value));
export const moment = text => moments.format(new Date(text));

/** A run's name with numbers that can be read; all of it where the pointer rests. */
export function runName(name) {
  const made = element('span', name.replace(/-?\d+\.\d{5,}/g, digits => String(Number(Number(digits).toPrecision(6)))));
  made.title = name;
  return made;
}

/** A duration in its two largest units. */
export function span(seconds) {
  if (seconds == null) { return ''; }
  if (seconds < 60) { return `${Math.round(seconds)} s`; }
  if (seconds < 3600) { return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`; }
  return `${number(Math.floor(seconds / 3600))} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** How much of a batch has ended. */
export function bar(box, { runs, completed, failed }) {
  const share = count => (runs ? (100 * count) / runs : 0);
  const [good, bad] = [element('i'), element('i', '', 'failed')];
  good.style.width = `${share(completed)}%`;
  bad.style.left = `${share(completed)}%`;
  bad.style.width = `${share(failed)}%`;
  box.setAttribute('role', 'progressbar');
  box.setAttribute('aria-valuenow', Math.round(share(completed + failed)));
  box.setAttribute('aria-label', `${number(completed + failed)} of ${runs === null ? 'an unknown number of' : number(runs)} runs have ended`);
  box.replaceChildren(good, bad);
}

export function list(items) {
  const box = element('ul', '', 'plain');
  box.append(...items.map(item => element('li', item)));
  return box;
}

/** Does something, and says that it is done or why it is not. */
export async function tell(act, done) {
  try { await act(); say(done); } catch (problem) { say(problem.message); }
}

/** An entry of the audit. */
export const sentence = entry => `${moment(entry.at)}: ${entry.author}: ${entry.action} ${entry.batch ?? ''} ${entry.detail ?? ''}`;
