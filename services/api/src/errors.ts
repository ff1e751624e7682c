/** Errors as callers see them: `{error: {code, message, details?}}`, with a sentence that says what to do. */
import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiTools } from './tools.ts';

/** A request that is refused; `message` is a sentence for the caller. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** The API cannot start; `message` says what to do. */
export class ApiStartError extends Error {
  override name = 'ApiStartError';
  readonly code: string;
  readonly exitCode: number;
  constructor(code: string, message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** The shape of every error answer. */
export const errorAnswer = z
  .object({
    error: z.object({
      code: z.string().describe('A stable word to decide on.'),
      message: z.string().describe('A sentence that says what to do.'),
      details: z.unknown().optional(),
    }),
  })
  .meta({ id: 'Error' });

/** What the answer to an error holds. */
export const errorBody = (code: string, message: string, details?: unknown) => ({
  error: { code, message, ...(details !== undefined && { details }) },
});

/** Codes of Node, Redis and Postgres that mean: the other side does not answer now. */
const UNAVAILABLE =
  /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE|EAI_AGAIN|08\w{3}|57P0\d|53\d{3})$/;
const UNAVAILABLE_NAMES = new Set(['MaxRetriesPerRequestError', 'QueueError', 'StoreError']);

/** Requests that Fastify itself refuses, by its code. */
const PROTOCOL_FAULTS: Record<string, { code: string; message: string }> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'not-json',
    message: 'Send JSON, with the header "Content-Type: application/json".',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'not-json', message: 'The body is not valid JSON.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'not-json', message: 'The body is empty, and must be JSON.' },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'too-large', message: 'The body is too large; send it in several requests.' },
};

/** Answers errors and unknown addresses in one shape; logs what is our fault. */
export function answerErrors(app: FastifyInstance, { log }: Pick<ApiTools, 'log'>): void {
  app.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .send(errorBody('not-found', `Nothing is at ${request.method} ${pathOf(request.url)}. See /api/docs.`)),
  );
  app.setErrorHandler((error: FastifyError | ApiError, request, reply) => {
    if (error instanceof ApiError)
      return reply.status(error.status).send(errorBody(error.code, error.message, error.details));
    if (hasZodFastifySchemaValidationErrors(error)) {
      const faults = error.validation.flatMap((it) => faultOf(it, error.validationContext));
      return reply.status(400).send(errorBody('invalid-request', `${faults.join(' ')} See /api/docs.`, faults));
    }
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const { code, message } = PROTOCOL_FAULTS[error.code ?? ''] ?? { code: 'refused', message: `${error.message}.` };
      return reply.status(status).send(errorBody(code, `${message} See /api/docs.`));
    }
    log.error({ err: error, method: request.method, path: pathOf(request.url) }, 'request failed');
    if (UNAVAILABLE.test(error.code ?? '') || UNAVAILABLE_NAMES.has(error.name)) {
      const message = 'The store or the queues do not answer at the moment. Try again; /ready names which.';
      return reply.status(503).header('retry-after', '5').send(errorBody('unavailable', message));
    }
    return reply
      .status(500)
      .send(errorBody('internal', 'The request failed by a fault of ours; the log of the API says which.'));
  });
}

const pathOf = (url: string) => url.split('?', 1)[0]?.slice(0, 200) ?? '';

type Fault = { instancePath: string; message?: string; keyword: string; params: Record<string, unknown> };

/** One validation fault as sentences: which field, and what is wrong with it. */
function faultOf(fault: Fault, context: string | undefined): string[] {
  const what = context === 'querystring' ? 'Query parameter' : context === 'params' ? 'Path parameter' : 'Field';
  if (fault.keyword === 'unrecognized_keys') {
    const keys = (fault.params.keys as string[]) ?? [];
    return keys.map((key) => `${what} "${key.slice(0, 50)}" is not known here.`);
  }
  const name = fault.instancePath.replace(/^\//, '').replaceAll('/', '.');
  return [`${what} "${name}": ${fault.message ?? 'is not valid'}.`];
}
