/** The API and the dashboard as a process. */
import { runService } from '@newsloom/service';
import { openApi } from './service.ts';

await runService('api', process.env, (context) => openApi({ ...context, version: '0.1.0' }));
