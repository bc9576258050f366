// The pages of the server: each is drawn from the interface under /api, and follows its events.
import { schedulesPage } from './schedules.js';
import { batchPage } from './batch.js';
import { bar, call, element, list, moment, number, say, sentence, span, table } from './parts.js';

const main = document.getElementById('main');
let streams = [];
let caller = null;

const pages = [
  [/^#\/batch\/(.+)$/, id => batchPage(main, caller, listen, id)],
  [/^#\/submit$/, submitPage],
  [/^#\/schedules$/, () => schedulesPage(main, caller, act => streams.push(setInterval(act, 5000)))],
  [/^#\/services$/, servicesPage],
  [/^#\/server$/, serverPage],
  [/^/, batchesPage],
];

/** Listens to events for as long as the page is shown. */
function listen(path, handlers) {
  const stream = new EventSource(path);
  for (const [type, handle] of Object.entries(handlers)) {
    stream.addEventListener(type, event => handle(JSON.parse(event.data), stream));
  }
  streams.push(stream);
}

async function show() {
  streams.forEach(stream => (stream.close ? stream.close() : clearInterval(stream)));
  streams = [];
  try {
    caller = await call('GET', 'api/session');
  } catch (problem) {
    return problem.status === 401 ? signInPage() : say(problem.message);
  }
  document.getElementById('who').replaceChildren(`${caller.name}, ${caller.role} `, caller.name === 'local' ? '' : signOutButton());
  const hash = decodeURIComponent(location.hash) || '#/';
  const [pattern, page] = pages.find(([known]) => known.test(hash));
  for (const link of document.querySelectorAll('header nav a')) {
    link.toggleAttribute('aria-current', link.getAttribute('href') === (hash.startsWith('#/batch/') ? '#/' : hash));
  }
  try {
    await page(...(hash.match(pattern) ?? []).slice(1));
    document.title = `${main.querySelector('h1')?.textContent ?? ''} – aimms-batch`;
  } catch (problem) {
    main.replaceChildren(element('h1', 'This cannot be shown'), element('p', problem.message, 'wrong'));
  }
}

function signOutButton() {
  const button = element('button', 'Sign out');
  button.onclick = async () => { await call('DELETE', 'api/session'); show(); };
  return button;
}

function signInPage() {
  const input = Object.assign(element('input'), { type: 'password', name: 'token', autocomplete: 'current-password', required: true });
  const label = element('label', 'Your token ');
  label.append(input);
  const form = element('form');
  form.append(label, ' ', element('button', 'Sign in', 'main'));
  form.onsubmit = async event => {
    event.preventDefault();
    try {
      await call('POST', 'api/session', { token: input.value });
      show();
    } catch (problem) { say(problem.message); }
  };
  main.replaceChildren(element('h1', 'Sign in'), form, element('p', 'An administrator makes one: aimms-batch token create NAME --role viewer|runner|admin', 'quiet'));
  input.focus();
}

// ---- Batches -------------------------------------------------------------------------------------------------------------

async function batchesPage() {
  const rows = new Map();
  const state = Object.assign(element('select'), { title: 'Which batches' });
  for (const word of ['all', 'running', 'paused', 'finished', 'stopped', 'refused', 'cancelled', 'interrupted', 'left']) {
    state.append(element('option', word));
  }
  const list = table(['batch', 'state', 'progress', '#completed', '#failed', 'time left', 'owner', 'started'], [2, 6, 7]);
  const actions = element('div', '', 'actions');
  const label = element('label', 'Show ');
  label.append(state);
  actions.append(label);
  main.replaceChildren(element('h1', 'Batches'), actions, list.box);
  const fill = async () => {
    rows.clear();
    const found = await call('GET', `api/batches?limit=500${state.value === 'all' ? '' : `&state=${state.value}`}`);
    list.fill(found.map(batch => {
      const row = batchRow(batch);
      rows.set(batch.batch, row);
      return row.cells;
    }), 'No batches here.');
  };
  state.onchange = fill;
  await fill();
  listen('api/events', {
    progress: progress => rows.has(progress.batch) ? rows.get(progress.batch).update(progress) : fill(),
    end: end => rows.get(end.batch)?.update(end),
  });
}

function batchRow(batch) {
  const link = element('a', batch.batch);
  link.href = `#/batch/${encodeURIComponent(batch.batch)}`;
  const cells = [link, element('span'), element('div', '', 'bar'), element('span'), element('span'), element('span'), batch.owner ?? '', moment(batch.startedAt)];
  const update = now => {
    cells[1].textContent = now.state;
    cells[1].className = `state ${now.state}`;
    bar(cells[2], now);
    cells[3].textContent = number(now.completed);
    cells[4].textContent = number(now.failed);
    cells[5].textContent = span(now.secondsLeft);
  };
  update(batch);
  return { cells, update };
}

// ---- Submit --------------------------------------------------------------------------------------------------------------

async function submitPage() {
  const source = Object.assign(element('textarea'), { id: 'source', spellcheck: false });
  source.setAttribute('aria-label', 'The scenario, as YAML');
  const chosen = new Map();
  let name = 'scenario.yaml';
  const files = element('p', '', 'quiet');
  const found = element('div');
  found.setAttribute('aria-live', 'polite');
  const input = Object.assign(element('input'), { type: 'file', multiple: true });
  const drop = element('label', 'Drop a scenario with its files here, or choose them: ', 'drop');
  drop.style.display = 'block';
  drop.append(input);
  const plan = element('button', 'Plan');
  const submit = element('button', 'Submit', 'main');
  submit.disabled = true;

  const take = async list => {
    for (const file of list) {
      if (/\.ya?ml$/i.test(file.name)) {
        name = file.name;
        source.value = await file.text();
      } else { chosen.set(file.webkitRelativePath || file.name, file); }
    }
    files.textContent = [...chosen.keys()].join(', ');
    await check();
  };

  const form = () => {
    const body = new FormData();
    body.append('scenario', new File([source.value], name));
    for (const [path, file] of chosen) { body.append('file', file, path); }
    return body;
  };

  const check = async () => {
    submit.disabled = true;
    try {
      const planned = await call('POST', 'api/plan', form());
      found.replaceChildren(
        element('p', `${planned.scenario}: ${number(planned.runs)}${planned.isExact ? '' : ' or more'} runs, ${number(planned.done)} done before, ${number(planned.toDo)} to do; at most ${planned.concurrency} tasks at ${planned.service ?? 'the emulator'} at a time${planned.seconds == null ? '' : `; about ${span(planned.seconds)}`}`),
        ...(planned.next ? [element('p', `It is a schedule: submitting it begins a batch ${planned.next.map(moment).join(', ')}, and so on; none now.`)] : []),
        list(planned.first.map(run => `${run.index}: ${run.name}${run.error ? `: ${run.error}` : ''}`)),
        list([...planned.warnings.map(one => `line ${one.line}: ${one.message}`), ...planned.emptyResults]));
      submit.disabled = caller.role === 'viewer';
    } catch (problem) {
      const wrong = (problem.mistakes ?? [{ line: 0, message: problem.message }]).map(one => `${one.line ? `${one.file}:${one.line}:${one.column}: ` : ''}${one.message}`);
      found.replaceChildren(element('p', 'This cannot be run:', 'wrong'), list(wrong));
    }
  };

  plan.onclick = check;
  submit.onclick = async () => {
    try {
      const accepted = await call('POST', 'api/batches', form());
      location.hash = accepted.schedule ? '#/schedules' : `#/batch/${encodeURIComponent(accepted.id)}`;
    } catch (problem) { say(problem.message); }
  };
  source.oninput = () => { submit.disabled = true; };
  input.onchange = () => take(input.files);
  drop.ondragover = event => { event.preventDefault(); drop.classList.add('over'); };
  drop.ondragleave = () => drop.classList.remove('over');
  drop.ondrop = event => { event.preventDefault(); drop.classList.remove('over'); take(event.dataTransfer.files); };
  const actions = element('div', '', 'actions');
  actions.append(plan, submit);
  main.replaceChildren(element('h1', 'Submit a scenario'), drop, source, files, actions, found);
}

// ---- Services and server -------------------------------------------------------------------------------------------------

async function servicesPage() {
  const list = table(['service', 'state', '#unfinished', '#at most', 'slots by batch', 'address'], [5]);
  main.replaceChildren(element('h1', 'Services'), list.box);
  const fill = async () => {
    const services = await call('GET', 'api/services');
    list.fill(services.map(service => [
      service.name,
      element('span', service.reason ?? service.state, `state ${service.state === 'busy' ? 'running' : service.state === 'idle' ? 'finished' : 'paused'}`),
      number(service.unfinished),
      service.limits.concurrency === null ? '–' : number(service.limits.concurrency),
      service.slots.map(one => `${one.batch}: ${one.slots}`).join(', '),
      `${service.url}${service.app ? `, ${service.app}` : ''}`,
    ]), 'No services: name them in server.yaml.');
  };
  await fill();
  streams.push(setInterval(() => fill().catch(() => {}), 2000));
}

async function serverPage() {
  const list = table(['node', 'state', 'drives', 'address', '#silent for', '#refused writes', 'version'], []);
  const colours = { up: 'running', joining: 'paused', leaving: 'paused', unreachable: 'failed', lost: 'failed' };
  const fill = async () => {
    const nodes = await call('GET', 'api/nodes');
    list.fill(nodes.map(node => [
      node.isSelf ? `${node.node} (this one)` : node.node,
      element('span', node.state, `state ${colours[node.state]}`),
      node.batches.join(', '),
      node.address ?? '–',
      node.silentSeconds === null ? '–' : `${number(node.silentSeconds)} s`,
      node.refusedWrites === null ? '–' : number(node.refusedWrites),
      node.version,
    ]), '');
  };
  await fill();
  streams.push(setInterval(() => fill().catch(() => {}), 2000));
  const limits = await call('GET', 'api/limits');
  const taken = table(['what you may take', '#taken', '#at most'], []);
  const megabytes = bytes => `${number(Math.ceil(bytes / 104857.6) / 10)} MB`;
  taken.fill([
    ['unfinished batches', number(limits.unfinished.taken), number(limits.unfinished.most)],
    ['schedules', number(limits.schedules.taken), number(limits.schedules.most)],
    ['stored responses', megabytes(limits.responseBytes.taken), megabytes(limits.responseBytes.most)],
    ['runs of a batch', '', number(limits.runs)],
    ['a scenario with its files', '', megabytes(limits.uploadBytes)],
    ['requests', '', limits.requests],
  ], '');
  main.replaceChildren(element('h1', 'Server'), list.box, taken.box);
  if (caller.role === 'admin') {
    const trail = table(['when', 'who', 'what', 'batch', 'more'], []);
    const entries = await call('GET', 'api/audit?limit=200');
    trail.fill(entries.map(entry => [moment(entry.at), entry.author, entry.action, entry.batch ?? '', entry.detail ?? '']), 'Nothing yet.');
    main.append(element('h2', 'Who did what'), trail.box);
  }
}

addEventListener('hashchange', () => show().then(() => main.focus()));
show();
