// The schedules: when batches begin, what came of the last time, and who may change that.
import { ask, call, element, moment, say, table } from './parts.js';

export async function schedulesPage(main, caller, again) {
  const list = table(['scenario', 'when', 'next', 'last batch', 'owner', 'state', ''], [4]);
  main.replaceChildren(element('h1', 'Schedules'), list.box);

  const act = async (schedule, name, question, method, path) => {
    if (await ask(`${name} the schedule of ${schedule.scenario}? ${question}`)) {
      try {
        await call(method, `api/schedules/${schedule.id}${path}`);
        say(`${name}: ${schedule.scenario}`);
      } catch (problem) { say(problem.message); }
      await fill();
    }
  };

  const buttons = schedule => {
    const box = element('div', '', 'actions');
    if (caller.role !== 'admin' && (caller.role !== 'runner' || schedule.owner !== caller.name)) { return box; }
    const button = (name, question, method, path) => {
      const made = element('button', name);
      made.setAttribute('aria-label', `${name}: ${schedule.scenario}`);
      made.onclick = () => act(schedule, name, question, method, path);
      box.append(made);
    };
    if (schedule.pausedSince) {
      button('Continue', 'Batches begin again, from the next time on; what was due meanwhile is not made up for.', 'POST', '/continue');
    } else {
      button('Pause', 'No batch begins until it is continued; one that is under way goes on.', 'POST', '/pause');
    }
    button('Remove', 'No batch begins any more; those that it began stay.', 'DELETE', '');
    return box;
  };

  const last = schedule => {
    const box = element('div');
    if (schedule.lastBatch) {
      const link = element('a', schedule.lastBatch);
      link.href = `#/batch/${encodeURIComponent(schedule.lastBatch)}`;
      box.append(link);
    }
    if (schedule.lastNote) { box.append(element('p', schedule.lastNote, 'quiet')); }
    return box;
  };

  const times = schedule => {
    const box = element('div', schedule.next.length ? moment(schedule.next[0]) : '–');
    box.title = schedule.next.map(moment).join('\n');
    if (schedule.next.length > 1) { box.append(element('p', `then ${schedule.next.slice(1).map(moment).join(', ')}`, 'quiet wide')); }
    return box;
  };

  const state = schedule => {
    const [word, style] = schedule.pausedSince ? [`paused since ${moment(schedule.pausedSince)}`, 'paused']
      : schedule.problem ? [schedule.problem, 'stopped']
      : schedule.waitsFor ? [`waits for ${schedule.waitsFor}`, 'paused']
      : ['active', 'finished'];
    return element('span', word, `state ${style}`);
  };

  const fill = async () => {
    const schedules = await call('GET', 'api/schedules');
    list.fill(schedules.map(schedule => [
      schedule.scenario, `${schedule.cron}, ${schedule.zone}`, times(schedule), last(schedule), schedule.owner, state(schedule), buttons(schedule),
    ]), 'No schedules: submit a scenario with the key schedule.');
  };
  await fill();
  // A dialog that asks about a row must not lose it.
  again(() => { if (!document.querySelector('dialog[open]') && !list.box.contains(document.activeElement)) { fill().catch(() => {}); } });
}
