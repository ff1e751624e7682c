/** Template by name. */
import type { TemplateName } from '../publications.ts';
import { agency } from './agency.ts';
import { opengraph, plain } from './french.ts';
import { modern } from './modern.ts';
import type { Template } from './page.ts';
import { table } from './table.ts';

export const TEMPLATES: Record<TemplateName, Template> = { modern, table, opengraph, plain, agency };
