/** The API without a socket: guard, errors, routes, dashboard, page. */
import { type FastifyInstance, fastify } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { mountDashboard } from './dashboard.ts';
import { describeApi } from './docs.ts';
import { answerErrors, errorBody } from './errors.ts';
import { guard, securityHeaders } from './guard.ts';
import { documentVersionsRoutes } from './routes/document-versions.ts';
import { documentsRoutes } from './routes/documents.ts';
import { enrichRoutes } from './routes/enrich.ts';
import { entitiesRoutes } from './routes/entities.ts';
import { entityDecisionsRoutes } from './routes/entity-decisions.ts';
import { exportRoutes } from './routes/export.ts';
import { healthRoutes } from './routes/health.ts';
import { hostsRoutes } from './routes/hosts.ts';
import { reparsesRoutes } from './routes/reparses.ts';
import { rulesRoutes } from './routes/rules.ts';
import { seedsRoutes } from './routes/seeds.ts';
import { sourcesRoutes } from './routes/sources.ts';
import { statsRoutes } from './routes/stats.ts';
import { storiesRoutes } from './routes/stories.ts';
import { traceRoutes } from './routes/trace.ts';
import { yieldsRoutes } from './routes/yields.ts';
import type { ApiTools } from './tools.ts';
import { serveWeb } from './web.ts';

/** A request must have arrived whole within this. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longest path parameter: a host name of 253 characters, percent-encoded, with its port. */
const MAX_PARAM_CHARS = 800;

const BAD_ADDRESS = errorBody('bad-address', 'The address is too long, or wrongly percent-encoded. See /api/docs.');

const ROUTES = [
  seedsRoutes,
  sourcesRoutes,
  documentsRoutes,
  documentVersionsRoutes,
  entitiesRoutes,
  entityDecisionsRoutes,
  enrichRoutes,
  storiesRoutes,
  traceRoutes,
  hostsRoutes,
  statsRoutes,
  exportRoutes,
  reparsesRoutes,
  rulesRoutes,
  yieldsRoutes,
  healthRoutes,
];

/** Builds the app; `close()` ends its streams, and leaves store and queues to whoever opened them. */
export async function buildApp(tools: ApiTools): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Addresses that the router cannot read reach no hook and no handler.
    frameworkErrors: (_error, request, { raw }) => {
      raw.writeHead(400, { ...securityHeaders(request.url), 'content-type': 'application/json; charset=utf-8' });
      raw.end(JSON.stringify(BAD_ADDRESS));
    },
    routerOptions: { maxParamLength: MAX_PARAM_CHARS },
  });
  // JSON alone: a form of another origin can send text/plain without asking.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app, tools);
  guard(app, tools.settings);
  app.addHook('onResponse', async (request, reply) => {
    const path = request.url.split('?', 1)[0];
    tools.log.debug(
      { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
  await describeApi(app, tools);
  for (const routes of ROUTES) await app.register(routes(tools));
  await mountDashboard(app, tools.queues);
  serveWeb(app);
  await app.ready();
  return app;
}
