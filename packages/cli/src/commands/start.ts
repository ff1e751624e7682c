/** The `newsloom start` command: every service in one process. */
import { Command } from 'commander';

type Environment = Readonly<Record<string, string | undefined>>;

/** Builds the command. */
export function startCommand(env: Environment): Command {
  return new Command('start')
    .description('run everything in one process, with the API and the dashboard, until SIGTERM or Ctrl-C')
    .option('--port <port>', 'port of the API and the dashboard (NEWSLOOM_API_PORT)')
    .option('--data <dir>', 'folder of the embedded stores (NEWSLOOM_DATA_DIR)')
    .addHelpText(
      'after',
      '\nExit codes: 0 stopped, 69 a server is away, 75 the data folder is in use, 78 wrong settings.',
    )
    .action(async ({ port, data }: { port?: string; data?: string }) => {
      const { main } = await import('@newsloom/all');
      await main({
        ...env,
        ...(port !== undefined && { NEWSLOOM_API_PORT: port }),
        ...(data !== undefined && { NEWSLOOM_DATA_DIR: data }),
      });
    });
}
