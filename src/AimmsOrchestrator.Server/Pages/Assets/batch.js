// The page of one batch.
import { ask, bar, call, cards, element, list, moment, number, runName, say, sentence, span, table, tell } from './parts.js';

const origin = start => (start ? ` by schedule ${start.schedule}${start.late ? `: ${start.late}` : ''}` : '');
const text = value => (value == null ? '' : typeof value === 'object' ? JSON.stringify(value) : typeof value === 'number' ? number(value) : String(value));
const cause = group => `${number(group.count)} failed: ${group.count === 1 ? group.example : group.message}: ${group.condition ?? `the first is run ${group.runs[0].index}`}`;

/** Draws the page of a batch, and keeps it true for as long as it is shown. */
export async function batchPage(main, caller, listen, id) {
  const path = `api/batches/${encodeURIComponent(id)}`;
  let batch = await call('GET', path);
  const [facts, actions, latest, waits, failures, report, trail] = Array.from({ length: 7 }, () => element('div'));
  const progress = element('div', '', 'bar');
  const ended = [];
  let grouped = 0;
  let groupsAt = -Infinity;
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
    const key = `${now.state} ${now.failed > 0} ${hasTasksLeft(now)}`;
    if (key !== drawn) {
      drawn = key;
      buttons(now.state, hasTasksLeft(now));
    }
  };

  // The service would not end them: a warning says why.
  const hasTasksLeft = now => now.state === 'cancelled' && now.warnings?.length > 0;

  const buttons = (state, hasTasksLeft) => {
    const may = {
      Pause: state === 'running' && ['pause', 'No other run is sent; tasks under way go on.'],
      Continue: state === 'paused' && ['continue', 'Runs are sent again.'],
      Resume: ['stopped', 'refused', 'interrupted', 'left'].includes(state) && ['resume', 'It continues where it stopped.'],
      Retry: ['finished', 'stopped'].includes(state) && batch.failed > 0 && ['retry', `${number(batch.failed)} failed runs are sent again.`],
      Cancel: (!['finished', 'cancelled'].includes(state) || hasTasksLeft) && ['cancel', 'Its tasks at the service end, and the runs that have not ended never run.'],
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

  /** Failures by what they have in common: read again when there are more, every ten seconds at most. */
  const showFailures = async (isOver = false) => {
    if (batch.failed === grouped || (!isOver && performance.now() - groupsAt < 10_000)) { return; }
    [grouped, groupsAt] = [batch.failed, performance.now()];
    const { groups } = await call('GET', `${path}/status`);
    failures.replaceChildren(...(groups.length ? [element('h2', 'Failures'), list(groups.map(cause))] : []));
  };

  const refresh = async () => {
    batch = await call('GET', path);
    draw(batch);
  };

  const showRun = run => {
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
  await showFailures();
  if (caller.role === 'admin') {
    const entries = await call('GET', `api/audit?batch=${encodeURIComponent(id)}`);
    trail.replaceChildren(...(entries.length ? [element('h2', 'Who did what'), list(entries.map(sentence))] : []));
  }
  listen(`${path}/events`, {
    progress: now => { batch = { ...batch, ...now }; draw(batch); showFailures().catch(() => {}); },
    run: showRun,
    end: (now, stream) => {
      stream.close();
      batch = { ...batch, longest: [], secondsLeft: null, waitsFor: null, ...now };
      draw(batch);
      showFailures(true).catch(() => {});
      if (now.completed + now.failed > 0) { showReport(); }
    },
  });
}
