import { addNumber, withKey } from '../../http.ts';
import { seconds } from '../proof.ts';
import {
  decidedFor,
  keepAsking,
  keepWriting,
  pause,
  ask,
  tally,
  write,
  type RouteSample,
} from './route-asker.ts';
import {
  isPrompt,
  isTheBound,
  MAX_STALENESS_S,
  checkBack,
  checkLasted,
  checkPrompt,
  checkTrue,
  untilDecidedBy,
  untilRemembered,
  type Scene,
} from './route-scene.ts';

const WRITERS = 40;
const madeUp = (letter: string) => `cbk_${letter.repeat(43)}`;
const isNotNow = (each: Pick<RouteSample, 'status' | 'code'>) =>
  each.status === 503 && each.code === 'database_unavailable';
/** Until memory is too old, and on for a while. */
const pastTheBound = () => pause(MAX_STALENESS_S * 1000 + 3000);

/** The cable of this instance is cut, while the other goes on and changes numbers and keys. */
export const outage = async (scene: Scene): Promise<void> => {
  const { report, cables, here, elsewhere, caller, to, id } = scene;
  const revoked = await scene.addKey(['calls:route']);
  await untilRemembered(scene);
  // Until the new key is held here: keys follow the changes.
  await pause(500);
  const cutAt = Date.now();
  await cables.here.cut();
  await scene.revoke(revoked.id);
  const asking = keepAsking(caller, to);
  const askingRevoked = keepAsking(withKey(here.url, revoked.key), to, 100);
  const askingUnknown = keepAsking(withKey(here.url, madeUp('A')), to, 100);
  const writing = keepWriting(elsewhere, id);
  await pastTheBound();
  const written = await writing.stop();
  const [asked, byRevoked, byUnknown] = [
    await asking.stop(),
    await askingRevoked.stop(),
    await askingUnknown.stop(),
  ];
  const lasted = decidedFor(asked, cutAt);
  checkLasted(scene, 'outage', asked, lasted);
  checkPrompt(scene, 'outage', [...asked, ...byRevoked, ...byUnknown]);
  checkTrue(scene, 'outage', asked, written);
  const honoured = decidedFor(byRevoked, cutAt);
  report.check(
    'outage: a key revoked elsewhere is honoured up to the bound',
    isTheBound(honoured),
    seconds(honoured),
  );
  report.check(
    'outage: a key that is not held gets 503, never 401',
    byUnknown.length > 0 && byUnknown.every(isNotNow),
    tally(byUnknown),
  );

  const mendedAt = Date.now();
  await cables.here.mend();
  const back = await untilDecidedBy(scene, written.at(-1)?.version ?? Infinity);
  const again = await write(elsewhere, id);
  checkBack(scene, 'after the outage', [back, await untilDecidedBy(scene, again.version)], mendedAt);
  const refused = await ask(withKey(here.url, revoked.key), to);
  report.check('after the outage: the revoked key opens nothing', refused.status === 401, tally([refused]));

  const short = asked.filter(({ at }) => at < cutAt + 5000);
  report.control('memory that decides for five seconds alone', !isTheBound(decidedFor(short, cutAt)));
  report.control('memory that decides past the bound', !isTheBound(lasted + 5000));
  report.control('a 401 for want of a database', !isNotNow({ status: 401, code: 'unauthenticated' }));
  report.control(
    'a refusal that takes five seconds',
    !isPrompt(asked.map((each) => ({ ...each, ms: each.ms + 5000 }))),
  );
};

/**
 * Every process of the database is stopped (SIGSTOP), while the pool is full of writes and as many wait for
 * it.
 */
export const hang = async (scene: Scene): Promise<void> => {
  const { report, cluster, here, elsewhere, operator, caller, to, id } = scene;
  const writer = withKey(here.url, (await scene.addKey(['numbers:read', 'numbers:write'])).key);
  const { _id: loaded } = await addNumber(writer, 'pia');
  const load = Array.from({ length: WRITERS }, () => keepWriting(writer, loaded, 5));
  await untilRemembered(scene);
  await pause(1000);
  const frozenAt = Date.now();
  cluster.freeze();
  const asking = keepAsking(caller, to);
  const others = [keepAsking(operator, to, 100), keepAsking(withKey(here.url, madeUp('B')), to, 100)];
  await pastTheBound();
  const during = [...asking.asked];
  const byOthers = others.flatMap((each) => [...each.asked]);
  cluster.thaw();
  const saved = await write(elsewhere, id);
  const back = await untilDecidedBy(scene, saved.version);
  const asked = await asking.stop();
  const all = [...asked, ...(await Promise.all(others.map((each) => each.stop()))).flat()];
  await Promise.all(load.map((each) => each.stop()));
  checkLasted(scene, 'hang', during, decidedFor(during, frozenAt));
  checkPrompt(scene, 'hang, under write load', all);
  report.check(
    'hang: whoever is not in memory gets 503, never 401',
    byOthers.every(({ status }) => status === 503 || status === 200),
    tally(byOthers),
  );
  checkTrue(scene, 'hang', asked, [saved]);
  checkBack(scene, 'after the hang', [back], saved.savedAt);
};
