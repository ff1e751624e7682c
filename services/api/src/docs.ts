/** The OpenAPI description, at /api/openapi.json, and its pages, at /api/docs. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** Collects the schemas of the routes registered from now on. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
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
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'NEWSLOOM_API_SECRET, where one is set.' },
          basic: { type: 'http', scheme: 'basic', description: 'Any user, NEWSLOOM_API_SECRET as the password.' },
        },
      },
      security: [{ bearer: [] }, { basic: [] }, {}],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { tryItOutEnabled: true } });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
