/** The sample news site: what is served by the demo and used by tests. */
export type { SiteArticle } from './article-file.ts';
export type { GeneratedArticle } from './generated-pages.ts';
export type { GeneratedSite, GeneratedSiteOptions } from './generated-site.ts';
export { serveGeneratedSite } from './generated-site.ts';
export type { SeenRequest } from './host.ts';
export type { SampleArticle, SampleSite, SampleSiteOptions } from './sample-site.ts';
export { serveSampleSite } from './sample-site.ts';
