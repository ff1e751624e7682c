/** The OpenAPI description, at /api/openapi.json, and its pages, at /api/docs. */
import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { ApiTools } from './tools.ts';

/** Collects the schemas of the routes registered from now on. */
export async function describeApi(app: FastifyInstance, { version, settings }: ApiTools): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Newsloom',
        version,
        description:
          'News articles, the entities they name and the stories they tell; and why each address is where it is. ' +
          'Errors are `{error: {code, message, details?}}`; unknown query parameters are refused.',
      },
      ...(settings.apiSecret !== null && {
        components: {
          securitySchemes: {
            bearer: { type: 'http', scheme: 'bearer', description: 'NEWSLOOM_API_SECRET.' },
            basic: { type: 'http', scheme: 'basic', description: 'Any user, NEWSLOOM_API_SECRET as the password.' },
          },
        },
        security: [{ bearer: [] }, { basic: [] }],
      }),
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { tryItOutEnabled: true },
    logo: {
      type: 'image/svg+xml',
      content: readFileSync(new URL('./web/favicon.svg', import.meta.url)),
      href: '/',
      target: '_self',
    },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

type Described = ReturnType<typeof jsonSchemaTransformObject>;

/** The same description without schemas that nothing refers to: each comes once as asked for and once as answered. */
function withoutUnused(document: Described): Described {
  if (!('components' in document) || !document.components?.schemas) return document;
  const { schemas } = document.components;
  const refersTo = (name: string, text: string) => text.includes(`"#/components/schemas/${name}"`);
  const paths = JSON.stringify(document.paths);
  const used = new Set(Object.keys(schemas).filter((name) => refersTo(name, paths)));
  for (const name of used) {
    const own = JSON.stringify((schemas as Record<string, unknown>)[name]);
    for (const other of Object.keys(schemas)) if (refersTo(other, own)) used.add(other);
  }
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...document.components, schemas: kept } } as Described;
}
