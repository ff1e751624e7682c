/** The `newsloom doctor` command: checks this machine and its settings before anything is started. */
import { readSettings } from '@newsloom/runtime';
import { Command } from 'commander';
import { CHECKS, type Finding } from '../doctor/checks.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Builds the command. */
export function doctorCommand(env: Environment): Command {
  return new Command('doctor')
    .description('check Node, Redis and its eviction policy, Postgres, disk, network policy and decoder')
    .option('--json', 'print one JSON line a check')
    .addHelpText('after', '\nExit codes: 0 nothing failed, 1 something failed, 78 wrong settings.')
    .action(async ({ json = false }: { json?: boolean }) => {
      const settings = readSettings(env);
      let failed = 0;
      for (const check of CHECKS) {
        const finding = await check(settings);
        if (finding.state === 'fail') failed++;
        process.stdout.write(`${json ? JSON.stringify(finding) : line(finding)}\n`);
      }
      if (failed > 0) process.exitCode = 1;
    });
}

const MARKS = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;
const line = ({ check, state, says }: Finding): string => `${MARKS[state]}  ${check.padEnd(10)}  ${says}`;
