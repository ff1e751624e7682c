/** The API and the dashboard as a process. */
import { VERSION } from '@newsloom/runtime';
import { runService } from '@newsloom/service';
import { openApi } from './service.ts';

await runService('api', process.env, (context) => openApi({ ...context, version: VERSION }));
