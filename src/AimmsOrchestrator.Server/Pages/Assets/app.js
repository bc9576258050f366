// The pages of the server: each is drawn from the interface under /api, and follows its events.
import { schedulesPage } from './schedules.js';
import { ask, call, cards, element, moment, number, runName, say, span, table } from './parts.js';

const main = document.getElementById('main');
let streams = [];
let caller = null;

const pages = [
  [/^#\/batch\/(.+)$/, batchPage],
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

function bar(box, { runs, completed, failed }) {
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

// ---- One batch -----------------------------------------------------------------------------------------------------------

async function batchPage(id) {
  const path = `api/batches/${encodeURIComponent(id)}`;
  let batch = await call('GET', path);
  const [facts, actions, latest, waits, failures, report, trail] = Array.from({ length: 7 }, () => element('div'));
  const progress = element('div', '', 'bar');
  const ended = [];
  const failed = new Map();
  let drawn = '';
  const isMine = caller.role === 'admin' || (caller.role === 'runner' && batch.owner === caller.name);

  const draw = now => {
    bar(progress, now);
    facts.replaceChildren(cards([
      ['state', now.state],
      ['completed', `${number(now.completed)}${now.runs === null ? '' : ` of ${number(now.runs)}`}`],
      ['failed', number(now.failed)],
      ['per minute', now.endedPerMinute ? number(Math.round(now.endedPerMinute * 10) / 10) : '–'],
      ['time left', now.secondsLeft == null ? '–' : span(now.secondsLeft),
        now.secondsLeft == null ? '' : `${span(now.secondsLeftAtLeast)} to ${span(now.secondsLeftAtMost)}`],
      ['at the service', number(['queued', 'assigned', 'running', 'solving'].reduce((sum, state) => sum + (now.byState?.[state] ?? 0), 0))],
    ]));
    for (const text of [now.reason, now.waitsFor && `It waits for ${now.waitsFor}.`, ...(now.warnings ?? []).map(one => one.message ?? one)].filter(Boolean)) {
      facts.append(element('p', text, 'quiet'));
    }
    const longest = now.longest ?? [];
    waits.replaceChildren(...(longest.length ? [element('h2', 'Under way'), list(longest.map(run =>
      `${run.run}: ${run.state} for ${span(run.seconds)}${run.incumbent == null ? '' : `, incumbent ${number(run.incumbent)}, gap ${number(Math.round(run.gap * 10000) / 100)} %`}`))] : []));
    // A person may be typing there: what has not changed stays.
    const key = `${now.state} ${now.failed > 0}`;
    if (key !== drawn) {
      drawn = key;
      buttons(now.state);
    }
  };

  const buttons = state => {
    const may = {
      Pause: state === 'running' && ['pause', 'No other run is sent; tasks under way go on.'],
      Continue: state === 'paused' && ['continue', 'Runs are sent again.'],
      Resume: ['stopped', 'refused', 'interrupted', 'left'].includes(state) && ['resume', 'It continues where it stopped.'],
      Retry: ['finished', 'stopped'].includes(state) && batch.failed > 0 && ['retry', `${number(batch.failed)} failed runs are sent again.`],
      Cancel: !['finished', 'cancelled'].includes(state) && ['cancel', 'Its tasks at the service end, and the runs that have not ended never run.'],
    };
    actions.className = 'actions';
    actions.replaceChildren();
    for (const [name, wanted] of Object.entries(isMine ? may : {})) {
      if (wanted) {
        const button = element('button', name);
        button.onclick = async () => {
          if (await ask(`${name} ${id}? ${wanted[1]}`)) {
            await tell(() => call('POST', `${path}/${wanted[0]}`), `${name}: ${id}`);
            setTimeout(refresh, 500);
          }
        };
        actions.append(button);
      }
    }
    if (isMine && !['finished', 'cancelled'].includes(state)) {
      actions.append(limits(), priority());
    }
    for (const format of ['html', 'xlsx', 'csv', 'parquet']) {
      const link = element('a', format);
      link.href = `${path}/report?format=${format}`;
      link.target = format === 'html' ? '_blank' : '';
      actions.append(link);
    }
  };

  const limits = () => {
    const form = element('form');
    const input = Object.assign(element('input'), { type: 'number', min: 1, size: 4, required: true, name: 'concurrency' });
    const label = element('label', 'Tasks at a time ');
    label.append(input);
    form.append(label, ' ', element('button', 'Set'));
    form.onsubmit = async event => {
      event.preventDefault();
      if (await ask(`At most ${input.value} tasks of ${id} at the service at a time, from now on?`)) {
        await tell(() => call('PATCH', path, { limits: { concurrency: Number(input.value) } }), `${id}: ${input.value} tasks at a time`);
      }
    };
    return form;
  };

  const priority = () => {
    const select = element('select');
    select.append(...['high', 'normal', 'low'].map(word => element('option', word)));
    const now = () => batch.set?.priority ?? 'normal';
    select.value = now();
    select.onchange = async () => {
      const wanted = select.value;
      if (await ask(`Priority ${wanted} for ${id}? Its share of the account's slots weighs ${{ high: 4, normal: 2, low: 1 }[wanted]} from now on; normal is 2.`)) {
        await tell(async () => { batch = { ...batch, ...await call('PATCH', path, { priority: wanted }) }; }, `${id}: priority ${wanted}`);
      }
      select.value = now();
    };
    const label = element('label', 'Priority ');
    label.append(select);
    return label;
  };

  const refresh = async () => {
    batch = await call('GET', path);
    draw(batch);
  };

  const showRun = run => {
    if (run.state === 'failed') {
      failed.set(run.error, (failed.get(run.error) ?? 0) + 1);
      failures.replaceChildren(element('h2', 'Failures while you watch'), list([...failed].map(([text, count]) => `${number(count)} × ${text}`)));
    }
    ended.unshift(run);
    ended.length = Math.min(ended.length, 10);
    const names = [...new Set(ended.flatMap(one => Object.keys(one.results ?? {})))].slice(0, 6);
    const isNumber = name => ended.some(one => typeof one.results?.[name] === 'number');
    const results = table(['run', 'state', ...names.map(name => (isNumber(name) ? `#${name}` : name))], []);
    results.fill(ended.map(one => [runName(one.name), element('span', one.state, `state ${one.state === 'completed' ? 'finished' : 'stopped'}`), ...names.map(name => text(one.results?.[name]))]), '');
    latest.replaceChildren(element('h2', 'Latest results'), results.box);
  };

  const showReport = () => {
    const frame = Object.assign(element('iframe'), { title: `Report of ${id}`, src: `${path}/report?format=html` });
    report.replaceChildren(element('h2', 'Report'), frame);
  };

  const reportButton = element('button', 'Show the report so far');
  reportButton.onclick = showReport;
  report.append(reportButton);
  main.replaceChildren(element('h1', id), element('p', `${batch.scenario}${batch.owner ? `, of ${batch.owner}` : ''}, began ${moment(batch.startedAt)}${origin(batch.scheduled)}`, 'quiet'),
    progress, facts, actions, waits, latest, failures, report, trail);
  draw(batch);
  if (caller.role === 'admin') {
    const entries = await call('GET', `api/audit?batch=${encodeURIComponent(id)}`);
    trail.replaceChildren(...(entries.length ? [element('h2', 'Who did what'), list(entries.map(sentence))] : []));
  }
  listen(`${path}/events`, {
    progress: now => { batch = { ...batch, ...now }; draw(batch); },
    run: showRun,
    end: (now, stream) => {
      stream.close();
      batch = { ...batch, longest: [], secondsLeft: null, waitsFor: null, ...now };
      draw(batch);
      if (now.completed + now.failed > 0) { showReport(); }
    },
  });
}

const origin = start => (start ? ` by schedule ${start.schedule}${start.late ? `: ${start.late}` : ''}` : '');
const sentence = entry => `${moment(entry.at)}: ${entry.author}: ${entry.action} ${entry.batch ?? ''} ${entry.detail ?? ''}`;
const text = value => (value == null ? '' : typeof value === 'object' ? JSON.stringify(value) : typeof value === 'number' ? number(value) : String(value));

function list(items) {
  const box = element('ul', '', 'plain');
  box.append(...items.map(item => element('li', item)));
  return box;
}

async function tell(act, done) {
  try { await act(); say(done); } catch (problem) { say(problem.message); }
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
  const nodes = await call('GET', 'api/nodes');
  const list = table(['node', 'version', 'drives'], []);
  list.fill(nodes.map(node => [node.node, node.version, node.batches.join(', ')]), '');
  main.replaceChildren(element('h1', 'Server'), list.box);
  if (caller.role === 'admin') {
    const trail = table(['when', 'who', 'what', 'batch', 'more'], []);
    const entries = await call('GET', 'api/audit?limit=200');
    trail.fill(entries.map(entry => [moment(entry.at), entry.author, entry.action, entry.batch ?? '', entry.detail ?? '']), 'Nothing yet.');
    main.append(element('h2', 'Who did what'), trail.box);
  }
}

addEventListener('hashchange', () => show().then(() => main.focus()));
show();
