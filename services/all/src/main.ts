/** Every service in one process, until it is told to stop. */
import { listenRefusal } from '@newsloom/api/access';
import { exitWith, openLog, readSettings, runUntilStopped, type Settings, SettingsError } from '@newsloom/runtime';
import { openContext } from '@newsloom/service';
import { startAll } from './service.ts';

/** Runs everything on the environment's settings. */
export async function main(env: Readonly<Record<string, string | undefined>>): Promise<never> {
  let settings: Settings;
  try {
    settings = readSettings(env);
    // Said before anything is opened, as any other wrong setting is.
    const refusal = listenRefusal(settings);
    if (refusal !== null) throw new SettingsError(refusal);
  } catch (error) {
    return exitWith(error);
  }
  const log = openLog(settings.logLevel, 'newsloom');
  return runUntilStopped(log, async () => {
    const context = await openContext(settings, log);
    const all = await startAll(context, { api: true });
    log.info({ dashboard: all.address, queues: context.carrier.kind, store: context.store.database.kind }, 'started');
    return {
      async close() {
        await all.close();
        await context.close();
      },
    };
  });
}

if (import.meta.main) await main(process.env);
