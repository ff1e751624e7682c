/** Writes docs/configuration.md and .env.example out of the list of settings. */
import type { Setting } from './setting.ts';
import { SETTINGS } from './settings.ts';

const entries = Object.values<Setting<unknown>>(SETTINGS).map((it) => ({
  ...it,
  shown: it.default || 'unset',
  allowed: it.schema.description ?? '',
}));

const secrets = Object.values<{ env: string; secret?: boolean }>(SETTINGS)
  .filter((it) => it.secret)
  .map((it) => `\`${it.env}_FILE\``)
  .join(', ');

/** Text of docs/configuration.md. */
export function configurationPage(): string {
  const rows = entries.map(
    (it) => `| \`${it.env}\` | ${it.default ? `\`${it.default}\`` : it.shown} | ${it.allowed} | ${it.says} |`,
  );
  return `# Configuration

Written from the list in packages/runtime/src/settings.ts and fetch-settings.ts by \`npm run docs\`; edit it there.

Every setting is an environment variable. All are read and checked at the start: a wrong value, or a misspelt name that
begins with NEWSLOOM_, stops it with the whole list of what is wrong and exit code 78. An empty value counts as unset.

A secret may lie in a file instead, as Docker and Kubernetes hand secrets over: ${secrets} name it. The variable itself wins.

| name | default | allowed | what it does |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Text of .env.example, which docker compose reads as .env. */
export function envExample(): string {
  const lines = entries.map((it) => `# ${it.says}\n#${it.env}=${it.default ?? ''}`);
  return `# Copy to .env and uncomment what you change. Written by \`npm run docs\`.\n\n${lines.join('\n\n')}\n`;
}
