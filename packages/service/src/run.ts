/** Runs one service as a process: settings in, signals out. */
import { exitWith, openLog, readSettings, runUntilStopped, type Settings } from '@newsloom/runtime';
import { openContext, requireSharedStores, type ServiceContext, type StartService } from './context.ts';
import { startHeartbeat } from './heartbeat.ts';

/** Runs a service until a stop signal. Wrong settings end the process with a list of them and exit code 78. */
export async function runService(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  start: StartService,
): Promise<never> {
  let settings: Settings;
  try {
    settings = readSettings(env);
    requireSharedStores(settings, name);
  } catch (error) {
    return exitWith(error);
  }
  const log = openLog(settings.logLevel, name);
  return runUntilStopped(log, async () => {
    const context = await openContext(settings, log);
    const service = await start(context);
    const heart = settings.heartbeatFile
      ? startHeartbeat(settings.heartbeatFile, () => answersOf(context), context.now, log)
      : null;
    log.info({ queues: context.carrier.kind, store: context.store.database.kind }, `${name} started`);
    return {
      async close() {
        await heart?.close();
        await service.close();
        await context.close();
      },
    };
  });
}

const answersOf = ({ store, carrier }: ServiceContext) =>
  Promise.all([store.database.query('select 1'), carrier.ping()]);
